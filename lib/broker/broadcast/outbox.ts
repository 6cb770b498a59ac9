/** What one side has to tell the other: messages that wait, and batches that may have to be posted again. */

import { encode } from "./codec.ts";
import type { Message } from "./messages.ts";
import { pack } from "./packing.ts";
import { SLOT_BYTES, SLOTS } from "./shared_memory.ts";
import { sizeOf } from "./sizes.ts";

/** Messages that are posted together, or a piece of what is too long for that. */
export interface Batch {
  /** 1 for the first, then one more each. */
  readonly number: number;
  /** The packed messages, or a piece of them. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Whether the content goes on in the next batch; then the following are empty. */
  readonly more: boolean;
  /** See {@linkcode Packed}. */
  readonly lengths: readonly number[];
  /** See {@linkcode Encoded}. */
  readonly others: readonly Message[];
}

/** What an outbox goes by. */
export interface OutboxOptions {
  /**
   * Bytes that may wait; above that, deliveries are dropped, of which the other side
   * is told, and what nobody wants any more.
   */
  readonly maxWaitingBytes: number;
  /** Whether a message that waits is still wanted; by default all are. */
  readonly isWanted?: (message: Message) => boolean;
  /** Called when a message is about to be posted. */
  readonly onPost?: (message: Message) => void;
}

/** From about this size on a batch is full, so that nobody is busy with one for long. */
const MAX_BATCH_BYTES = 65_536;

/** The state of one direction of a link; it posts nothing by itself. */
export class Outbox {
  /** In order, the oldest first; all were posted, and none is acknowledged. */
  readonly #posted: Batch[] = [];
  /** Made, and not posted yet: the rest of something long. */
  #made: Batch[] = [];
  readonly #options: OutboxOptions;
  #waiting: Message[] = [];
  #waitingBytes = 0;
  /** Above so many bytes something is dropped. */
  #bound: number;
  #number = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#bound = options.maxWaitingBytes;
  }

  /** Whether nothing waits, neither to be posted nor to be acknowledged. */
  get idle(): boolean {
    return this.#waiting.length + this.#made.length + this.#posted.length === 0;
  }

  /** Batches that were posted and are not acknowledged, the oldest first. */
  get unacknowledged(): readonly Batch[] {
    return this.#posted;
  }

  /** Takes a message; returns how many deliveries had to be dropped for it. */
  add(message: Message): number {
    this.#waiting.push(message);
    this.#waitingBytes += sizeOf(message);
    return this.#waitingBytes > this.#bound ? this.#drop() : 0;
  }

  /** The next batch to post; none while nothing waits, or too much is on the way. */
  next(): Batch | undefined {
    if (this.#posted.length >= SLOTS) return undefined;
    while (this.#made.length === 0 && this.#waiting.length > 0) {
      const messages = this.#take().filter((message) =>
        this.#isWanted(message)
      );
      for (const message of messages) this.#options.onPost?.(message);
      if (messages.length > 0) this.#made = this.#make(messages);
    }
    const batch = this.#made.shift();
    if (batch !== undefined) this.#posted.push(batch);
    return batch;
  }

  /** The other side has all batches up to `number`; returns whether that is news. */
  acknowledge(number: number): boolean {
    const before = this.#posted.length;
    while ((this.#posted[0]?.number ?? Infinity) <= number) {
      this.#posted.shift();
    }
    return this.#posted.length < before;
  }

  #take(): readonly Message[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#waiting.length && bytes < MAX_BATCH_BYTES) {
      bytes += sizeOf(this.#waiting[count++]!);
    }
    this.#waitingBytes -= bytes;
    const taken = this.#waiting;
    this.#waiting = taken.splice(count);
    if (this.#waiting.length === 0) this.#bound = this.#options.maxWaitingBytes;
    return taken;
  }

  #make(messages: readonly Message[]): Batch[] {
    const { others, ...parts } = encode(messages);
    const { content, lengths } = pack(parts);
    const batches: Batch[] = [];
    let at = 0;
    do {
      const piece = content.subarray(at, at + SLOT_BYTES);
      at += SLOT_BYTES;
      const end = at < content.length
        ? { more: true, lengths: [], others: [] }
        : { more: false, lengths, others };
      batches.push({ number: ++this.#number, content: piece, ...end });
    } while (at < content.length);
    return batches;
  }

  #isWanted(message: Message): boolean {
    return this.#options.isWanted?.(message) ?? true;
  }

  /** Makes room; returns how many deliveries that took. */
  #drop(): number {
    const { maxWaitingBytes } = this.#options;
    this.#keep(this.#waiting.filter((message) => this.#isWanted(message)));
    const dropped = this.#waitingBytes > maxWaitingBytes
      ? this.#dropDeliveries()
      : 0;
    // Where most has to stay, not every message that is added is to go through all.
    this.#bound = Math.max(maxWaitingBytes, 2 * this.#waitingBytes);
    return dropped;
  }

  /** What the node has missed is told in its place, once for all that was dropped. */
  #dropDeliveries(): number {
    const kept = this.#waiting.filter(({ type }) =>
      type !== "delivery" && type !== "lost"
    );
    const dropped = this.#waiting.length - kept.length;
    if (dropped > 0) this.#keep([...kept, { type: "lost" }]);
    return dropped;
  }

  #keep(messages: Message[]): void {
    this.#waiting = messages;
    this.#waitingBytes = messages.reduce(
      (bytes, message) => bytes + sizeOf(message),
      0,
    );
  }
}
