/** Feeds of a client over plain HTTP: an event stream, or one poll after the other. */

import { disconnects, readRetryAfter } from "../base/disconnect.ts";
import { delay } from "./delay.ts";
import { type HttpRefusal, readRefusal, retryAfterOf } from "./http_refusal.ts";
import { getFeed, type HttpRequest, type HttpServer } from "./http_request.ts";

/** Source and subject of a feed. */
export interface FeedRequest extends HttpServer, HttpRequest {
  /** Milliseconds that a poll may wait for something new. */
  readonly pollMs: number;
  /** Called for every byte that arrives, even a comment's. */
  readonly onActivity: () => void;
}

/** An event of a feed; nothing follows `refused` and `end`. */
export type FeedEvent =
  | { readonly type: "open" }
  | FeedMessages
  | { readonly type: "refused"; readonly refusal: HttpRefusal }
  | {
    readonly type: "end";
    readonly code: number;
    readonly reason: string;
    readonly retryAfterMs: number | undefined;
  };

/** Messages, and the cursor behind them. */
export interface FeedMessages {
  readonly type: "messages";
  readonly messages: readonly FeedMessage[];
  readonly cursor: string | undefined;
}

/** A publication of a channel, or without a channel a direct message. */
export interface FeedMessage {
  readonly channel?: string;
  readonly data: unknown;
  readonly info?: { readonly user: string };
}

/** Yields events until `signal` or the server ends the feed. */
export type Feed = (request: FeedRequest) => AsyncIterable<FeedEvent>;

/** Milliseconds between two polls of which the first brought nothing; up to as many again are added at random. */
const EMPTY_PAUSE_MS = 500;

/** An event stream; read by hand, because an `EventSource` cannot send a token. */
export const streamFeed: Feed = async function* (request) {
  const response = await getFeed(request, "/sse", request);
  request.onActivity();
  if (!response.ok || response.body === null) {
    return yield refused(response, request);
  }
  yield { type: "open" };
  const decoder = new TextDecoder();
  // Chrome iterates over a stream since version 124, and not every Safari does.
  const reader = response.body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      request.onActivity();
      const text = decoder.decode(value, { stream: true });
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) yield* readBlock(block);
    }
  } finally {
    await reader.cancel();
  }
};

/** Polls that wait for something new. */
export const pollFeed: Feed = async function* (request) {
  const { clock, random, pollMs, signal } = request;
  let { since } = request;
  for (let isOpen = false;; isOpen = true) {
    // The first returns at once, and shows that the server is reachable.
    const timeoutMs = isOpen ? pollMs : 0;
    const startedAt = clock.now;
    const path = `/poll?timeout=${timeoutMs}ms`;
    const response = await getFeed(request, path, { ...request, since });
    request.onActivity();
    if (!response.ok) return yield refused(response, request);
    if (!isOpen) yield { type: "open" };
    const { publications, cursor, recovered } = await response.json();
    since = cursor;
    yield { type: "messages", messages: publications, cursor };
    const retryAfterMs = retryAfterOf(response, request);
    if (retryAfterMs !== undefined) {
      const { code, reason } = disconnects.shutdown;
      return yield { type: "end", code, reason, retryAfterMs };
    }
    const isEmpty = publications.length === 0 || !recovered;
    if (!isOpen || !isEmpty) continue;
    // Protects a server that answers at once, whatever its reason.
    const leastMs = EMPTY_PAUSE_MS * (1 + random.number());
    const restMs = leastMs - (clock.now - startedAt);
    if (restMs > 0) await delay(restMs, { clock, signal });
    if (signal.aborted) return;
  }
};

async function refused(
  response: Response,
  server: HttpServer,
): Promise<FeedEvent> {
  return { type: "refused", refusal: await readRefusal(response, server) };
}

function* readBlock(block: string): Iterable<FeedEvent> {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    fields.set(name, value);
  }
  const data = fields.get("data");
  const json = data === undefined ? undefined : JSON.parse(data);
  const type = fields.get("event") ?? "message";
  const messages = json !== undefined && type === "message" ? [json] : [];
  const cursor = fields.get("id");
  if (cursor !== undefined || messages.length > 0) {
    yield { type: "messages", messages, cursor };
  }
  if (json !== undefined && type === "disconnect") {
    const { code, reason } = json;
    const retryAfterMs = readRetryAfter(json.retry_after_ms);
    yield { type: "end", code, reason, retryAfterMs };
  }
}
