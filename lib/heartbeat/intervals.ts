/** How one connection is kept alive: who has to speak, and how long silence is borne. */

/** The rhythm of a connection, in milliseconds; 0 switches a part off. */
export interface Intervals {
  /** Silence after which the connection is evicted, asked or not. */
  readonly silenceMs: number;
  /** Time between two pings. */
  readonly pingMs: number;
  /** Silence after a ping for which the connection is evicted. */
  readonly pongMs: number;
}

/** What a heartbeat found. */
export type Verdict = "silent" | "noPong" | "ping" | "stale" | "expired";

/** What a hub's beats are made from, in milliseconds. */
export interface HeartbeatLimits {
  /** Silence after which a client that is not pinged is evicted; 0: never, ping it instead. */
  readonly heartbeatTimeoutMs: number;
  /** Time between two pings of such a client, where nobody is evicted. */
  readonly heartbeatIntervalMs: number;
  /** Time between two pings of a client whose protocol has them. */
  readonly pingIntervalMs: number;
  /** Time that such a client has to answer. */
  readonly pongTimeoutMs: number;
  /** Time between two signs of life for a client that only listens. */
  readonly listenerPingMs: number;
}

/** The rhythm of each kind of client. */
export interface Beats {
  /** Of clients that speak by themselves. */
  readonly own: Intervals;
  /** Of clients whose protocol has pings. */
  readonly pinged: Intervals;
  /** Of clients that only listen. */
  readonly listening: Intervals;
}

/** The rhythms of a hub. */
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

/** What the beat of a connection goes by. */
export interface Manner {
  /** Whether the hub pings and the client answers. */
  readonly pinged: boolean;
  /** Whether the client cannot answer, or is not spoken to. */
  readonly oneWay?: "listens" | "speaks";
}

/** The rhythm of one connection. */
export function intervalsFor(
  { pinged, oneWay }: Manner,
  beats: Beats,
): Intervals {
  if (oneWay === "listens") return beats.listening;
  return pinged ? beats.pinged : beats.own;
}

/** The shortest part of any beat, in milliseconds. */
export function shortest({ own, pinged, listening }: Beats): number {
  const parts = [own, pinged, listening].flatMap((beat) => Object.values(beat));
  return Math.min(...parts.filter((ms) => ms > 0));
}
