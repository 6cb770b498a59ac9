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
  /** Unsent bytes above which a client counts as slow. */
  readonly maxBufferedBytes: number;
  /** Clients per second that a node takes back: a drain or an overload spreads their return accordingly. */
  readonly reconnectRate: number;
  /** Time in which a client must open its transport, and then authenticate. */
  readonly authenticateWithinMs: number;
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
  reconnectRate: 200,
  heartbeatTimeoutMs: 60_000,
  heartbeatIntervalMs: 12_000,
  pingIntervalMs: 25_000,
  pongTimeoutMs: 10_000,
  listenerPingMs: 15_000,
  authenticateWithinMs: 10_000,
};
