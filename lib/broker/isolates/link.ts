/** Reliable link between two isolates: a sliding window of numbered batches over posts that may be lost. */

import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import type { RelayCounters } from "../types.ts";
import type { NetChannel, OpenChannel } from "./platform.ts";
import { type Outgoing, SendQueue } from "./send_queue.ts";
import { decode, SLOTS, Slots } from "./slots.ts";

/** Post of one side: a cumulative acknowledgement, and perhaps a batch. */
export type Post = readonly [
  /** Number of the last batch that arrived with all before it. */
  ack: number,
  /** Sum of {@linkcode AGAIN}, {@linkcode MAPPED} and {@linkcode MORE}. */
  flags: number,
  /** Number of the batch, from 1. */
  number?: number,
  /** Length of the batch in the shared slots, or its bytes. */
  content?: number | Uint8Array<ArrayBuffer>,
  /** Memory of the sender's slots. */
  memory?: SharedArrayBuffer,
];

/** The batch after `ack` is missing: it and all that follow are to be posted again (go-back-N). */
const AGAIN = 1;
/** The sender of the post has the other side's memory. */
const MAPPED = 2;
/** The text goes on in the next batch. */
const MORE = 4;

/** Posts that offer the memory; a platform that cannot share it loses them. */
const OFFERS = 2;
/** Milliseconds between two looks at what was not acknowledged. */
const RETRY_TICK_MS = 100;
/**
 * Looks without progress until batches are posted again; doubled each time.
 * Two at least: an isolate that was busy looks before it has read what waits.
 */
const MIN_PATIENCE = 2;
const MAX_PATIENCE = 20;
/** Batches that are acknowledged together. */
const ACK_EVERY = 4;
/** Milliseconds that an acknowledgement waits for a batch to go with. */
const ACK_DELAY_MS = 20;
/** Milliseconds that the last message may take to arrive. */
const FINISH_MS = 500;

/** Both ends of a link. */
export interface LinkEnds {
  readonly openChannel: OpenChannel;
  /** Beginning of the channels' names. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** Name of the node at the other end. */
  readonly other: string;
}

/** Options of {@linkcode Link}. */
export interface LinkOptions<M> extends LinkEnds {
  readonly clock: Clock;
  /** Bytes that may wait to be posted; above that deliveries are dropped. */
  readonly maxWaitingBytes: number;
  /** Counts gaps, repairs and drops. */
  readonly counters: RelayCounters;
  /** Message that the other side receives in place of dropped deliveries. */
  readonly gap: Outgoing;
  /** Receives each message of the other side, parsed. */
  readonly onMessage: (message: M) => void;
  /** Receives what handling a message has thrown. */
  readonly onError: (error: unknown) => void;
  /** Called with the number of deliveries that were dropped. */
  readonly onDrop: (count: number) => void;
}

interface Batch {
  readonly number: number;
  readonly length: number;
  readonly more: boolean;
}

/**
 * One end of a link. Messages arrive in their order, each once; all of one turn of
 * the event loop go into one post, or as few as they fit in.
 */
export class Link<M> {
  readonly #options: LinkOptions<M>;
  readonly #there: NetChannel;
  readonly #back: NetChannel;
  readonly #queue: SendQueue;
  readonly #ours = new Slots();
  #theirs: Slots | undefined;
  /** True once the other side has our memory. */
  #isMapped = false;
  #offers = 0;
  /** Batches that were posted and are not acknowledged, the oldest first. */
  #window: Batch[] = [];
  #sent = 0;
  /** Rest of a text that is longer than a slot. */
  #rest = "";
  /** Number of the last batch that arrived in order. */
  #received = 0;
  /** The beginning of a text that goes on in the next batch. */
  #partial = "";
  /** Batches since the last acknowledgement of ours. */
  #owed = 0;
  #isAckDue = false;
  /** Number after which a missing batch was last asked for. */
  #askedAfter = -1;
  #patience = MIN_PATIENCE;
  /** Looks since the last acknowledgement of theirs. */
  #looks = 0;
  #stopFlush: (() => void) | undefined;
  #stopRetry: (() => void) | undefined;
  #stopAck: (() => void) | undefined;
  #onIdle: (() => void) | undefined;
  #closed = false;

  /** Creates an end without a past. The other end has to be as new: two nodes have one link, once. */
  constructor(options: LinkOptions<M>) {
    this.#options = options;
    this.#queue = new SendQueue(options.maxWaitingBytes, options.gap);
    const { openChannel, cluster, node, other } = options;
    // An isolate unpacks every post to a name that it has opened, and none of its
    // own: so each of these names has one isolate that unpacks it.
    this.#there = openChannel(`${cluster}:${node}>${other}`, () => {});
    this.#back = openChannel(`${cluster}:${other}>${node}`, this.#receive);
  }

  /** True if the other side has acknowledged all messages. */
  get isIdle(): boolean {
    return this.#window.length === 0 && this.#rest === "" &&
      this.#queue.isEmpty;
  }

