/** Stream of one channel: the positions of its publications, and the history for recovery. */

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

/** Bounds of the history, and the time. */
export interface AppendOptions extends HistoryPolicy {
  /** The time in milliseconds, on a scale that never goes back. */
  readonly nowMs: number;
}

/** Extent of a recovery, and the time. */
export interface RecoverOptions {
  /** Every missed publication, or only the newest. */
  readonly mode: RecoveryMode;
  /**
   * Number of missed publications above which a client does not recover.
   * @default {300}
   */
  readonly cap?: number;
  /** The time in milliseconds, on the scale of `append`. */
  readonly nowMs: number;
}

/** Size of a history: what a stream holds, reported to its owner. */
export interface StreamSize<P> {
  /** Bytes of a publication. */
  of(publication: P): number;
  /** Called with each change of the sum. */
  add(bytes: number): void;
}

/** Gives publications their offsets and keeps the newest. The position outlives the history, until the owner drops the stream. */
export class Stream<P extends { readonly offset: number }> {
  /** Id of the stream; a stream that begins again has another. */
  readonly epoch: string;
  #offset = 0;
  /** Offset of the oldest stored publication; one above the top if the history is empty. */
  #first = 1;
  /** Ring of the stored publications; the index is the offset modulo the length. */
  #slots: (P | undefined)[] = [];
  #expiresAtMs = -Infinity;
  #usedAtMs: number;
  readonly #size: StreamSize<P> | undefined;
  /** Bytes of the stored publications, where they are counted. */
  #bytes = 0;

  /** Starts a stream without publications; `nowMs` is on the scale of `append`. */
  constructor(
    { epoch, nowMs, size }: {
      readonly epoch: string;
      readonly nowMs: number;
      readonly size?: StreamSize<P>;
    },
  ) {
    this.epoch = epoch;
    this.#usedAtMs = nowMs;
    this.#size = size;
  }

  /** Bytes of the history, where they are counted. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Time of the last append or read. */
  get usedAtMs(): number {
    return this.#usedAtMs;
  }

  /** Drops the oldest publications until `bytes` fewer are stored, or none is left. */
  shed(bytes: number): void {
    const most = this.#bytes - bytes;
    while (this.#count > 0 && this.#bytes > most) this.#dropOldest();
    if (this.#count === 0) this.clear();
  }

  /** The top: the epoch, and the offset of the newest publication. */
  get position(): StreamPosition {
    return { offset: this.#offset, epoch: this.epoch };
  }

  /** Appends the publication that `make` returns for the next position. */
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
    if (this.#size !== undefined) this.#addBytes(this.#size.of(publication));
    return publication;
  }

  /** Takes the next offset for a publication that is not stored, and clears the history. */
  advance(): number {
    if (this.#count > 0) this.clear();
    this.#first = ++this.#offset + 1;
    return this.#offset;
  }

  /**
   * Reads a part of the history. Only a `since` of another epoch is unrecoverable;
   * otherwise the result has the stored publications among those that were asked for,
   * and their offsets show the missing ones.
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

  /** Finds the publications that are missing to a client with everything up to `since`. */
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

  /** Clears the history; the position stays. */
  clear(): void {
    if (this.#bytes > 0) this.#addBytes(-this.#bytes);
    this.#slots = [];
    this.#first = this.#offset + 1;
    this.#expiresAtMs = -Infinity;
  }

  /** Clears a history that has expired, so that an unused stream does not hold it. */
  expire(nowMs: number): void {
    if (nowMs >= this.#expiresAtMs) this.clear();
  }

  /**
   * Time in milliseconds from which the owner may drop the stream: its history has
   * expired, and it was neither appended to nor read for `metaTtlMs`.
   */
  expiresAt(metaTtlMs: number): number {
    return Math.max(this.#usedAtMs + metaTtlMs, this.#expiresAtMs);
  }

  /** Prolongs the lifetime of the position. */
  use(nowMs: number): void {
    this.#usedAtMs = nowMs;
    // Also before an append: its new expiry would bring back an expired history.
    this.expire(nowMs);
  }

  get #count(): number {
    return this.#offset - this.#first + 1;
  }

  #dropOldest(): void {
    const index = this.#first % this.#slots.length;
    const oldest = this.#slots[index];
    if (this.#size !== undefined && oldest !== undefined) {
      this.#addBytes(-this.#size.of(oldest));
    }
    // Frees the publication at once: the ring may be longer than the size now is.
    this.#slots[index] = undefined;
    this.#first++;
  }

  #addBytes(bytes: number): void {
    this.#bytes += bytes;
    this.#size?.add(bytes);
  }

  #grow(size: number): void {
    const length = Math.min(size, Math.max(8, this.#slots.length * 2));
    const slots = new Array<P | undefined>(length).fill(undefined);
    for (let offset = this.#first; offset <= this.#offset; offset++) {
      slots[offset % length] = this.#slots[offset % this.#slots.length];
    }
    this.#slots = slots;
  }

  /** Checks whether an epoch is this one; an empty epoch fits. */
  #isOf(epoch: string): boolean {
    return epoch === "" || epoch === this.epoch;
  }

  /** Oldest stored publications above an offset, oldest first. */
  #after(offset: number, count: number): P[] {
    const first = Math.max(offset + 1, this.#first);
    return this.#range(first, Math.min(first + count - 1, this.#offset));
  }

  /** Newest stored publications below an offset, newest first. */
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
