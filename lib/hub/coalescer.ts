/** Order and delay of what a hub sends: what falls together is joined, and a long fan-out leaves others their turns. */

import type { Clock } from "../base/clock.ts";
import type { HubLimits } from "../limits/hub_limits.ts";

/** Publications that come so soon after a fan-out, in milliseconds, may be answers to it. */
const CONTINUOUS_MS = 1;
/** Turns for which more is expected at most: a clock that stands still ends the wait too. */
const EXPECTANT_TURNS = 400;
/** Share of a fan-out in what is usual; so much less than one publication is missing from what counts as one. */
const USUAL_SHARE = 0.25;
const USUAL_GAP = 0.4;
/** Fan-outs of an item that expect nothing, at most, after waits in vain: twice as many after each. */
const MAX_DOUBTS = 32;

/** Bounds of a coalescer. */
export type CoalescerLimits = Pick<
  HubLimits,
  "maxJoinMs" | "joinPatienceMs" | "recipientsPerTurn"
>;

/** Publications of one item that wait to be joined; the coalescer writes it. */
export class Joining {
  /** Publications that wait, and the number that is waited for. */
  count = 0;
  expected = 0;
  /** Times of the first and of the newest of them. */
  since = 0;
  newestAt = 0;
  /** True if this turn has brought one of them; turns since the last that has. */
  isNew = false;
  turns = 0;
  /** Number of publications in the last fan-out, the usual number, and the time of the last one's end. */
  lastCount = 0;
  usual = 1;
  sentAt = -Infinity;
  /** Fan-outs that are to expect nothing, since the last wait in vain; their number after the next. */
  doubts = 0;
  nextDoubts = 1;
}

/** Sender of something to one recipient after the other. */
export interface Coalesced {
  /** State of what waits, for an item that waits. */
  readonly joining?: Joining;
  /** Sends to at most `max` recipients, and returns to how many: to fewer if nothing is left to send. */
  advance(max: number): number;
}

/** Sender of publications that wait to be joined. */
export interface Joined extends Coalesced {
  readonly joining: Joining;
}

/**
 * Lets an item send at the end of the turn of the event loop that brings something.
 * While one fan-out of it follows another, it sends once a whole turn has brought
 * nothing new, or after `maxJoinMs`; and as many publications as last time are expected,
 * unless so many were unusual, such as after a moment in which the process stood still,
 * for each that shares a frame saves a write to every recipient: the newest waits for
 * the next, at most `joinPatienceMs`. A wait in vain is not repeated soon.
 *
 * Items send to `recipientsPerTurn` in each turn, by turns. What was sent is written at
 * the end of the turn, from memory that is still in the cache.
 */
export class Coalescer {
  readonly #clock: Clock;
  readonly #limits: CoalescerLimits;
  /** Items that wait for more to join, those that send, and those that send after the next that has waited. */
  readonly #waiting = new Set<Joined>();
  readonly #sending = new Set<Coalesced>();
  readonly #followers = new Set<Coalesced>();
  /** Time of the first addition in this turn. */
  #addedAt: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, limits: CoalescerLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Lets an item send `count` more publications, once others are not to be waited for. */
  add(item: Joined, count = 1): void {
    const { joining } = item;
    if (!this.#waiting.has(item)) this.#begin(item);
    joining.isNew = true;
    joining.count += count;
  }

  /** Lets an item send after those that wait, without a wait of its own; `false` if none waits or sends. */
  follow(item: Coalesced): boolean {
    if (this.#waiting.size === 0 && this.#sending.size === 0) return false;
    this.#followers.add(item);
    return true;
  }

  /** Lets an item send from the next turn on, without a wait. */
  send(item: Joined): void {
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
    this.#followers.clear();
  }

  #begin(item: Joined): void {
    const { joining } = item;
    const now = this.#addedAt ??= this.#clock.now;
    joining.count = 0;
    joining.since = now;
    joining.newestAt = now;
    // After a pause nothing is expected: a publication that comes alone does not wait.
    const isContinuous = this.#sending.has(item) ||
      now - joining.sentAt < CONTINUOUS_MS;
    const usual = Math.floor(joining.usual + USUAL_GAP);
    joining.expected = isContinuous ? Math.min(joining.lastCount, usual) : 0;
    if (joining.expected > 1 && joining.doubts > 0) {
      joining.doubts--;
      joining.expected = 1;
    }
    this.#waiting.add(item);
    this.#schedule();
  }

  #schedule(): void {
    this.#cancel ??= this.#clock.soon(this.#turn);
  }

  readonly #turn = (): void => {
    this.#cancel = undefined;
    this.#addedAt = undefined;
    if (this.#waiting.size === 0 || this.#release()) {
      for (const item of this.#followers) this.#sending.add(item);
      this.#followers.clear();
    }
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
      const { joining } = item;
      if (joining !== undefined) joining.sentAt = this.#clock.now;
    }
    if (this.#waiting.size > 0 || this.#sending.size > 0) this.#schedule();
  };

  /** Lets those send that have waited long enough; `false` if none has. */
  #release(): boolean {
    const { now } = this.#clock;
    let isOne = false;
    for (const item of this.#waiting) {
      const { joining } = item;
      if (this.#mustWait(joining, now)) continue;
      isOne = true;
      this.#learn(joining);
      this.#waiting.delete(item);
      this.#sending.add(item);
    }
    return isOne;
  }

  #mustWait(joining: Joining, now: number): boolean {
    const { maxJoinMs, joinPatienceMs } = this.#limits;
    if (joining.expected === 0 || now - joining.since >= maxJoinMs) {
      return false;
    }
    if (joining.isNew) {
      joining.isNew = false;
      joining.newestAt = now;
      joining.turns = 0;
      return true;
    }
    return joining.count < joining.expected &&
      ++joining.turns < EXPECTANT_TURNS &&
      now - joining.newestAt < joinPatienceMs;
  }

  /** Notes what a wait has brought, for the next one. */
  #learn(joining: Joining): void {
    const { count, expected } = joining;
    joining.lastCount = count;
    joining.usual += (count - joining.usual) * USUAL_SHARE;
    if (expected < 2) return;
    if (count >= expected) joining.nextDoubts = 1;
    else {
      joining.doubts = joining.nextDoubts;
      joining.nextDoubts = Math.min(joining.nextDoubts * 2, MAX_DOUBTS);
    }
  }
}