  /** Sends a message at the end of this turn of the event loop. */
  send(message: Outgoing): void {
    const dropped = this.#queue.add(message);
    if (dropped > 0) {
      this.#options.counters.drops += dropped;
      this.#options.onDrop(dropped);
    }
    if (!this.#closed) this.#stopFlush ??= this.#options.clock.soon(this.flush);
  }

  /** Posts now what the window has room for. */
  readonly flush = (): void => {
    this.#stopFlush?.();
    this.#stopFlush = undefined;
    while (this.#window.length < SLOTS) {
      const batch = this.#nextBatch();
      if (batch === undefined) break;
      this.#window.push(batch);
      this.#post(batch);
    }
    if (this.#isAckDue) this.acknowledge();
  };

  /** Acknowledges now all that arrived. */
  acknowledge(): void {
    this.#postAck(0);
  }

  /** Sends the last message; resolves when all has arrived, the link is closed or it takes too long. */
  finish(message: Outgoing): Promise<void> {
    const { promise, resolve } = deferred<void>();
    const stop = this.#options.clock.after(FINISH_MS, resolve);
    this.#onIdle = () => {
      stop();
      resolve();
    };
    this.send(message);
    this.flush();
    return promise;
  }

  /** Ends the link; nothing of it keeps the process alive. */
  close(): void {
    this.#closed = true;
    this.#stopFlush?.();
    this.#stopRetry?.();
    this.#stopAck?.();
    this.#onIdle?.();
    this.#there.close();
    this.#back.close();
  }

  readonly #receive = (post: unknown): void => {
    if (this.#closed || !isPost(post)) return;
    const [ack, flags, number, content, memory] = post;
    this.#isMapped ||= (flags & MAPPED) !== 0;
    if (memory !== undefined) this.#theirs ??= new Slots(memory);
    this.#onAck(ack);
    if ((flags & AGAIN) !== 0) this.#postAgain();
    if (number === undefined || content === undefined) return;
    if (!this.#accept(number)) return;
    this.#partial += typeof content === "number"
      ? this.#theirs!.read(number, content)
      : decode(content);
    if ((flags & MORE) !== 0) return;
    const messages: M[] = JSON.parse(this.#partial);
    this.#partial = "";
    for (const message of messages) {
      // The handler of a message may close the link.
      if (this.#closed) return;
      try {
        this.#options.onMessage(message);
      } catch (error) {
        // The other messages of the batch do not suffer from it.
        this.#options.onError(error);
      }
    }
  };

  #nextBatch(): Batch | undefined {
    const text = this.#rest === "" ? this.#queue.take() : this.#rest;
    if (text === "") return undefined;
    const number = ++this.#sent;
    const { read, written } = this.#ours.write(number, text);
    this.#rest = text.slice(read);
    return { number, length: written, more: this.#rest !== "" };
  }

  #onAck(ack: number): void {
    const before = this.#window.length;
    this.#window = this.#window.filter(({ number }) => number > ack);
    if (this.#window.length === before) return;
    this.#looks = 0;
    this.#patience = MIN_PATIENCE;
    if (this.isIdle) this.#onIdle?.();
    else this.#flushSoon();
  }

  /** Takes note of a batch; returns whether it is the next one. */
  #accept(number: number): boolean {
    if (number > this.#received + 1) {
      this.#askAgain();
      return false;
    }
    if (number <= this.#received) {
      // Its acknowledgement was lost.
      this.#isAckDue = true;
      this.#flushSoon();
      return false;
    }
    this.#received = number;
    this.#isAckDue ||= ++this.#owed >= ACK_EVERY;
    if (this.#isAckDue) this.#flushSoon();
    else this.#stopAck ??= this.#startAckTimer();
    return true;
  }

  /** Asks once for each gap; where that post is lost, the other side's patience ends. */
  #askAgain(): void {
    if (this.#askedAfter === this.#received) return;
    this.#options.counters.gaps++;
    this.#askedAfter = this.#received;
    this.#postAck(AGAIN);
  }

  #postAgain(): void {
    this.#options.counters.repairs += this.#window.length;
    for (const batch of this.#window) this.#post(batch);
  }

  #postAck(flag: number): void {
    this.#onAckPosted();
    this.#there.postMessage([this.#received, flag | this.#mappedFlag]);
  }

  #post({ number, length, more }: Batch): void {
    this.#onAckPosted();
    this.#stopRetry ??= this.#startRetryTimer();
    const flags = this.#mappedFlag | (more ? MORE : 0);
    if (this.#isMapped) {
      const post: Post = [this.#received, flags, number, length];
      return this.#there.postMessage(post);
    }
    const content = this.#ours.copy(number, length);
    const post: Post = [this.#received, flags, number, content];
    if (!this.#offer(post)) this.#there.postMessage(post);
  }

  /** Posts with our memory, while the other side may not have it; returns whether it was posted. */
  #offer(post: Post): boolean {
    const memory = this.#ours.shared;
    if (memory === undefined || this.#offers >= OFFERS) return false;
    this.#offers++;
    try {
      const [ack, flags, number, content] = post;
      this.#there.postMessage([ack, flags, number, content, memory]);
      return true;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      // A platform that cannot share memory: all bytes go through the channel.
      this.#offers = OFFERS;
      return false;
    }
  }

  get #mappedFlag(): number {
    return this.#theirs === undefined ? 0 : MAPPED;
  }

  #onAckPosted(): void {
    this.#owed = 0;
    this.#isAckDue = false;
  }

  #flushSoon(): void {
    if (this.#closed) return;
    this.#stopFlush ??= this.#options.clock.soon(this.flush);
  }

  #startAckTimer(): () => void {
    return this.#options.clock.after(ACK_DELAY_MS, () => {
      this.#stopAck = undefined;
      if (this.#owed === 0) return;
      this.#isAckDue = true;
      this.flush();
    });
  }

  /** One timer at a time: that is cheaper than one for each batch. */
  #startRetryTimer(): () => void {
    return this.#options.clock.after(RETRY_TICK_MS, () => {
      this.#stopRetry = undefined;
      if (this.#window.length === 0) return;
      if (++this.#looks >= this.#patience) {
        this.#looks = 0;
        this.#patience = Math.min(2 * this.#patience, MAX_PATIENCE);
        this.#postAgain();
      }
      this.#stopRetry ??= this.#startRetryTimer();
    });
  }
}

function isPost(value: unknown): value is Post {
  return Array.isArray(value) && typeof value[0] === "number" &&
    typeof value[1] === "number";
}
