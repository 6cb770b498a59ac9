/** `POST /send`: one frame of the text protocol, from who has no socket. */

import { Hono } from "hono";
import { answerOne } from "../lib/transports/one_shot.ts";
import { answerEarly } from "./guard/cors.ts";
import { enter } from "./guard/admission.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";
import { identifyNow } from "./guard/identity.ts";
import { isBinary, readBytes, readText } from "./guard/body.ts";
import { refuse } from "./guard/refusal.ts";

const ERROR = /^error:(\d+) (.*)$/s;

/** Makes the route that takes frames. */
export function sendRoutes(deps: GuardDeps): Hono {
  const { hub, log } = deps;
  const { clock, limits: { maxMessageBytes: maxBytes } } = hub;
  const app = new Hono();
  app.all("/send", async (c) => {
    const early = answerEarly(c, deps, "POST, OPTIONS");
    if (early !== undefined) return early;
    const identity = await identifyNow(c, deps);
    if (identity instanceof Response) return identity;
    // Who listens over HTTP holds a place already, and speaks this way.
    const slot = enter(c, deps, true);
    if (slot instanceof Response) return slot;
    const read = isBinary(c) ? readBytes : readText;
    const frame = await read(c, { maxBytes, clock, log });
    if (frame instanceof Response) {
      slot.written();
      return frame;
    }
    const answer = await answerOne(hub, frame, {
      identity,
      slot,
      headers: hub.headersOf(c.req.raw),
    });
    if ("refusal" in answer) return refuse(c, answer.refusal);
    const [, code, message] = ERROR.exec(answer.frame) ?? [];
    if (code !== undefined && message !== undefined) {
      return refuse(c, { code: Number(code), message });
    }
    if (answer.frame === "") return c.body(null, 204);
    return c.text(`${answer.frame}\n`);
  });
  return app;
}
