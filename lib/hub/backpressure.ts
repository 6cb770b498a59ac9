/** Delay of clients that publish more than most of their recipients have read. */

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
 * Lets a publisher wait while most recipients of what it has published read, and are
 * behind. It does not wait for clients that are stuck, and not for ever.
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
    if (this.#deps.backlogs.size === 0 || !this.#isCrowded(channel)) return;
    const waiter = { connection, channel };
    this.#waiters.add(waiter);
    return connection.pause(() => this.#waiters.delete(waiter));
  }

  /** Lets go on those who need not wait any more; called after each look at the backlogs. */
  update(): void {
    if (this.#deps.backlogs.size === 0) this.#since.clear();
    for (const { connection, channel } of this.#waiters) {
      if (!this.#isCrowded(channel)) connection.resume();
    }
  }

  #isCrowded(name: string): boolean {
    const { backlogs, channels, clock, graceMs } = this.#deps;
    const channel = channels.get(name);
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
