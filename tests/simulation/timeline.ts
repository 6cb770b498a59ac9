/** Virtual time: one heap of events, ordered by their time and then by a seeded tie-break. */

import type { Clock } from "../../lib/base/clock.ts";
import type { SeededRandom } from "./seeded_random.ts";

/** Turns of promises between two events; a longer chain goes on after the next event. */
const PROMISE_TURNS = 50;
/** Longer than any world exists, in milliseconds. */
const FAR_MS = 1e12;
/** Time between two turns of one event loop, in milliseconds. */
const TURN_MS = 0.001;

interface Event {
  at: number;
  tie: number;
  readonly sequence: number;
  readonly process: Process | undefined;
  /** `undefined` once it is cancelled. */
  callback: (() => void) | undefined;
}

/** Time of a world in which nothing happens by itself. */
export class Timeline {
  /** Milliseconds since the world began. */
  now = 0;
  /** Number of events so far. */
  steps = 0;
  readonly #heap: Event[] = [];
  readonly #random: SeededRandom;
  #sequence = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Calls back at a time, in a process if there is one; the returned function cancels. */
  at(at: number, callback: () => void, process?: Process): () => void {
    const event: Event = {
      at: Math.max(at, this.now),
      tie: this.#random.number(),
      sequence: this.#sequence++,
      process,
      callback,
    };
    this.#push(event);
    return () => void (event.callback = undefined);
  }

  /** Calls back after a while. */
  after(ms: number, callback: () => void): () => void {
    return this.at(this.now + ms, callback);
  }

  /** Runs events up to a time; after each one, when all promises had their turns, `afterStep` is called. */
  async run(until: number, afterStep: () => Promise<void>): Promise<void> {
    await settle();
    for (let event; (event = this.#takeBefore(until)) !== undefined;) {
      this.now = event.at;
      const { callback, process } = event;
      if (callback === undefined || process?.isDead) continue;
      if (process !== undefined && process.stalledUntil > this.now) {
        // In the order in which they were due, and before all others of that time.
        if (event.tie >= 0) event.tie = event.at - FAR_MS;
        event.at = process.stalledUntil;
        this.#push(event);
        continue;
      }
      this.steps++;
      callback();
      await settle();
      await afterStep();
    }
    this.now = until;
  }

  #takeBefore(until: number): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.at > until) return undefined;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = event;
  }
}

/** Lets promises have their turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < PROMISE_TURNS; turn++) await undefined;
}

function isBefore(a: Event, b: Event): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.tie !== b.tie ? a.tie < b.tie : a.sequence < b.sequence;
}

/** One isolate's event loop, which may stall or end; its clock is what the hub is given. */
export class Process implements Clock {
  /** True once it has ended: nothing of it runs any more. */
  isDead = false;
  /** What `wallTime` is ahead of the world's time. */
  wallOffset = Date.UTC(2026, 0, 1);
  /** Timers that wait. */
  pending = 0;
  readonly #timeline: Timeline;
  #lastTurn = 0;
  #stalledUntil = 0;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Time until which nothing of it runs. */
  get stalledUntil(): number {
    return this.#stalledUntil;
  }

  get isStalled(): boolean {
    return this.#stalledUntil > this.now;
  }

  /** Lets nothing of it run until then. */
  stall(until: number): void {
    this.#stalledUntil = Math.max(until, this.#stalledUntil);
  }

  get now(): number {
    return this.#timeline.now;
  }

  get wallTime(): number {
    return this.now + this.wallOffset;
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.#add(this.now + delayMs, callback);
  }

  every(periodMs: number, callback: () => void): () => void {
    let due = this.now + periodMs;
    const run = () => {
      due = Math.max(due, this.now) + periodMs;
      cancel = this.#add(due, run);
      callback();
    };
    let cancel = this.#add(due, run);
    return () => cancel();
  }

  soon(callback: () => void): () => void {
    // Those of one loop keep their order.
    this.#lastTurn = Math.max(this.now, this.#lastTurn) + TURN_MS;
    return this.#add(this.#lastTurn, callback);
  }

  #add(at: number, callback: () => void): () => void {
    let isPending = true;
    const end = () => {
      if (isPending) this.pending--;
      isPending = false;
    };
    this.pending++;
    const cancel = this.#timeline.at(at, () => {
      end();
      callback();
    }, this);
    return () => {
      end();
      cancel();
    };
  }
}
