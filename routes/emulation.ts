/** `POST /emulation`: commands of SDKs whose stream carries nothing up (Centrifuge, §1). */

import { Hono } from "hono";
import { emulate } from "../lib/node_calls/emulation.ts";
import { answerEarly } from "./guard/cors.ts";
import {
  type GuardDeps,
  RETRY_AFTER_SECONDS,
} from "../lib/transports/request_guard.ts";
import { readText } from "./guard/body.ts";

/** Quotes and backslashes of JSON inside JSON take two bytes each. */
const ESCAPED = 2;
/** Session, node and punctuation around the commands. */
const ENVELOPE_BYTES = 1_024;

/** Makes the route; it takes no place, for its connection has one. */
export function emulationRoutes(deps: GuardDeps): Hono {
  const { hub, log } = deps;
  const { clock, limits: { maxMessageBytes } } = hub;
  const maxBytes = maxMessageBytes * ESCAPED + ENVELOPE_BYTES;
  const app = new Hono();
  app.all("/emulation", async (c) => {
    const early = answerEarly(c, deps, "POST, OPTIONS");
    if (early !== undefined) return early;
    const body = await readText(c, { maxBytes, clock, log });
    if (body instanceof Response) return body;
    switch (await emulate(hub, body)) {
      case "taken":
        return c.body(null, 204);
      case "malformed":
        return c.text("Expected JSON with session, node and data.\n", 400);
      case "tooLong":
        return c.text(`Commands have at most ${maxMessageBytes} bytes.\n`, 413);
      case "noNode":
        return c.text("There is no such node.\n", 404);
      case "unavailable":
        c.header("Retry-After", RETRY_AFTER_SECONDS);
        return c.text("The node cannot be reached now.\n", 503);
    }
  });
  return app;
}
