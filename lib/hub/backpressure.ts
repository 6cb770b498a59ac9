/** Delay of clients that publish more than their channel can send, or more than most of its recipients have read. */

import type { Clock } from "../base/clock.ts";
import type { Channel } from "./channel.ts";
import type { Backlogs } from "./backlogs.ts";
import type { Connection } from "./connection.ts";

/** Share of a channel's recipients that have to have a backlog: a few slow ones delay no publisher. */
const CROWDED_SHARE = 0.5;

/** Parts of the backpressure. */
export interface BackpressureDeps {
  /** Connections that are behind. */
  readonly backlogs: Backlogs<Connection>;
  /** Channels of this node. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** Time of the waits. */
  readonly clock: Clock;
  /** Time for which a channel delays its publishers at most, until its recipients have caught up. */
  readonly graceMs: number;
}

/** A publisher that waits for the recipients of a channel. */
interface Waiter {
  readonly connection: Connection;
  readonly channel: string;
}

/**
 * Lets a publisher wait while its channel is crowded, or most recipients of what it has
 * published read, and are behind. It does not wait for clients that are stuck, and not
 * for ever.
 */
export class Backpressure {
  readonly #deps: BackpressureDeps;
  readonly #waiters = new Set<Waiter>();
  /** Time since when the recipients of a channel are behind. */
  readonly #since = new Map<string, number>();

  /** Called by the hub. */
  constructor(deps: BackpressureDeps) {
    this.#deps = deps;
  }

  /** The wait of a client that has just published to `channel`; `undefined` if its recipients keep up. */
  wait(connection: Connection, channel: string): Promise<void> | undefined {
    if (!this.#isAhead(channel)) return;
    const waiter = { connection, channel };
    const wait = connection.pause(() => this.#waiters.delete(waiter));
    if (wait !== undefined) this.#waiters.add(waiter);
    return wait;
  }

  /** Lets go on those who need not wait any more; called after each look at the backlogs, and each fan-out. */
  update(): void {
    const { backlogs } = this.#deps;
    // Neither to clear a map nor to go through a set is free, and both are mostly empty.
    if (backlogs.size === 0 && this.#since.size > 0) this.#since.clear();
    if (this.#waiters.size === 0) return;
    for (const { connection, channel } of this.#waiters) {
      if (!this.#isAhead(channel)) connection.resume();
    }
  }

  #isAhead(name: string): boolean {
    const { backlogs, channels } = this.#deps;
    const channel = channels.get(name);
    if (channel?.crowded) return true;
    return backlogs.size > 0 && this.#areBehind(name, channel);
  }

  /** Checks whether most recipients are behind, and for no longer than they may be waited for. */
  #areBehind(name: string, channel: Channel | undefined): boolean {
    const { backlogs, clock, graceMs } = this.#deps;
    const least = (channel?.size ?? 0) * CROWDED_SHARE;
    let count = 0;
    if (channel !== undefined && least > 0 && backlogs.size >= least) {
      for (const connection of backlogs.readers()) {
        if (channel.get(connection) !== undefined) count++;
        if (count >= least) break;
      }
    }
    if (count === 0 || count < least) {
      this.#since.delete(name);
      return false;
    }
    const since = this.#since.get(name) ?? clock.now;
    this.#since.set(name, since);
    return clock.now - since < graceMs;
  }
}
