/** A way for messages between two isolates that arrive in their order, each once, whatever posts are lost. */

import type { Clock } from "../../base/clock.ts";
import { Inbox } from "./inbox.ts";
import type { Message } from "./messages.ts";
import { type Batch, Outbox, type OutboxOptions } from "./outbox.ts";

/** What is posted: how far the sender has heard, and perhaps a batch. */
export interface Post {
  /** The number of the last batch that arrived, with all before it. */
  readonly ack: number;
  /** Whether a batch after `ack` is missing, and all from there on is to be posted again. */
  readonly again: boolean;
  readonly batch: Batch | undefined;
}

/** What a link works with. */
export interface LinkOptions extends OutboxOptions {
  readonly clock: Clock;
  /** Posts to the other side; may fail silently. */
  readonly post: (post: Post) => void;
  /** Called with each message of the other side. */
  readonly onMessage: (message: Message) => void;
  /** Called when the other side has acknowledged all that was sent. */
  readonly onIdle?: () => void;
  /** Called with what handling a message has thrown. */
  readonly onError: (error: unknown) => void;
  /** Called with the number of deliveries that the other side will not get. */
  readonly onDrop: (count: number) => void;
}

/** How often is looked whether what was posted gets acknowledged. */
const RETRY_TICK_MS = 100;
/**
 * So many looks without progress make it post again; twice as many each time.
 * Two at least: an isolate that was busy looks before it has read what waits.
 */
const MIN_PATIENCE = 2;
const MAX_PATIENCE = 20;
/** An acknowledgement waits so long for a batch to go with. */
const ACK_DELAY_MS = 20;

/** One end of a link. All it has to say in one turn of the event loop goes into few posts. */
export class Link {
  readonly #options: LinkOptions;
  readonly #outbox: Outbox;
  readonly #inbox = new Inbox();
  #patience = MIN_PATIENCE;
  /** Looks since the last acknowledgement. */
  #looks = 0;
  #stopFlush: (() => void) | undefined;
  #stopRetry: (() => void) | undefined;
  #stopAck: (() => void) | undefined;
  #closed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options);
  }

  /** Whether the other side has acknowledged all that was sent. */
  get idle(): boolean {
    return this.#outbox.idle;
  }

  /** Sends a message at the end of this turn. */
  send(message: Message): void {
    const dropped = this.#outbox.add(message);
    if (dropped > 0) this.#options.onDrop(dropped);
    this.#flushSoon();
  }

  /** Takes what the other side has posted. */
  receive({ ack, again, batch }: Post): void {
    if (this.#closed) return;
    if (this.#outbox.acknowledge(ack)) {
      this.#looks = 0;
      this.#patience = MIN_PATIENCE;
      if (this.idle) this.#options.onIdle?.();
      else this.#flushSoon();
    }
    if (again) this.#postAgain();
    if (batch !== undefined) this.#receiveBatch(batch);
  }

  /** Posts now all that may be posted. */
  flush(): void {
    this.#stopFlush?.();
    this.#stopFlush = undefined;
    for (let batch; (batch = this.#outbox.next()) !== undefined;) {
      this.#post(batch);
    }
    if (this.#inbox.isDue) this.#post(undefined);
  }

  /** Acknowledges now all that was received, and posts nothing else. */
  acknowledge(): void {
    this.#post(undefined);
  }

  /** Ends the link; nothing of it keeps the process alive. */
  close(): void {
    this.#closed = true;
    this.#stopFlush?.();
    this.#stopRetry?.();
    this.#stopAck?.();
  }

  #receiveBatch(batch: Batch): void {
    const arrival = this.#inbox.accept(batch);
    if (arrival === "gap") return this.#askAgain();
    if (this.#inbox.isDue) this.#flushSoon();
    else this.#acknowledgeLater();
    if (arrival === "known") return;
    for (const message of this.#inbox.read(batch)) {
      // Whoever handles a message may end the link.
      if (this.#closed) return;
      this.#handle(message);
    }
  }

  #handle(message: Message): void {
    try {
      this.#options.onMessage(message);
    } catch (error) {
      // The others in the batch are not to suffer from it.
      this.#options.onError(error);
    }
  }

  /** Should the question be lost, the other side's patience ends. */
  #askAgain(): void {
    if (!this.#inbox.shouldAsk()) return;
    const ack = this.#inbox.received;
    this.#options.post({ ack, again: true, batch: undefined });
  }

  #postAgain(): void {
    for (const batch of this.#outbox.unacknowledged) this.#post(batch);
  }

  #post(batch: Batch | undefined): void {
    this.#inbox.acknowledged();
    this.#options.post({ ack: this.#inbox.received, again: false, batch });
    if (batch !== undefined) this.#retryLater();
  }

  #flushSoon(): void {
    if (this.#closed) return;
    this.#stopFlush ??= this.#options.clock.soon(() => this.flush());
  }

  #acknowledgeLater(): void {
    this.#stopAck ??= this.#options.clock.after(ACK_DELAY_MS, () => {
      this.#stopAck = undefined;
      if (!this.#inbox.isOwing) return;
      this.#inbox.becomeDue();
      this.flush();
    });
  }

  /** One timer at a time: that is cheaper than one a batch. */
  #retryLater(): void {
    this.#stopRetry ??= this.#options.clock.after(RETRY_TICK_MS, () => {
      this.#stopRetry = undefined;
      if (this.#outbox.unacknowledged.length === 0) return;
      if (++this.#looks >= this.#patience) {
        this.#looks = 0;
        this.#patience = Math.min(2 * this.#patience, MAX_PATIENCE);
        this.#postAgain();
      }
      this.#retryLater();
    });
  }
}
