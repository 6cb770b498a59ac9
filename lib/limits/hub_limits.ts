/** Limits of a hub, and their defaults. */

import type { HeartbeatLimits } from "../heartbeat/intervals.ts";
import { DEFAULT_RATE_LIMITS, type RateLimits } from "./rate_limits.ts";

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
   * Bytes that wait for one client at most, in its transport and in the hub: one for
   * which more wait is slow at once. By default 16 times `maxBufferedBytes`.
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
   * Time for which the newest of them waits at most for the next, where as many are expected as were joined a moment before; 0 expects none.
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
