/** Frames of one connection that wait until its client has read enough, and the time that it is given. */

import type { Transport } from "../base/transport.ts";
import type { Outgoing } from "../protocol/types.ts";
import { costOf, Fifo, sizeOf } from "./frame_queues.ts";
import type { Traffic } from "./traffic.ts";

/** Time between two looks that counts at most: a process that stood still says nothing about its clients. */
const MAX_STEP_MS = 100;
/** Share of the soft bound that is enough to read in the grace time, where the hub itself made the backlog long. */
const LENIENT_SHARE = 1 / 64;

/** Bounds of what waits for one client. */
export interface BacklogLimits {
  /** Unsent bytes that a transport holds at most; a single longer frame is sent alone. */
  readonly maxBufferedBytes: number;
  /** Bytes that wait altogether at most. */
  readonly maxBacklogBytes: number;
  /** Time in which a client has to read as much as its transport holds, in milliseconds. */
  readonly slowGraceMs: number;
}

/** Counters of all backlogs of a hub. */
export interface BacklogCounters {
  /** Clients that were disconnected because they were slow. */
  slowConsumers: number;
  /** Publications that were dropped for slow clients, by the policy of their channel. */
  droppedPublications: number;
  /** Bytes that wait now; frames that several clients wait for count for each. */
  backlogBytes: number;
}

/**
 * Progress of a client. `drained`: nothing waits any more. `reading`: it has read
 * something since the last look. `stuck`: it has not. `slow`: its time is over.
 */
export type BacklogState = "drained" | "reading" | "stuck" | "slow";

/** A subscription whose publications may be dropped. */
export interface DroppableSource {
  /** True if it has to learn of a gap. */
  readonly positioned: boolean;
}

/** A publication that may be dropped while it waits. */
export interface Droppable {
  /** Its subscription. */
  readonly subscription: DroppableSource;
  /** A newer publication with the same key replaces it; `undefined` if none does. */
  readonly key: string | undefined;
}

/** Publications of one subscription that wait, oldest first, and the newest of each key. */
interface Droppables {
  readonly queue: Fifo<Waiting>;
  readonly newest: Map<string, Waiting>;
}

/** A publication that waits; without a frame it was sent or dropped. */
class Waiting {
  frame: Outgoing | undefined;
  readonly key: string | undefined;
  readonly among: Droppables;

  constructor(frame: Outgoing, key: string | undefined, among: Droppables) {
    this.frame = frame;
    this.key = key;
    this.among = among;
  }
}

function isAlive(entry: Outgoing | Waiting): boolean {
  return !(entry instanceof Waiting) || entry.frame !== undefined;
}

/**
 * Queue in front of a transport that is full. It holds references to frames, which
 * all their recipients share: the copies are made by the transport, and a copy that a
 * stuck client does not read cannot be taken back.
 */
export class Backlog {
  /** Transport that it stands in front of. */
  transport: Transport<Outgoing>;
  readonly #limits: BacklogLimits;
  readonly #counters: BacklogCounters;
  readonly #traffic: Traffic;
  readonly #frames = new Fifo<Outgoing | Waiting>();
  readonly #droppables = new Map<DroppableSource, Droppables>();
  /** Entries of the queue whose publication was dropped. */
  #dropped = 0;
  /** Frames that wait and must not be dropped. */
  #kept = 0;
  #bytes = 0;
  #droppableBytes = 0;
  /** Unsent bytes of the transport after the last look, and the time of it. */
  #unsent: number;
  #lookedAt: number;
  /** Time since the client had last read enough, and the bytes that it has read since. */
  #waitedMs = 0;
  #taken = 0;
  /** Bytes that have to be read in the grace time. */
  #required: number;
  /** True if the connection has ended: then publications that may be dropped are waited for no longer than others. */
  #isLast = false;

