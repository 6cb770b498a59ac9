/** `GET /sse`: channels as an event stream, for `EventSource` and `curl -N`. */

import { type Context, Hono } from "hono";
import { openEventStream } from "../lib/transports/event_stream.ts";
import { crossOrigin } from "./guard/origin.ts";
import { admitStream } from "./guard/admission.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";
import { identifyNow } from "./guard/identity.ts";
import { refuse } from "./guard/refusal.ts";
import { STREAM_HEADERS } from "./stream_headers.ts";
import {
  FEED_PARAMETERS,
  LAST_EVENT_ID,
  readFeedQuery,
} from "./guard/feed_query.ts";
import { refuseUnknownQuery } from "./guard/known_query.ts";

const PARAMETERS = [...FEED_PARAMETERS, ...LAST_EVENT_ID];

/** Makes the route of event streams. */
export function streamRoutes(deps: GuardDeps): Hono {
  const app = new Hono();
  app.use("/sse", crossOrigin(deps, ["GET"]));
  app.get("/sse", async (c) => {
    const response = await listen(c, deps);
    const isEventSource = /\btext\/event-stream\b/i
      .test(c.req.header("accept") ?? "");
    return response.status === 503 && isEventSource
      ? await sendAway(c, deps, response)
      : response;
  });
  return app;
}

async function listen(c: Context, deps: GuardDeps): Promise<Response> {
  const { hub } = deps;
  const unknown = refuseUnknownQuery(c, PARAMETERS);
  if (unknown !== undefined) return unknown;
  const query = readFeedQuery(c, hub.limits.maxChannels);
  if (query instanceof Response) return query;
  const identity = await identifyNow(c, deps);
  if (identity instanceof Response) return identity;
  const slot = admitStream(c, deps);
  if (slot instanceof Response) return slot;
  const opened = await openEventStream(hub, query, {
    identity,
    slot,
    headers: hub.headersOf(c.req.raw),
    signal: c.req.raw.signal,
  });
  if ("refusal" in opened) return refuse(c, deps, opened.refusal);
  return c.body(opened.body, 200, STREAM_HEADERS.events);
}

/** An `EventSource` takes any other status for the end, and would never come again. */
async function sendAway(
  c: Context,
  { hub }: GuardDeps,
  refusal: Response,
): Promise<Response> {
  const ms = hub.returns.refuse();
  const reason = (await refusal.text()).trimEnd();
  c.header("Retry-After", undefined);
  return c.body(`: ${reason}\nretry: ${ms}\n\n`, 200, STREAM_HEADERS.events);
}
