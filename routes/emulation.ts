/** `POST /emulation`: commands of SDKs over streams, which carry none themselves (Centrifuge, §1). */

import { Hono } from "hono";
import { lengthOf } from "../lib/base/publication.ts";
import { emulate } from "../lib/node_calls/emulation.ts";
import { crossOrigin } from "./guard/origin.ts";
import { type GuardDeps, retryAfter } from "../lib/transports/request_guard.ts";
import { addressOf } from "./guard/address.ts";
import { isBinary, readBytes, readText } from "./guard/body.ts";

/** Growth of JSON inside JSON, where quotes and backslashes take two bytes each; protobuf does not grow. */
const ESCAPE_FACTOR = 2;
/** Bytes of session, node and punctuation around the commands. */
const ENVELOPE_BYTES = 1_024;

/** Makes the route; it takes no slot, because its connection has one. */
export function emulationRoutes(deps: GuardDeps): Hono {
  const { hub, log } = deps;
  const { deadlines, limits: { maxMessageBytes } } = hub;
  const maxBytes = maxMessageBytes * ESCAPE_FACTOR + ENVELOPE_BYTES;
  const app = new Hono();
  app.use("/emulation", crossOrigin(deps, ["POST"]));
  app.post("/emulation", async (c) => {
    const options = { maxBytes, deadlines, log };
    const body = isBinary(c)
      ? await readBytes(c, options)
      : await readText(c, options);
    if (body instanceof Response) return body;
    // Its session counts it, too, if there is such a one.
    if (!hub.admission.takeRequest(addressOf(c, deps), lengthOf(body))) {
      c.header("Retry-After", retryAfter(hub));
      return c.text("Too many requests come from this address.\n", 429);
    }
    switch (await emulate(hub, body)) {
      case "taken":
        return c.body(null, 204);
      case "malformed":
        return c.text(
          "The body is invalid: expected session, node and data.\n",
          400,
        );
      case "tooLong":
        return c.text(`Commands have at most ${maxMessageBytes} bytes.\n`, 413);
      case "noNode":
        return c.text("No such node.\n", 404);
      case "unavailable":
        c.header("Retry-After", retryAfter(hub));
        return c.text("The node cannot be reached now.\n", 503);
    }
  });
  return app;
}
