/** Heartbeat intervals of connections: silence, pings and pongs. */

/** Heartbeat intervals of one connection, in milliseconds; 0 switches one off. */
export interface Intervals {
  /** Silence after which the connection is evicted, pinged or not. */
  readonly silenceMs: number;
  /** Time between two pings. */
  readonly pingMs: number;
  /** Silence after a ping after which the connection is evicted. */
  readonly pongMs: number;
}

/** Result of a check: a reason to evict the connection, or a due ping. */
export type Verdict = "silent" | "noPong" | "ping" | "stale" | "expired";

/** Heartbeat settings of a hub, in milliseconds. */
export interface HeartbeatLimits {
  /** Silence after which a client that is not pinged is evicted; 0: ping it instead, and never evict it. */
  readonly heartbeatTimeoutMs: number;
  /** Time between two pings of such a client, if it is never evicted. */
  readonly heartbeatIntervalMs: number;
  /** Time between two pings of a client whose protocol has them. */
  readonly pingIntervalMs: number;
  /** Time in which such a client must answer. */
  readonly pongTimeoutMs: number;
  /** Time between two pings of a client that only listens. */
  readonly listenerPingMs: number;
}

/** Heartbeat intervals of each kind of client. */
export interface Beats {
  /** Intervals of clients that send by themselves. */
  readonly own: Intervals;
  /** Intervals of clients whose protocol has pings. */
  readonly pinged: Intervals;
  /** Intervals of clients that only listen. */
  readonly listening: Intervals;
}

/** Makes the intervals of a hub. */
export function beatsOf(limits: HeartbeatLimits): Beats {
  const { heartbeatTimeoutMs: silenceMs } = limits;
  const pingMs = silenceMs === 0 ? limits.heartbeatIntervalMs : 0;
  return {
    own: { silenceMs, pingMs, pongMs: 0 },
    pinged: {
      silenceMs: 0,
      pingMs: limits.pingIntervalMs,
      pongMs: limits.pongTimeoutMs,
    },
    listening: { silenceMs: 0, pingMs: limits.listenerPingMs, pongMs: 0 },
  };
}

/** Intervals of a client that is pinged by its transport. */
const NONE: Intervals = { silenceMs: 0, pingMs: 0, pongMs: 0 };

/** Properties of a connection that decide its intervals. */
export interface ConnectionKind {
  /** True if the hub pings and the client answers. */
  readonly pinged: boolean;
  /** Direction of a client that only listens or only speaks. */
  readonly oneWay?: "listens" | "speaks";
}

/** Property of its transport that does. */
export interface TransportPings {
  /** True if the transport pings the client by itself. */
  readonly pinged?: boolean;
}

/** Returns the intervals of one connection. */
export function intervalsFor(
  { pinged, oneWay }: ConnectionKind,
  transport: TransportPings,
  beats: Beats,
): Intervals {
  if (transport.pinged) return NONE;
  if (oneWay === "listens") return beats.listening;
  return pinged ? beats.pinged : beats.own;
}

/** Returns the shortest interval in milliseconds. */
export function shortest({ own, pinged, listening }: Beats): number {
  const parts = [own, pinged, listening].flatMap((beat) => Object.values(beat));
  return Math.min(...parts.filter((ms) => ms > 0));
}
