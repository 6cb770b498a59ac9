/** Limits of a hub, and their defaults. */

import type { HeartbeatLimits } from "../heartbeat/intervals.ts";

/** Limits of a hub, in bytes, milliseconds and connections. */
export interface HubLimits extends HeartbeatLimits {
  /** Number of open transports; closing ones count until they are closed. */
  readonly maxConnections: number;
  /** Number of channels to which one connection may be subscribed. */
  readonly maxChannels: number;
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
  maxConnections: 16_000,
  maxChannels: 128,
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

/** Completes limits: one that is left out, or `undefined`, has its default. */
export function limitsOf(limits: Partial<HubLimits>): HubLimits {
  const given = Object.entries(DEFAULT_LIMITS).map(([name, byDefault]) => [
    name,
    limits[name as keyof HubLimits] ?? byDefault,
  ]);
  return Object.fromEntries(given);
}
