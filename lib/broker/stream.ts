/** One channel's stream: it gives publications their offsets, and keeps the newest for those who were away. */

import type { StreamPosition } from "../base/publication.ts";
import {
  judgeRecovery,
  type Recovery,
  type RecoveryMode,
} from "../base/recovery.ts";
import {
  DEFAULT_CAP,
  type HistoryPolicy,
  type HistoryQuery,
  type HistoryResult,
} from "./types.ts";

/** How much is kept, and the time. */
export interface AppendOptions extends HistoryPolicy {
  /** The time in milliseconds, on a scale that never goes back. */
  readonly nowMs: number;
}

/** How a client recovers, and the time. */
export interface RecoverOptions {
  /** What the client needs. */
  readonly mode: RecoveryMode;
  /**
   * Missed publications above which a client does not recover.
   * @default {300}
   */
  readonly cap?: number;
  /** The time in milliseconds, on the scale of `append`. */
  readonly nowMs: number;
}

/** A channel's order and memory. The position outlives what is kept, until the owner forgets the stream. */
export class Stream<P extends { readonly offset: number }> {
  /** Names this life of the stream. */
  readonly epoch: string;
  #offset = 0;
  /** The offset of the oldest publication kept; one above the top when there is none. */
  #first = 1;
  /** A ring: a publication stands at its offset modulo the length. */
  #slots: (P | undefined)[] = [];
  #expiresAtMs = -Infinity;
  #usedAtMs: number;

  /** Starts a stream without publications; `nowMs` is on the scale of `append`. */
  constructor(
    { epoch, nowMs }: { readonly epoch: string; readonly nowMs: number },
  ) {
    this.epoch = epoch;
    this.#usedAtMs = nowMs;
  }

  /** The top: the epoch, and the offset of the newest publication. */
  get position(): StreamPosition {
    return { offset: this.#offset, epoch: this.epoch };
  }

  /** Puts on top what `make` returns for the position it is given. */
  append(
    make: (position: StreamPosition) => P,
    { size, ttlMs, nowMs }: AppendOptions,
  ): P {
    this.use(nowMs);
    const publication = make({ offset: this.#offset + 1, epoch: this.epoch });
    if (size < 1 || ttlMs <= 0) {
      this.advance();
      return publication;
    }
    while (this.#count >= size) this.#dropOldest();
    if (this.#count === this.#slots.length) this.#grow(size);
    this.#offset++;
    this.#slots[this.#offset % this.#slots.length] = publication;
    this.#expiresAtMs = nowMs + ttlMs;
    return publication;
  }

  /** Takes the next place for a publication that is not kept, and keeps nothing before it either. */
  advance(): number {
    if (this.#count > 0) this.clear();
    this.#first = ++this.#offset + 1;
    return this.#offset;
  }

  /**
   * Answers the `history` command. Only a `since` of another epoch is unrecoverable;
   * from any other the answer has what is kept of what was asked for, and its
   * offsets tell what is not.
   */
  read(
    { since, limit, reverse = false, cap = DEFAULT_CAP }: HistoryQuery,
    nowMs: number,
  ): HistoryResult<P> {
    this.use(nowMs);
    const { position } = this;
    if (since !== undefined && !this.#isOf(since.epoch)) {
      return { type: "unrecoverable", position };
    }
    const count = limit < 0 ? cap : Math.min(limit, cap);
    const publications = reverse
      ? this.#before(since?.offset ?? Infinity, count)
      : this.#after(since?.offset ?? this.#first - 1, count);
    return { type: "history", position, publications };
  }

  /** Finds what a client misses that has everything up to `since`. */
  recover(
    since: StreamPosition,
    { mode, cap = DEFAULT_CAP, nowMs }: RecoverOptions,
  ): Recovery<P> {
    this.use(nowMs);
    const found = mode === "stream"
      ? this.#after(since.offset, cap)
      : this.#before(Infinity, 1);
    return judgeRecovery(found, { since, top: this.position, mode });
  }

  /** Drops what is kept (`history_remove` of the server API); the position stays. */
  clear(): void {
    this.#slots = [];
    this.#first = this.#offset + 1;
    this.#expiresAtMs = -Infinity;
  }

  /** Drops what has expired, so that a stream nobody uses does not hold it. */
  expire(nowMs: number): void {
    if (nowMs >= this.#expiresAtMs) this.clear();
  }

  /**
   * The time in milliseconds from which the owner may forget the stream: when it
   * was neither appended to nor read for `metaTtlMs`, and keeps nothing.
   */
  expiresAt(metaTtlMs: number): number {
    return Math.max(this.#usedAtMs + metaTtlMs, this.#expiresAtMs);
  }

  /** Takes note that the position is still of use. */
  use(nowMs: number): void {
    this.#usedAtMs = nowMs;
    // Also before an append, whose new expiry would bring back what has expired.
    this.expire(nowMs);
  }

  get #count(): number {
    return this.#offset - this.#first + 1;
  }

  #dropOldest(): void {
    // Where the size has shrunk, the ring takes long to come round to this slot.
    this.#slots[this.#first % this.#slots.length] = undefined;
    this.#first++;
  }

  #grow(size: number): void {
    const length = Math.min(size, Math.max(8, this.#slots.length * 2));
    const slots = new Array<P | undefined>(length).fill(undefined);
    for (let offset = this.#first; offset <= this.#offset; offset++) {
      slots[offset % length] = this.#slots[offset % this.#slots.length];
    }
    this.#slots = slots;
  }

  /** Whether a position is of this epoch; who does not say means this one. */
  #isOf(epoch: string): boolean {
    return epoch === "" || epoch === this.epoch;
  }

  /** The oldest that are kept above an offset, oldest first. */
  #after(offset: number, count: number): P[] {
    const first = Math.max(offset + 1, this.#first);
    return this.#range(first, Math.min(first + count - 1, this.#offset));
  }

  /** The newest that are kept below an offset, newest first. */
  #before(offset: number, count: number): P[] {
    const last = Math.min(offset - 1, this.#offset);
    return this.#range(Math.max(last - count + 1, this.#first), last).reverse();
  }

  #range(first: number, last: number): P[] {
    const publications: P[] = [];
    for (let offset = first; offset <= last; offset++) {
      publications.push(this.#slots[offset % this.#slots.length]!);
    }
    return publications;
  }
}
