/** `GET /poll`: new publications of some channels, now or as soon as there are some. */

import { type Context, Hono } from "hono";
import { parseDuration } from "../lib/base/duration.ts";
import { hash64 } from "../lib/base/hash.ts";
import { ByteStream, MAX_CHUNK_BYTES } from "../lib/transports/byte_stream.ts";
import { longPoll, type PollAnswer } from "../lib/transports/long_poll.ts";
import type { AdmissionSlot } from "../lib/transports/admission_slot.ts";
import { crossOrigin } from "./guard/origin.ts";
import { admit } from "./guard/admission.ts";
import { type GuardDeps, retryAfter } from "../lib/transports/request_guard.ts";
import { identifyNow } from "./guard/identity.ts";
import { refuse } from "./guard/refusal.ts";
import { FEED_PARAMETERS, readFeedQuery } from "./guard/feed_query.ts";
import { refuseUnknownQuery } from "./guard/known_query.ts";

/** Many a proxy gives up after 30 s, and nearly all after 60. */
const DEFAULT_TIMEOUT = "25s";
const MAX_TIMEOUT_MS = 60_000;

const PARAMETERS = [...FEED_PARAMETERS, "timeout"];

const encoder = new TextEncoder();

/** Makes the route of polls. */
export function pollRoutes(deps: GuardDeps): Hono {
  const { hub } = deps;
  const app = new Hono();
  app.use("/poll", crossOrigin(deps, ["GET"]));
  app.get("/poll", async (c) => {
    const unknown = refuseUnknownQuery(c, PARAMETERS);
    if (unknown !== undefined) return unknown;
    const query = readFeedQuery(c, hub.limits.maxChannels);
    if (query instanceof Response) return query;
    const timeoutMs = parseDuration(c.req.query("timeout") ?? DEFAULT_TIMEOUT);
    if (timeoutMs === undefined || timeoutMs > MAX_TIMEOUT_MS) {
      return c.text("timeout: expected a duration from 0 to 60s\n", 400);
    }
    const identity = await identifyNow(c, deps);
    if (identity instanceof Response) return identity;
    const slot = admit(c, deps);
    if (slot instanceof Response) return slot;
    const { signal } = c.req.raw;
    const headers = hub.headersOf(c.req.raw);
    const options = { identity, slot, headers, timeoutMs, signal };
    const answer = await longPoll(hub, query, options);
    if ("refusal" in answer) {
      slot.written();
      return refuse(c, deps, answer.refusal);
    }
    const { retryAfterMs } = answer;
    if (retryAfterMs !== undefined) {
      c.header("Retry-After", retryAfter(hub, retryAfterMs));
    }
    return send(c, answer, slot);
  });
  return app;
}

/**
 * Sends an answer. Its entity tag (RFC 9110, §8.8.3) stands for the cursor: a client
 * that has the tag gets 304 where there is nothing new. The tag is weak, for direct
 * messages do not move the cursor, and an answer with them must not be cached.
 */
function send(
  c: Context,
  { publications, cursor, recovered }: PollAnswer,
  slot: AdmissionSlot,
): Response {
  const tag = `"${hash64(cursor)}"`;
  const isNews = publications.length > 0 || recovered === false;
  c.header("ETag", `W/${tag}`);
  c.header("Cache-Control", isNews ? "no-store" : "no-cache");
  const known = (c.req.header("if-none-match") ?? "").split(",");
  const isKnown = known.some((each) => each.trim().replace(/^W\//, "") === tag);
  if (isKnown && !isNews) {
    slot.written();
    return c.body(null, 304);
  }
  const fate = recovered === undefined ? "" : `,"recovered":${recovered}`;
  const json = `{"publications":[${
    publications.join(",")
  }],"cursor":"${cursor}"${fate}}\n`;
  const headers = { "Content-Type": "application/json" };
  return c.body(bodyOf(encoder.encode(json), slot), 200, headers);
}

/** Body of an answer; a long one waits here until its client reads, so that a client that does not keeps its slot. */
function bodyOf(
  bytes: Uint8Array<ArrayBuffer>,
  slot: AdmissionSlot,
): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> {
  if (bytes.byteLength <= MAX_CHUNK_BYTES) {
    slot.written();
    return bytes;
  }
  const stream = new ByteStream(() => slot.written());
  for (let at = 0; at < bytes.byteLength; at += MAX_CHUNK_BYTES) {
    stream.write(bytes.subarray(at, at + MAX_CHUNK_BYTES));
  }
  stream.end();
  return stream.body;
}
