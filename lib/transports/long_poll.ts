/** Long polls: one answer with all that is new, at once or as soon as there is something. */

import { disconnects, GONE, shouldReconnect } from "../disconnect.ts";
import type { Hub } from "../hub.ts";
import { encodeCursor } from "../protocol/cursor.ts";
import {
  decodeError,
  encodeWish,
  type HubEvent,
  pollProtocol,
  type Wish,
} from "../protocol/events.ts";
import type { Frame } from "../protocol/types.ts";
import type { StreamPosition } from "../publication.ts";
import type { Transport } from "../transport.ts";
import { eventForms } from "./event_forms.ts";
import type { ListenOptions, Refusal } from "./listen.ts";
import { takePlace } from "./place.ts";

/** How a client polls. */
export interface LongPollOptions extends ListenOptions {
  /** How long it waits for something new; 0 does not wait. */
  readonly timeoutMs: number;
  /** Tells that the client has left. */
  readonly signal?: AbortSignal;
}

/** What a client is told. */
export interface PollAnswer {
  /** What is new, each as JSON. */
  readonly publications: readonly string[];
  /** Where the client stands with it. */
  readonly cursor: string;
  /** Whether nothing is missing between the cursor it came with and this one. */
  readonly recovered: boolean;
}

/**
 * Asks for what `wish` names, and lets go. Nothing of the client stays here: its
 * cursor is all that the next poll needs.
 */
export async function longPoll(
  hub: Hub,
  wish: Wish,
  options: LongPollOptions,
): Promise<PollAnswer | { readonly refusal: Refusal }> {
  const { identity, completed, signal, timeoutMs } = options;
  const place = takePlace(hub, completed);
  const { refusal: full } = place;
  if (full !== undefined) {
    place.transportEnded();
    return { refusal: { code: full.code, message: full.reason } };
  }
  // A client without a cursor came for one.
  const waitMs = wish.since === undefined ? 0 : timeoutMs;
  const transport = new LongPoll(hub, waitMs);
  const connection = hub.connect(transport, pollProtocol, identity);
  const leave = () => transport.close(GONE.code, GONE.reason);
  signal?.addEventListener("abort", leave);
  if (signal?.aborted) leave();
  connection.receive(encodeWish(wish));
  try {
    return await transport.answer;
  } finally {
    signal?.removeEventListener("abort", leave);
    transport.stop();
    connection.ended();
    place.transportEnded();
  }
}

/** What a connection writes to until there is enough for an answer. */
class LongPoll implements Transport {
  /** Everything goes into the answer, which the network takes as a whole. */
  readonly bufferedAmount = 0;
  readonly answer: Promise<PollAnswer | { readonly refusal: Refusal }>;
  readonly #resolve: (
    answer: PollAnswer | { readonly refusal: Refusal },
  ) => void;
  readonly #hub: Hub;
  readonly #waitMs: number;
  readonly #publications: string[] = [];
  readonly #cursor = new Map<string, StreamPosition>();
  #recovered = true;
  #isReady = false;
  #cancel: (() => void) | undefined;

  constructor(hub: Hub, waitMs: number) {
    const { promise, resolve } = Promise.withResolvers<
      PollAnswer | { readonly refusal: Refusal }
    >();
    this.answer = promise;
    this.#resolve = resolve;
    this.#hub = hub;
    this.#waitMs = waitMs;
  }

  send(frame: Frame): void {
    for (const { event } of eventForms.get(frame).forms) this.#take(event);
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

  #take(event: HubEvent): void {
    const { type, place, data } = event;
    if (place !== undefined) this.#cursor.set(place.channel, place);
    if (type === "message") this.#publications.push(data);
    if (type === "lost") this.#recovered = false;
    if (type === "error") this.#resolve({ refusal: decodeError(event) });
    if (type === "ready") {
      this.#isReady = true;
      this.#answerIn(this.#waitMs);
    }
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
      cursor: encodeCursor(this.#cursor),
      recovered: this.#recovered,
    });
  }
}
