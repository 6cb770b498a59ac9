/** Counters of one node: plain numbers that its parts change, and that a scrape reads. */

import type { Clock } from "../base/clock.ts";
import { type Disconnect, disconnects, GONE } from "../base/disconnect.ts";
import { Histogram, Sampler } from "../base/histogram.ts";
import { Refusals } from "../limits/refusals.ts";
import { TrafficTable } from "./traffic.ts";

/** Numbers of what a node holds. */
export interface SubscriptionCount {
  /** Distinct uids. */
  readonly users: number;
  /** Channels with a subscriber, without inboxes. */
  readonly channels: number;
  /** Subscriptions to these channels. */
  readonly subscriptions: number;
}

/** Counters of a hub since it began. */
export class HubCounters {
  /** Frames, messages and bytes, by protocol and transport. */
  readonly traffic: TrafficTable = new TrafficTable();
  /** Calls that give a publication to the broker. */
  readonly publishes: Sampler;
  /** Calls that send publications to the subscribers of a channel. */
  readonly fanOuts: Sampler;
  /** Delays of the event loop, as the heartbeat finds them. */
  readonly eventLoopLag: Histogram = new Histogram();
  /** Connections that this node has ended, by close code. */
  readonly evictions: Map<number, number> = new Map();
  /** Subscriptions that this node has ended, by code. */
  readonly unsubscribes: Map<number, number> = new Map();
  /** Clients that were silent for too long. */
  silent = 0;
  /** Clients that have not answered a ping. */
  noPong = 0;
  /** Subscriptions that had to end because their client has missed a publication. */
  positionGaps = 0;
  /** Clients that came back with a position, and got all that they had missed. */
  recovered = 0;
  /** Clients that came back with a position for which something is gone. */
  unrecovered = 0;
  /** Refusals, by the limit that was reached. */
  readonly refusals: Refusals = new Refusals();
  /** Start of the node, in milliseconds since 1970. */
  readonly startedAt: number;

  /** Takes the time of what is timed from `clock`. */
  constructor(clock: Clock) {
    this.startedAt = clock.wallTime;
    this.publishes = new Sampler(clock);
    this.fanOuts = new Sampler(clock);
  }

  /** Counts the end of a connection, if it is this node that has ended it. */
  ended(disconnect: Disconnect): void {
    if (disconnect === GONE) return;
    countIn(this.evictions, disconnect.code);
    // They share a code.
    if (disconnect === disconnects.silent) this.silent++;
    if (disconnect === disconnects.noPong) this.noPong++;
  }
}

/** Adds one to the count of `key`. */
export function countIn(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
