/** What a client of plain HTTP hears: an event stream, or one poll after the other. */

import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { type HttpRefusal, readRefusal } from "./http_refusal.ts";
import { ask, type HttpParty, type HttpQuestion } from "./http_request.ts";
import { pauseFor } from "./pause.ts";

/** Where a feed comes from, and what it is about. */
export interface FeedRequest extends HttpParty, HttpQuestion {
  readonly clock: Clock;
  readonly random: Pick<Random, "number">;
  /** Milliseconds that a poll may wait for something new. */
  readonly pollMs: number;
  /** Called for whatever arrives, if only a comment. */
  readonly onSign: () => void;
}

/** Something that was heard, and where that leads. */
export type FeedEvent =
  | { readonly type: "open" }
  | FeedNews
  | { readonly type: "refused"; readonly refusal: HttpRefusal }
  | { readonly type: "end"; readonly code: number; readonly reason: string };

/** Messages, and the place behind them. */
export interface FeedNews {
  readonly type: "news";
  readonly messages: readonly FeedMessage[];
  readonly cursor: string | undefined;
}

/** A publication of a channel, or without one a direct message. */
export interface FeedMessage {
  readonly channel?: string;
  readonly data: unknown;
  readonly info?: { readonly user: string };
}

/** Yields what is heard until `signal` or the server ends it. */
export type Feed = (request: FeedRequest) => AsyncIterable<FeedEvent>;

/** The least between two polls of which the first brought nothing, and as much again as chance will have. */
const EMPTY_PAUSE_MS = 500;

/** An event stream; read by hand, for an `EventSource` cannot carry a token. */
export const streamFeed: Feed = async function* (request) {
  const response = await ask(request, "/sse", request);
  request.onSign();
  if (!response.ok || response.body === null) return yield refused(response);
  yield { type: "open" };
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of response.body) {
    request.onSign();
    const text = decoder.decode(bytes, { stream: true });
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield* readBlock(block);
  }
};

/** Polls that wait for what is new. */
export const pollFeed: Feed = async function* (request) {
  const { clock, random, pollMs, signal } = request;
  let { since } = request;
  for (let isOpen = false;; isOpen = true) {
    // The first comes back at once, and shows that there is a way.
    const timeoutMs = isOpen ? pollMs : 0;
    const askedAt = clock.now;
    const path = `/poll?timeout=${timeoutMs}ms`;
    const response = await ask(request, path, { ...request, since });
    request.onSign();
    if (!response.ok) return yield refused(response);
    if (!isOpen) yield { type: "open" };
    const { publications, cursor, recovered } = await response.json();
    since = cursor;
    yield { type: "news", messages: publications, cursor };
    const isEmpty = publications.length === 0 || !recovered;
    if (!isOpen || !isEmpty) continue;
    // A server that does not wait, for whatever reason, is not to be worn out.
    const leastMs = EMPTY_PAUSE_MS * (1 + random.number());
    const restMs = leastMs - (clock.now - askedAt);
    if (restMs > 0) await pauseFor(restMs, { clock, signal });
    if (signal.aborted) return;
  }
};

async function refused(response: Response): Promise<FeedEvent> {
  return { type: "refused", refusal: await readRefusal(response) };
}

function* readBlock(block: string): Iterable<FeedEvent> {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    fields.set(name, value);
  }
  const data = fields.get("data");
  const said = data === undefined ? undefined : JSON.parse(data);
  const type = fields.get("event") ?? "message";
  const messages = said !== undefined && type === "message" ? [said] : [];
  const cursor = fields.get("id");
  if (cursor !== undefined || messages.length > 0) {
    yield { type: "news", messages, cursor };
  }
  if (said !== undefined && type === "disconnect") {
    yield { type: "end", code: said.code, reason: said.reason };
  }
}
