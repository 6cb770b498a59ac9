/** Messages that wait to be posted to one isolate, within a bound of bytes. */

/** Message that one link carries, or several. */
export interface Outgoing {
  /** JSON text of the message, the same for all its receivers. */
  readonly text: string;
  /** True for a delivery, which is dropped where too much waits. */
  readonly isDelivery?: boolean;
  /** True if no call waits for it any more, so that it need not be posted. */
  isCanceled?: boolean;
}

/** Memory that a message takes beside its text, in bytes. */
const OVERHEAD_BYTES = 160;
/** A batch is full from this length on, so that its receiver is not busy with it for long. */
const MAX_BATCH_LENGTH = 65_536;

/** About the memory that a message takes, in bytes; a character counts as one. */
export function sizeOf({ text }: Outgoing): number {
  return OVERHEAD_BYTES + text.length;
}

/** First in, first out. Above its bound it drops all deliveries, and notes the gap in their place. */
export class SendQueue {
  readonly #maxBytes: number;
  readonly #gap: Outgoing;
  #messages: Outgoing[] = [];
  /** Index of the oldest message. */
  #head = 0;
  #bytes = 0;
  /** Bytes above which something is dropped. */
  #bound: number;

  /** Takes the bound in bytes, and the message that stands for dropped deliveries. */
  constructor(maxBytes: number, gap: Outgoing) {
    this.#maxBytes = maxBytes;
    this.#bound = maxBytes;
    this.#gap = gap;
  }

  /** True if no message waits. */
  get isEmpty(): boolean {
    return this.#head === this.#messages.length;
  }

  /** Adds a message; returns how many deliveries were dropped for it. */
  add(message: Outgoing): number {
    this.#messages.push(message);
    this.#bytes += sizeOf(message);
    return this.#bytes > this.#bound ? this.#drop() : 0;
  }

  /** Removes the oldest messages that fill a batch; returns them as one JSON array, or `""` for none. */
  take(): string {
    const texts: string[] = [];
    let length = 0;
    while (!this.isEmpty && length < MAX_BATCH_LENGTH) {
      const message = this.#messages[this.#head++]!;
      this.#bytes -= sizeOf(message);
      if (message.isCanceled) continue;
      texts.push(message.text);
      length += message.text.length;
    }
    if (this.isEmpty) this.#clear();
    return texts.length === 0 ? "" : `[${texts.join(",")}]`;
  }

  #clear(): void {
    this.#messages = [];
    this.#head = 0;
    this.#bound = this.#maxBytes;
  }

  #drop(): number {
    this.#keep(({ isCanceled = false }) => !isCanceled);
    const dropped = this.#bytes > this.#maxBytes ? this.#dropDeliveries() : 0;
    // Where most messages have to stay, not every one that is added goes through all.
    this.#bound = Math.max(this.#maxBytes, 2 * this.#bytes);
    return dropped;
  }

  #dropDeliveries(): number {
    const before = this.#messages.length;
    this.#keep((message) => !message.isDelivery && message !== this.#gap);
    const dropped = before - this.#messages.length;
    if (dropped === 0) return 0;
    this.#messages.push(this.#gap);
    this.#bytes += sizeOf(this.#gap);
    return dropped;
  }

  #keep(isKept: (message: Outgoing) => boolean): void {
    this.#messages = this.#messages.slice(this.#head).filter(isKept);
    this.#head = 0;
    this.#bytes = this.#messages.reduce((sum, each) => sum + sizeOf(each), 0);
  }
}
