/** Long polls: one answer with all that is new, at once or as soon as there is something. */

import { deferred } from "../base/deferred.ts";
import type { Connection } from "../hub/connection.ts";
import {
  disconnects,
  GONE,
  readCloseReason,
  shouldReconnect,
} from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { CursorWriter } from "../protocol/cursor.ts";
import type { FeedEvent, FeedFrame } from "../protocol/events.ts";
import { feedProtocol } from "../protocol/feed.ts";
import type { Transport } from "../base/transport.ts";
import {
  type FeedOptions,
  type FeedQuery,
  type Refusal,
  subscribeCommand,
} from "./plain_http.ts";

/** A poll's client, and its patience. */
export interface LongPollOptions extends FeedOptions {
  /** Longest wait for something new; 0 does not wait. */
  readonly timeoutMs: number;
}

/** Everything that is new to a client. */
export interface PollAnswer {
  /** New publications, each as JSON: at most about `maxBufferedBytes`, and the next poll brings the rest. */
  readonly publications: readonly string[];
  /** Positions of the client once it has them. */
  readonly cursor: string;
  /** Nothing is missing between the cursor it came with and this one; `undefined` if it came with none. */
  readonly recovered: boolean | undefined;
  /** Milliseconds after which the client should come back, where the hub ends. */
  readonly retryAfterMs?: number;
}

/** An answer, or the reason why the poll is refused. */
export type PollOutcome = PollAnswer | { readonly refusal: Refusal };

/**
 * Subscribes to what `query` names, and lets go. Nothing of the client stays here: its
 * cursor is all that the next poll needs. Where a channel keeps no history, a
 * client gets what comes while it waits, and what falls between two polls is
 * gone. The slot is kept: it is the response's, which is still to be written.
 */
export async function longPoll(
  hub: Hub,
  query: FeedQuery,
  { identity, slot, headers, signal, timeoutMs }: LongPollOptions,
): Promise<PollOutcome> {
  const transport = new LongPoll(hub, query, timeoutMs);
  const connection = hub.connect(transport, feedProtocol, identity, headers);
  connection.countFor(slot.group);
  const leave = () => transport.close(GONE.code, GONE.reason);
  signal?.addEventListener("abort", leave);
  if (signal?.aborted) leave();
  else transport.subscribe(connection);
  try {
    return await transport.outcome;
  } finally {
    signal?.removeEventListener("abort", leave);
    transport.stop();
    connection.ended();
  }
}

/** Transport of a poll's connection, until there is enough for an answer. */
class LongPoll implements Transport<FeedFrame> {
  readonly kind = "long_poll";
  /** An answer is bounded by itself: {@linkcode PollAnswer.publications}. */
  readonly bufferedAmount = 0;
  readonly outcome: Promise<PollOutcome>;
  readonly #resolve: (outcome: PollOutcome) => void;
  readonly #hub: Hub;
  readonly #query: FeedQuery;
  readonly #timeoutMs: number;
  readonly #publications: string[] = [];
  /** Bytes of the publications, about. */
  #size = 0;
  /** Stays where it was in a channel for which there is no room any more. */
  readonly #cursor: CursorWriter;
  #recovered = true;
  /** All channels are subscribed to: there is an answer as soon as there is something new. */
  #isReady = false;
  #isDone = false;
  #cancel: (() => void) | undefined;

  constructor(hub: Hub, query: FeedQuery, timeoutMs: number) {
    const { promise, resolve } = deferred<PollOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
    this.#hub = hub;
    this.#query = query;
    this.#timeoutMs = timeoutMs;
    this.#cursor = new CursorWriter(query.since);
  }

  /** Subscribes to one channel after the other, so that no more is read than an answer may have. */
  async subscribe(connection: Connection): Promise<void> {
    const { channels, since } = this.#query;
    for (const channel of channels) {
      if (this.#isFull || this.#isDone) break;
      await connection.execute(subscribeCommand(channel, { since }, "poll"));
    }
    await connection.idle();
    if (this.#isDone) return;
    this.#isReady = true;
    // A client without a cursor came for one.
    const mayWait = since !== undefined && !this.#isNews;
    this.#finishIn(mayWait ? this.#timeoutMs : 0);
  }

  send({ events }: FeedFrame): void {
    for (const event of events) this.#take(event);
    if (this.#isReady && this.#isNews) this.#finishIn(0);
  }

  close(code: number, text: string): void {
    const { reason: message, ...advice } = readCloseReason(text);
    // A client that may come back polls on with what it has got.
    const mayGoOn = shouldReconnect(code) && code !== disconnects.expired.code;
    if (this.#isReady && mayGoOn) this.#finish(advice);
    else this.#refuse({ code, message, ...advice });
  }

  /** Waits no more. */
  stop(): void {
    this.#cancel?.();
    this.#isReady = false;
  }

  #take(event: FeedEvent): void {
    switch (event.type) {
      case "message": {
        const { position, json, lines } = event;
        // The cursor stays in front of what is left out.
        if (this.#isFull) return;
        this.#size += lines.byteLength;
        this.#publications.push(json);
        if (position !== undefined) {
          this.#cursor.set(position.channel, position);
        }
        return;
      }
      case "subscribed": {
        const { position, lost, kept } = event;
        this.#cursor.set(position.channel, position);
        // Where nothing is kept, a poll has missed something each time.
        if (lost && kept) this.#recovered = false;
        return;
      }
      case "error": {
        const { code, message } = event;
        return this.#refuse({ code, message });
      }
      case "unsubscribed":
      case "disconnect":
      case "ping":
    }
  }

  get #isFull(): boolean {
    return this.#size >= this.#hub.limits.maxBufferedBytes;
  }

  get #isNews(): boolean {
    return this.#publications.length > 0 || !this.#recovered;
  }

  #finishIn(delayMs: number): void {
    this.#cancel?.();
    const { clock } = this.#hub;
    const finish = () => this.#finish();
    // What other channels bring in this turn comes along.
    this.#cancel = delayMs === 0
      ? clock.soon(finish)
      : clock.after(delayMs, finish);
  }

  #finish(advice: Pick<PollAnswer, "retryAfterMs"> = {}): void {
    this.#isDone = true;
    this.#resolve({
      ...advice,
      publications: this.#publications,
      cursor: `${this.#cursor}`,
      recovered: this.#query.since && this.#recovered,
    });
  }

  #refuse(refusal: Refusal): void {
    this.#isDone = true;
    this.#resolve({ refusal });
  }
}
