/** Limits of what one client may ask for: rates, and connections of one user or address. */

import { type Rate, rateOf } from "./token_bucket.ts";

/**
 * Limits of one client on one node. Rates are per second and let bursts of
 * {@linkcode RateLimits.rateBurstMs} through; a rate of 0 is no limit. A command
 * above a rate gets error 111, and a client that goes on regardless is disconnected
 * with 3013.
 */
export interface RateLimits {
  /**
   * Messages of a connection; each command of a frame is one.
   * @default {20_000}
   */
  readonly messageRate: number;
  /**
   * Bytes of a connection's messages.
   * @default {20_971_520}
   */
  readonly byteRate: number;
  /**
   * Publications of a connection, to channels and to uids.
   * @default {20_000}
   */
  readonly publishRate: number;
  /**
   * Subscriptions of a connection; the end of one counts, too.
   * @default {2_000}
   */
  readonly subscribeRate: number;
  /**
   * Requests for the history of a channel, of a connection.
   * @default {100}
   */
  readonly historyRate: number;
  /**
   * Requests for the presence of a channel, of a connection.
   * @default {100}
   */
  readonly presenceRate: number;
  /**
   * Refusals by the other rates that a connection may cause: beyond it, the connection ends.
   * @default {100}
   */
  readonly refusalRate: number;
  /**
   * Milliseconds whose share of a rate may come at once.
   * @default {2_000}
   */
  readonly rateBurstMs: number;
  /**
   * Multiple of a connection's rates that all connections of one uid have together;
   * of clients without a uid, those of one address.
   * @default {4}
   */
  readonly userRateFactor: number;
  /**
   * Clients that are let in per second; the rest gets 503 and a time to come back.
   * @default {2_000}
   */
  readonly connectRate: number;
  /**
   * Clients of one address that are let in per second, in bursts of `rateBurstMs`.
   * @default {200}
   */
  readonly connectRatePerAddress: number;
  /**
   * Milliseconds whose share of `connectRate` may come at once.
   * @default {5_000}
   */
  readonly connectBurstMs: number;
  /**
   * Number of open transports of one address.
   * @default {4_000}
   */
  readonly maxConnectionsPerAddress: number;
  /**
   * Number of connections of one uid; the next one is disconnected with 3504.
   * @default {4_000}
   */
  readonly maxConnectionsPerUser: number;
}

/** Default limits of a client. */
export const DEFAULT_RATE_LIMITS: RateLimits = {
  messageRate: 20_000,
  byteRate: 20_971_520,
  publishRate: 20_000,
  subscribeRate: 2_000,
  historyRate: 100,
  presenceRate: 100,
  refusalRate: 100,
  rateBurstMs: 2_000,
  userRateFactor: 4,
  connectRate: 2_000,
  connectRatePerAddress: 200,
  connectBurstMs: 5_000,
  maxConnectionsPerAddress: 4_000,
  maxConnectionsPerUser: 4_000,
};

/** Every rate of commands. */
export const COMMAND_RATES = [
  "publish",
  "subscribe",
  "history",
  "presence",
] as const;

/** Kind of commands with a rate of its own. */
export type CommandRate = typeof COMMAND_RATES[number];

/** Rates of a client; `undefined` is no limit. */
export interface RateTable
  extends Readonly<Record<CommandRate, Rate | undefined>> {
  readonly messages: Rate | undefined;
  readonly bytes: Rate | undefined;
  readonly refusals: Rate | undefined;
}

/** The rates of a connection, or with a factor those of all connections of a user. */
export function rateTableOf(limits: RateLimits, factor = 1): RateTable {
  const rate = (perSecond: number) =>
    rateOf(perSecond * factor, limits.rateBurstMs);
  return {
    messages: rate(limits.messageRate),
    bytes: rate(limits.byteRate),
    refusals: rate(limits.refusalRate),
    publish: rate(limits.publishRate),
    subscribe: rate(limits.subscribeRate),
    history: rate(limits.historyRate),
    presence: rate(limits.presenceRate),
  };
}
