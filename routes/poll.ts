/** `GET /poll`: what is new in some channels, now or as soon as there is something. */

import { type Context, Hono } from "hono";
import { parseDuration } from "../lib/duration.ts";
import { longPoll, type PollAnswer } from "../lib/transports/long_poll.ts";
import { answerEarly } from "./cors.ts";
import { refuseBusy } from "./gate.ts";
import { type IdentifyDeps, identifyNow } from "./identify.ts";
import { refuse } from "./refusal.ts";
import { completedOf } from "./response_end.ts";
import { readWish } from "./wish.ts";

/** Many a proxy gives up after 30 s, and nearly all after 60. */
const DEFAULT_TIMEOUT = "25s";
const MAX_TIMEOUT_MS = 60_000;

/** Makes the route of polls. */
export function pollRoutes(deps: IdentifyDeps): Hono {
  const { hub } = deps;
  const app = new Hono();
  app.all("/poll", async (c) => {
    const early = answerEarly(c, deps, "GET, OPTIONS");
    if (early !== undefined) return early;
    const wish = readWish(c, hub.limits.maxChannels);
    if (wish instanceof Response) return wish;
    const timeoutMs = parseDuration(c.req.query("timeout") ?? DEFAULT_TIMEOUT);
    if (timeoutMs === undefined || timeoutMs > MAX_TIMEOUT_MS) {
      return c.text("A timeout is from 0 to 60s.\n", 400);
    }
    const identity = await identifyNow(c, deps);
    if (identity instanceof Response) return identity;
    const busy = refuseBusy(c, deps);
    if (busy !== undefined) return busy;
    const answer = await longPoll(hub, wish, {
      identity,
      timeoutMs,
      signal: c.req.raw.signal,
      completed: completedOf(c),
    });
    return "refusal" in answer ? refuse(c, answer.refusal) : tell(c, answer);
  });
  return app;
}

/** The cursor names all there is to know, so it is the entity tag too (RFC 9110, §8.8.3). */
function tell(
  c: Context,
  { publications, cursor, recovered }: PollAnswer,
): Response {
  const tag = `"${cursor}"`;
  c.header("ETag", tag);
  c.header("Cache-Control", "no-cache");
  const known = (c.req.header("if-none-match") ?? "").split(",");
  const isKnown = known.some((each) => each.trim().replace(/^W\//, "") === tag);
  if (recovered && isKnown) return c.body(null, 304);
  const json = `{"publications":[${publications.join(",")}],"cursor":${tag},` +
    `"recovered":${recovered}}\n`;
  return c.body(json, 200, { "Content-Type": "application/json" });
}
