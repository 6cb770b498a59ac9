/** What a hub holds at most, and how long it waits. */

import type { HeartbeatLimits } from "../heartbeat/intervals.ts";

/** Bounds of a hub: bytes, milliseconds and connections. */
export interface HubLimits extends HeartbeatLimits {
  /** Transports open at once; closing ones count until they are closed. */
  readonly maxConnections: number;
  /** Channels that one connection may be subscribed to. */
  readonly maxChannels: number;
  /** Longest message that a client may send. */
  readonly maxMessageBytes: number;
  /** Unsent bytes above which a client counts as slow. */
  readonly maxBufferedBytes: number;
  /** Time that a client has to open its transport, and then to authenticate. */
  readonly authenticateWithinMs: number;
}

/** The bounds of a hub that are not given. */
export const DEFAULT_LIMITS: HubLimits = {
  maxConnections: 16_000,
  maxChannels: 128,
  maxMessageBytes: 65_536,
  maxBufferedBytes: 1_048_576,
  heartbeatTimeoutMs: 60_000,
  heartbeatIntervalMs: 12_000,
  pingIntervalMs: 25_000,
  pongTimeoutMs: 10_000,
  listenerPingMs: 15_000,
  authenticateWithinMs: 10_000,
};
