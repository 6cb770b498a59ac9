/** `POST /send`: one frame of the text protocol, from who has no socket. */

import { Hono } from "hono";
import { answerOne } from "../lib/transports/one_answer.ts";
import { answerEarly } from "./cors.ts";
import { refuseBusy } from "./gate.ts";
import { type IdentifyDeps, identifyNow } from "./identify.ts";
import { readBody, readBytes } from "./read_body.ts";
import { refuse } from "./refusal.ts";
import { completedOf } from "./response_end.ts";

const ERROR = /^error:(\d+) (.*)$/s;

/** Makes the route that takes frames. */
export function sendRoutes(deps: IdentifyDeps): Hono {
  const { hub } = deps;
  const { maxMessageBytes } = hub.limits;
  const app = new Hono();
  app.all("/send", async (c) => {
    const early = answerEarly(c, deps, "POST, OPTIONS");
    if (early !== undefined) return early;
    const identity = await identifyNow(c, deps);
    if (identity instanceof Response) return identity;
    const busy = refuseBusy(c, deps);
    if (busy !== undefined) return busy;
    const request = c.req.raw;
    const isBinary = c.req.header("content-type") ===
      "application/octet-stream";
    const frame = isBinary
      ? await readBytes(request, maxMessageBytes)
      : await readBody(request, maxMessageBytes);
    if (frame === undefined) {
      return c.text(`A message has at most ${maxMessageBytes} bytes.\n`, 413);
    }
    const answer = await answerOne(hub, frame, {
      identity,
      completed: completedOf(c),
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
