/** Limits of a hub, and their defaults. */

import type { HeartbeatLimits } from "../heartbeat/intervals.ts";

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
   * Bytes of the replies to a connection: histories, presences, what subscriptions
   * recover. One reply may be longer; until it is paid for, histories and presences are
   * refused, and subscriptions wait.
   * @default {4_194_304}
   */
  readonly replyByteRate: number;
  /**
   * Messages that come faster than the event loop turns: those of one client beyond
   * 512 in one turn; one of `n` KiB counts `n` more. Those of one uid,
   * of one address, and of all with neither count together. A connection above it ends.
   * @default {2_000}
   */
  readonly floodRate: number;
  /**
   * Milliseconds whose share of `floodRate` may come at once: enough for a long burst.
   * @default {10_000}
   */
  readonly floodBurstMs: number;
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

/** Limits of a hub on one node, in bytes, milliseconds and connections. */
export interface HubLimits extends HeartbeatLimits, RateLimits {
  /** Number of open transports; closing ones count until they are closed. */
  readonly maxConnections: number;
  /** Number of channels to which one connection may be subscribed. */
  readonly maxChannels: number;
  /**
   * Number of channels with a subscriber; a subscription to one more gets error 106.
   * @default {500_000}
   */
  readonly maxChannelsInAll: number;
  /**
   * Number of calls of the hook `onRpc` that have not returned; the next one gets error 111. Those of one connection follow one another.
   * @default {1_000}
   */
  readonly maxRpcs: number;
  /** Length of the longest message that a client may send. */
  readonly maxMessageBytes: number;
  /** Unsent bytes that are handed to a transport at most; what is more waits in the hub. */
  readonly maxBufferedBytes: number;
  /**
   * Bytes that wait for one client at most, in its transport and in the hub. With more,
   * the client is slow at once. By default 16 times `maxBufferedBytes`.
   */
  readonly maxBacklogBytes: number;
  /** Time in which a client for which more waits than its transport may hold has to read as much. */
  readonly slowGraceMs: number;
  /**
   * Clients that the hub has closed and that do not let go of their transport; while
   * there are more, it takes no new ones. By default a tenth of `maxConnections`.
   */
  readonly maxZombies: number;
  /**
   * Time for which publications wait at most to share a frame with others, once more have come in the same turn of the event loop, or are expected.
   * @default {1}
   */
  readonly maxJoinMs: number;
  /**
   * Time for which the newest of a channel waits at most for the next, where as many are expected as were joined a moment before; 0 expects none.
   * @default {0.6}
   */
  readonly joinPatienceMs: number;
  /**
   * Recipients that are sent to before the event loop has its turn.
   * @default {60}
   */
  readonly recipientsPerTurn: number;
  /** Clients per second that a node takes back: a drain or an overload spreads their return accordingly. */
  readonly reconnectRate: number;
  /** Time in which a client must open its transport, and then authenticate. */
  readonly authenticateWithinMs: number;
}

/** Ratios of limits that follow others unless they are given. */
const BACKLOG_PER_BUFFER = 16;
const ZOMBIES_PER_CONNECTION = 0.1;

/** Completes limits: one that is left out, or `undefined`, has its default. */
export function limitsOf(given: Partial<HubLimits>): HubLimits {
  const entries = Object.entries(given);
  const known = Object.keys(DEFAULT_LIMITS);
  const stated = Object.fromEntries(
    entries.filter(([name, value]) =>
      value !== undefined && known.includes(name)
    ),
  );
  const limits = { ...DEFAULT_LIMITS, ...stated };
  const { maxBufferedBytes, maxConnections } = limits;
  return {
    ...limits,
    maxBacklogBytes: given.maxBacklogBytes ??
      maxBufferedBytes * BACKLOG_PER_BUFFER,
    maxZombies: given.maxZombies ??
      Math.ceil(maxConnections * ZOMBIES_PER_CONNECTION),
  };
}

/** Default limits of a client. */
export const DEFAULT_RATE_LIMITS: RateLimits = {
  messageRate: 20_000,
  byteRate: 20_971_520,
  publishRate: 20_000,
  subscribeRate: 2_000,
  historyRate: 100,
  presenceRate: 100,
  replyByteRate: 4_194_304,
  floodRate: 2_000,
  floodBurstMs: 10_000,
  refusalRate: 100,
  rateBurstMs: 2_000,
  userRateFactor: 4,
  connectRate: 2_000,
  connectRatePerAddress: 200,
  connectBurstMs: 5_000,
  maxConnectionsPerAddress: 4_000,
  maxConnectionsPerUser: 4_000,
};

/** Default limits. */
export const DEFAULT_LIMITS: HubLimits = {
  ...DEFAULT_RATE_LIMITS,
  maxConnections: 16_000,
  maxChannels: 128,
  maxChannelsInAll: 500_000,
  maxRpcs: 1_000,
  maxMessageBytes: 65_536,
  maxBufferedBytes: 1_048_576,
  maxBacklogBytes: 16_777_216,
  slowGraceMs: 1_000,
  maxZombies: 1_600,
  maxJoinMs: 1,
  joinPatienceMs: 0.6,
  recipientsPerTurn: 60,
  reconnectRate: 200,
  heartbeatTimeoutMs: 60_000,
  heartbeatIntervalMs: 12_000,
  pingIntervalMs: 25_000,
  pongTimeoutMs: 10_000,
  listenerPingMs: 15_000,
  authenticateWithinMs: 10_000,
};
