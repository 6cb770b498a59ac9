/** `GET /sse`: channels as an event stream, for `EventSource` and `curl -N`. */

import { Hono } from "hono";
import { openEventStream } from "../lib/transports/event_stream.ts";
import { answerEarly } from "./cors.ts";
import { refuseBusy } from "./gate.ts";
import { type IdentifyDeps, identifyNow } from "./identify.ts";
import { refuse } from "./refusal.ts";
import { completedOf } from "./response_end.ts";
import { STREAM_HEADERS } from "./stream_headers.ts";
import { readWish } from "./wish.ts";

/** Makes the route of event streams. */
export function streamRoutes(deps: IdentifyDeps): Hono {
  const { hub } = deps;
  const app = new Hono();
  app.all("/sse", async (c) => {
    const early = answerEarly(c, deps, "GET, OPTIONS");
    if (early !== undefined) return early;
    const wish = readWish(c, hub.limits.maxChannels);
    if (wish instanceof Response) return wish;
    const identity = await identifyNow(c, deps);
    if (identity instanceof Response) return identity;
    const busy = refuseBusy(c, deps);
    if (busy !== undefined) return busy;
    const opened = await openEventStream(hub, wish, {
      identity,
      completed: completedOf(c),
    });
    if ("refusal" in opened) return refuse(c, opened.refusal);
    return c.body(opened.body, 200, STREAM_HEADERS.events);
  });
  return app;
}
