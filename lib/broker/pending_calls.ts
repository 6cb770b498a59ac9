/** Calls to other nodes that have no answer yet. */

import type { Clock } from "../base/clock.ts";

/** Options of {@linkcode PendingCalls}. */
export interface PendingCallsOptions<C> {
  readonly clock: Clock;
  /** Milliseconds until a call expires. */
  readonly timeoutMs: number;
  /** Receives a call that expired; it is not in the table any more. */
  readonly onTimeout: (call: C) => void;
}

/** A call with the time at which it expires, on the scale of `Clock.now`. */
interface Entry<C> {
  readonly call: C;
  readonly expiresAt: number;
}

/** So often in the time of a call the table looks for calls that have expired. */
const SWEEPS = 4;
/** Slots at first, and again whenever the table is empty: a power of two, as every length is. */
const LENGTH = 1_024;

/**
 * Table of calls by ascending id, with one timer for all of them.
 *
 * It is a ring with a slot for each id from the oldest to the newest, and not a
 * `Map`: where many entries come and go a `Map` rebuilds its tables all the time,
 * each old one refers to the next, and once one of them is in the old generation the
 * collector keeps all that follow. That cost pauses of several milliseconds.
 */
export class PendingCalls<C> {
  readonly #options: PendingCallsOptions<C>;
  #slots = emptySlots<C>(LENGTH);
  /** The oldest id in the table; without meaning while that is empty. */
  #first = 1;
  #last = 0;
  #size = 0;
  #stopTimer: (() => void) | undefined;

  /** Creates an empty table. */
  constructor(options: PendingCallsOptions<C>) {
    this.#options = options;
  }

  /** Number of calls without an answer. */
  get size(): number {
    return this.#size;
  }

  /** Id of the call that is added next. */
  get nextId(): number {
    return this.#last + 1;
  }

  /** Adds a call; returns its id. */
  add(call: C): number {
    const { clock, timeoutMs } = this.#options;
    const id = ++this.#last;
    if (this.#size === 0) this.#first = id;
    if (id - this.#first >= this.#slots.length) this.#grow();
    this.#slots[this.#slotOf(id)] = { call, expiresAt: clock.now + timeoutMs };
    this.#size++;
    this.#stopTimer ??= this.#startTimer();
    return id;
  }

  /** Returns the call with that id, if it is in the table. */
  get(id: number): C | undefined {
    return this.#entryOf(id)?.call;
  }

  /** Removes a call and returns it. */
  take(id: number): C | undefined {
    const entry = this.#entryOf(id);
    if (entry === undefined) return undefined;
    this.#slots[this.#slotOf(id)] = undefined;
    this.#size--;
    if (this.#size > 0) this.#findFirst();
    else if (this.#slots.length > LENGTH) this.#slots = emptySlots(LENGTH);
    return entry.call;
  }

  /** Iterates over the calls, the oldest first; they may be removed meanwhile. */
  *values(): Iterable<C> {
    for (const [, { call }] of this.#entries()) yield call;
  }

  /** Removes the calls that fit, or all of them, and returns them with the oldest first. */
  takeAll(fits: (call: C) => boolean = () => true): readonly C[] {
    const taken: C[] = [];
    for (const [id, { call }] of this.#entries()) {
      if (!fits(call)) continue;
      this.take(id);
      taken.push(call);
    }
    return taken;
  }

  /** Stops the timer, which starts again with the next call. */
  close(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  /** One timer for all: most calls are answered long before they expire. */
  #startTimer(): () => void {
    const { clock, timeoutMs } = this.#options;
    return clock.after(timeoutMs / SWEEPS, () => {
      this.#stopTimer = undefined;
      this.#expire();
      if (this.#size > 0) this.#stopTimer ??= this.#startTimer();
    });
  }

  #expire(): void {
    const { clock, onTimeout } = this.#options;
    for (const [id, { call, expiresAt }] of this.#entries()) {
      if (expiresAt > clock.now) return;
      this.take(id);
      onTimeout(call);
    }
  }

  *#entries(): Iterable<readonly [id: number, entry: Entry<C>]> {
    const last = this.#last;
    for (let id = this.#first; this.#size > 0 && id <= last; id++) {
      const entry = this.#entryOf(id);
      if (entry !== undefined) yield [id, entry];
    }
  }

  #entryOf(id: number): Entry<C> | undefined {
    if (this.#size === 0 || id < this.#first || id > this.#last) {
      return undefined;
    }
    return this.#slots[this.#slotOf(id)];
  }

  #slotOf(id: number): number {
    return id & (this.#slots.length - 1);
  }

  #findFirst(): void {
    while (this.#slots[this.#slotOf(this.#first)] === undefined) this.#first++;
  }

  #grow(): void {
    const slots = this.#slots;
    const oldLast = this.#first + slots.length - 1;
    let { length } = slots;
    while (length <= this.#last - this.#first) length *= 2;
    this.#slots = emptySlots(length);
    for (let id = this.#first; id <= oldLast; id++) {
      this.#slots[this.#slotOf(id)] = slots[id & (slots.length - 1)];
    }
  }
}

function emptySlots<C>(length: number): (Entry<C> | undefined)[] {
  return new Array<Entry<C> | undefined>(length).fill(undefined);
}
