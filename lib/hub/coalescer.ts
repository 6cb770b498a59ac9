/** Order and delay of what a hub sends: what falls together is joined, and a long fan-out leaves others their turns. */

import type { Clock } from "../base/clock.ts";
import type { HubLimits } from "../limits/hub_limits.ts";

/** Publications that come so soon after a fan-out, in milliseconds, may be answers to it. */
const CONTINUOUS_MS = 1;
/** Turns for which more is expected at most: a clock that stands still ends the wait too. */
const EXPECTANT_TURNS = 400;

/** Bounds of a coalescer. */
export type CoalescerLimits = Pick<
  HubLimits,
  "maxJoinMs" | "joinPatienceMs" | "recipientsPerTurn"
>;

/** Sender of something to one recipient after the other. */
export interface Coalesced {
  /** Sends to at most `max` recipients, and returns to how many: to fewer if nothing is left to send. */
  advance(max: number): number;
}

/**
 * Lets the items that were added send once a whole turn of the event loop has brought
 * nothing new, or after `maxJoinMs`. Where one fan-out follows another, as many
 * publications as last time are expected, for each that shares a frame saves a write
 * to every recipient: the newest waits for the next, at most `joinPatienceMs`.
 *
 * Items send to `recipientsPerTurn` in each turn, by turns. What was sent is written at
 * the end of the turn, from memory that is still in the cache.
 */
export class Coalescer<Item extends Coalesced = Coalesced> {
  readonly #clock: Clock;
  readonly #limits: CoalescerLimits;
  /** Items that wait for more to join, and those that send. */
  readonly #waiting = new Set<Item>();
  readonly #sending = new Set<Item>();
  /** Publications that wait, and the number that is waited for. */
  #count = 0;
  #expected = 0;
  /** Times of the first and of the newest of them. */
  #since = 0;
  #newestAt = 0;
  /** Turns since the newest. */
  #turns = 0;
  #isNew = false;
  /** Number of publications in the last fan-out, and the time of its end. */
  #lastCount = 0;
  #sentAt = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, limits: CoalescerLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Lets an item send `count` publications, once more of them are not to be waited for. */
  add(item: Item, count = 1): void {
    this.#waiting.add(item);
    this.#isNew = true;
    if (this.#count === 0) this.#begin();
    this.#count += count;
  }

  /** Adds an item that sends after those that wait, without a wait of its own; `false` if none waits. */
  follow(item: Item): boolean {
    if (this.#count === 0) return false;
    this.#waiting.add(item);
    return true;
  }

  /** Lets an item send from the next turn on, without a wait. */
  send(item: Item): void {
    this.#waiting.delete(item);
    this.#sending.add(item);
    this.#schedule();
  }

  /** Drops every item. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting.clear();
    this.#sending.clear();
    this.#count = 0;
  }

  #begin(): void {
    const { now } = this.#clock;
    this.#since = now;
    this.#newestAt = now;
    // After a pause nothing is expected: a publication that comes alone does not wait.
    const isContinuous = this.#sending.size > 0 ||
      now - this.#sentAt < CONTINUOUS_MS;
    this.#expected = isContinuous ? this.#lastCount : 0;
    this.#schedule();
  }

  #schedule(): void {
    this.#cancel ??= this.#clock.soon(this.#turn);
  }

  readonly #turn = (): void => {
    this.#cancel = undefined;
    if (this.#count > 0 && !this.#mustWait()) this.#release();
    let left = this.#limits.recipientsPerTurn;
    for (const item of this.#sending) {
      const sent = item.advance(left);
      this.#sending.delete(item);
      if (sent >= left) {
        // The others have their turn before it goes on.
        this.#sending.add(item);
        break;
      }
      left -= sent;
      if (this.#sending.size === 0) this.#sentAt = this.#clock.now;
    }
    if (this.#count > 0 || this.#sending.size > 0) this.#schedule();
  };

  #mustWait(): boolean {
    const { now } = this.#clock;
    const { maxJoinMs, joinPatienceMs } = this.#limits;
    if (now - this.#since >= maxJoinMs) return false;
    if (this.#isNew) {
      this.#isNew = false;
      this.#newestAt = now;
      this.#turns = 0;
      return true;
    }
    return this.#count < this.#expected && ++this.#turns < EXPECTANT_TURNS &&
      now - this.#newestAt < joinPatienceMs;
  }

  #release(): void {
    for (const item of this.#waiting) this.#sending.add(item);
    this.#waiting.clear();
    this.#lastCount = this.#count;
    this.#count = 0;
    this.#isNew = false;
  }
}