  /** Begins a backlog now. */
  constructor(
    transport: Transport<Outgoing>,
    limits: BacklogLimits,
    { counters, traffic, now }: {
      readonly counters: BacklogCounters;
      readonly traffic: Traffic;
      readonly now: number;
    },
  ) {
    this.transport = transport;
    this.#limits = limits;
    this.#counters = counters;
    this.#traffic = traffic;
    this.#unsent = transport.bufferedAmount;
    this.#lookedAt = now;
    this.#required = limits.maxBufferedBytes;
    // One frame was longer than the bound, such as all that a client has missed.
    if (this.#unsent > limits.maxBufferedBytes) this.#beLenient();
  }

  /** Bytes that wait; each frame counts a few more. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Number of entries, those included whose publication was dropped. */
  get length(): number {
    return this.#frames.length;
  }

  /** Adds a frame that must not be dropped; `false` if more waits than is allowed. */
  push(frame: Outgoing): boolean {
    this.#frames.push(frame);
    this.#kept++;
    this.#count(costOf(frame));
    const { maxBacklogBytes } = this.#limits;
    return this.#bytes + this.transport.bufferedAmount <= maxBacklogBytes;
  }

  /**
   * Adds a publication, and drops older ones: that of the same key, and the oldest
   * while more wait than the transport may hold. Returns true if the subscription must
   * not continue, because of a gap; nothing of it waits any more.
   */
  pushDroppable(
    frame: Outgoing,
    { subscription, key }: Droppable,
  ): boolean {
    this.#beLenient();
    const among = this.#droppables.get(subscription) ??
      { queue: new Fifo<Waiting>(), newest: new Map<string, Waiting>() };
    this.#droppables.set(subscription, among);
    const { queue, newest } = among;
    const waiting = new Waiting(frame, key, among);
    const older = key === undefined ? undefined : newest.get(key);
    let hasGap = older !== undefined && this.#drop(older);
    if (key !== undefined) newest.set(key, waiting);
    this.#frames.push(waiting);
    queue.push(waiting);
    this.#count(costOf(frame));
    this.#droppableBytes += costOf(frame);
    // The newest stays, whatever other channels have put here.
    while (
      queue.length > 1 && this.#droppableBytes > this.#limits.maxBufferedBytes
    ) {
      const oldest = queue.shift();
      if (oldest !== undefined && this.#drop(oldest)) hasGap = true;
    }
    const mustEnd = hasGap && subscription.positioned;
    if (mustEnd) {
      for (let next; (next = queue.shift()) !== undefined;) this.#drop(next);
      this.#droppables.delete(subscription);
    }
    this.#compact();
    return mustEnd;
  }

  /** Notes that nothing more is added: the transport is closed after what waits, or once the client is slow. */
  end(): void {
    this.#isLast = true;
  }

  /** Hands over what the transport has room for, and judges the client. */
  look(now: number): BacklogState {
    const taken = this.#unsent - this.transport.bufferedAmount;
    if (taken > 0) this.#taken += taken;
    this.#waitedMs += Math.min(now - this.#lookedAt, MAX_STEP_MS);
    this.#lookedAt = now;
    if (this.#handOver()) return "drained";
    this.#unsent = this.transport.bufferedAmount;
    const mayWait = this.#kept === 0 && !this.#isLast;
    if (mayWait || this.#taken >= this.#required) {
      this.#waitedMs = 0;
      this.#taken = 0;
    } else if (this.#waitedMs >= this.#limits.slowGraceMs) return "slow";
    return taken > 0 ? "reading" : "stuck";
  }

  /** Drops everything. */
  clear(): void {
    this.#count(-this.#bytes);
    this.#droppableBytes = 0;
    this.#dropped = 0;
    this.#kept = 0;
    this.#frames.clear();
    this.#droppables.clear();
  }

  /** Sends frames as long as there is room; `true` if none is left. */
  #handOver(): boolean {
    const { transport } = this;
    const { maxBufferedBytes } = this.#limits;
    for (let next; (next = this.#frames.peek()) !== undefined;) {
      const frame = next instanceof Waiting ? next.frame : next;
      if (frame !== undefined) {
        const unsent = transport.bufferedAmount;
        const isFull = unsent > 0 && unsent + sizeOf(frame) > maxBufferedBytes;
        if (isFull) return false;
        if (next instanceof Waiting) this.#forget(next, frame);
        else {
          this.#kept--;
          this.#count(-costOf(frame));
        }
        this.#traffic.sent(frame);
        transport.send(frame);
      } else this.#dropped--;
      this.#frames.shift();
    }
    return true;
  }

  /** Drops a publication that may have been dropped or sent before; `false` if it was. */
  #drop(waiting: Waiting): boolean {
    const { frame } = waiting;
    if (frame === undefined) return false;
    this.#forget(waiting, frame);
    this.#dropped++;
    this.#counters.droppedPublications++;
    return true;
  }

  /** Removes the entries of what was dropped, once they are the most. */
  #compact(): void {
    if (this.#dropped * 2 <= this.#frames.length) return;
    this.#dropped = 0;
    this.#frames.retain(isAlive);
    for (const { queue } of this.#droppables.values()) queue.retain(isAlive);
  }

  #forget(waiting: Waiting, frame: Outgoing): void {
    const { key, among } = waiting;
    waiting.frame = undefined;
    if (key !== undefined && among.newest.get(key) === waiting) {
      among.newest.delete(key);
    }
    // Those that were sent are the oldest.
    if (among.queue.peek() === waiting) among.queue.shift();
    this.#droppableBytes -= costOf(frame);
    this.#count(-costOf(frame));
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.#counters.backlogBytes += bytes;
  }

  #beLenient(): void {
    this.#required = this.#limits.maxBufferedBytes * LENIENT_SHARE;
  }
}
