/** `POST /send`: one frame of the text protocol, from a client without a socket. */

import { Hono } from "hono";
import { replyToOne } from "../lib/transports/one_shot.ts";
import { crossOrigin } from "./guard/origin.ts";
import { admit, answerBusy } from "./guard/admission.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";
import { identifyNow } from "./guard/identity.ts";
import { isBinary, readBytes, readText } from "./guard/body.ts";
import { refuseUnknownQuery } from "./guard/known_query.ts";
import { refuse } from "./guard/refusal.ts";

const PARAMETERS = ["uid"];

/** Makes the route that takes frames. */
export function sendRoutes(deps: GuardDeps): Hono {
  const { hub, log } = deps;
  const { deadlines, limits: { maxMessageBytes: maxBytes } } = hub;
  const app = new Hono();
  app.use("/send", crossOrigin(deps, ["POST"]));
  app.post("/send", async (c) => {
    const unknown = refuseUnknownQuery(c, PARAMETERS);
    if (unknown !== undefined) return unknown;
    const identity = await identifyNow(c, deps);
    if (identity instanceof Response) return identity;
    // A client that listens over HTTP has a slot already, and sends this way.
    const slot = admit(c, deps, { brief: true });
    if (slot instanceof Response) return slot;
    const read = isBinary(c) ? readBytes : readText;
    const frame = await read(c, { maxBytes, deadlines, log });
    // The hub may have begun to drain meanwhile.
    if (frame instanceof Response || hub.draining) {
      slot.written();
      return frame instanceof Response ? frame : answerBusy(c, deps);
    }
    const reply = await replyToOne(hub, frame, {
      identity,
      slot,
      headers: hub.headersOf(c.req.raw),
    });
    if ("refusal" in reply) return refuse(c, deps, reply.refusal);
    return reply.type === "pong" ? c.text("pong\n") : c.body(null, 204);
  });
  return app;
}
