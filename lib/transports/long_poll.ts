/** Long polls: one answer with all that is new, at once or as soon as there is something. */

import type { Connection } from "../hub/connection.ts";
import { disconnects, GONE, shouldReconnect } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import { CursorWriter } from "../protocol/cursor.ts";
import {
  decodeError,
  encodeFeedQuery,
  type FeedQuery,
  pollProtocol,
} from "../protocol/events.ts";
import type { Frame } from "../protocol/types.ts";
import type { Transport } from "../base/transport.ts";
import { type EventForm, eventForms } from "./event_forms.ts";
import type { ListenOptions, Refusal } from "./listen.ts";

/** How a client polls. */
export interface LongPollOptions extends ListenOptions {
  /** How long it waits for something new; 0 does not wait. */
  readonly timeoutMs: number;
  /** Tells that the client has left. */
  readonly signal?: AbortSignal;
}

/** What a client is told. */
export interface PollAnswer {
  /** What is new, each as JSON: at most about `maxBufferedBytes`, and the next poll brings the rest. */
  readonly publications: readonly string[];
  /** Where the client stands with it. */
  readonly cursor: string;
  /** Whether nothing is missing between the cursor it came with and this one. */
  readonly recovered: boolean;
}

/** An answer, or why there is none. */
export type PollOutcome = PollAnswer | { readonly refusal: Refusal };

/**
 * Asks for what `wish` names, and lets go. Nothing of the client stays here: its
 * cursor is all that the next poll needs. Where a channel keeps no history, a
 * client hears what comes while it waits, and what falls between two polls is
 * gone. The place is kept: it is the response's, which is still to be written.
 */
export async function longPoll(
  hub: Hub,
  query: FeedQuery,
  { identity, headers, signal, timeoutMs }: LongPollOptions,
): Promise<PollOutcome> {
  // A client without a cursor came for one.
  const waitMs = query.since === undefined ? 0 : timeoutMs;
  const transport = new LongPoll(hub, query, waitMs);
  const connection = hub.connect(transport, pollProtocol, identity, headers);
  const leave = () => transport.close(GONE.code, GONE.reason);
  signal?.addEventListener("abort", leave);
  if (signal?.aborted) leave();
  transport.ask(connection);
  try {
    return await transport.answer;
  } finally {
    signal?.removeEventListener("abort", leave);
    transport.stop();
    connection.ended();
  }
}

/** What a connection writes to until there is enough for an answer. */
class LongPoll implements Transport {
  /** What is told is bounded by itself: {@linkcode PollAnswer.publications}. */
  readonly bufferedAmount = 0;
  readonly answer: Promise<PollOutcome>;
  readonly #resolve: (answer: PollOutcome) => void;
  readonly #hub: Hub;
  readonly #waitMs: number;
  readonly #publications: string[] = [];
  /** Bytes of the publications. */
  #size = 0;
  readonly #cursor = new CursorWriter();
  readonly #since: FeedQuery["since"];
  /** Channels that are still to be asked for. */
  readonly #channels: string[];
  #connection: Connection | undefined;
  #recovered = true;
  #isReady = false;
  #cancel: (() => void) | undefined;

  constructor(hub: Hub, { channels, since }: FeedQuery, waitMs: number) {
    const { promise, resolve } = Promise.withResolvers<PollOutcome>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#hub = hub;
    this.#waitMs = waitMs;
    this.#channels = [...channels];
    this.#since = since;
    // Where a channel is not asked for any more, its client stays where it was.
    for (const channel of channels) {
      const position = since?.get(channel);
      if (position !== undefined) this.#cursor.set(channel, position);
    }
  }

  /** Asks for one channel after the other, so that no more is read than an answer may have. */
  ask(connection: Connection): void {
    this.#connection = connection;
    const channels = this.#channels.splice(0, 1);
    connection.receive(encodeFeedQuery({ channels, since: this.#since }));
  }

  send(frame: Frame): void {
    // The protocol of polls writes text.
    for (const form of eventForms.get(String(frame)).forms) this.#take(form);
    const isNews = this.#publications.length > 0 || !this.#recovered;
    if (this.#isReady && isNews) this.#answerIn(0);
  }

  close(code: number, reason: string): void {
    // Who may come back polls on with what it has got.
    const mayGoOn = shouldReconnect(code) && code !== disconnects.expired.code;
    if (this.#isReady && mayGoOn) this.#finish();
    else this.#resolve({ refusal: { code, message: reason } });
  }

  /** Waits no more. */
  stop(): void {
    this.#cancel?.();
    this.#isReady = false;
  }

  #take({ event, bytes }: EventForm): void {
    const { type, place, data } = event;
    if (type === "message") {
      // The cursor stays in front of what is left out.
      if (this.#isFull) return;
      this.#size += bytes.byteLength;
      this.#publications.push(data);
    }
    if (place !== undefined) this.#cursor.set(place.channel, place);
    if (type === "lost") this.#recovered = false;
    if (type === "error") this.#resolve({ refusal: decodeError(event) });
    if (type === "ready") this.#goOn();
  }

  get #isFull(): boolean {
    return this.#size >= this.#hub.limits.maxBufferedBytes;
  }

  #goOn(): void {
    if (this.#channels.length > 0 && !this.#isFull && this.#connection) {
      return this.ask(this.#connection);
    }
    this.#isReady = true;
    this.#answerIn(this.#waitMs);
  }

  #answerIn(delayMs: number): void {
    this.#cancel?.();
    const { clock } = this.#hub;
    const finish = () => this.#finish();
    // What other channels bring in this turn comes along.
    this.#cancel = delayMs === 0
      ? clock.soon(finish)
      : clock.after(delayMs, finish);
  }

  #finish(): void {
    this.#resolve({
      publications: this.#publications,
      cursor: `${this.#cursor}`,
      recovered: this.#recovered,
    });
  }
}
