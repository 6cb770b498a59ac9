/** Finds connections that have fallen silent, and says when a ping is due. */

import type { Clock } from "../base/clock.ts";
import type { Intervals, Verdict } from "./intervals.ts";
import { TimingWheel, type WheelItem } from "./timing_wheel.ts";

/** Finest and coarsest turn of the wheel, in milliseconds. */
const MIN_TICK_MS = 10;
const MAX_TICK_MS = 200;
/** The shortest period is cut into at least this many ticks. */
const TICKS_PER_PERIOD = 32;
/**
 * One late tick moves the time on by at most two, and an eviction waits three
 * longer than it must: after a stall of any length there is always a turn of the
 * event loop in which waiting frames are read before anyone is called silent.
 */
const MAX_TICKS_AT_ONCE = 2;
const GRACE_TICKS = 3;

/** What a heartbeat watches. */
export interface Beating extends WheelItem {
  /** Rhythm of its heartbeat. */
  readonly intervals: Intervals;
  /** When the last inbound frame came, in the heartbeat's own time. */
  lastMessageTime: number;
  /** When the next ping is due, in the heartbeat's own time; written by the heartbeat alone. */
  pingAt: number;
  /** When the last ping was sent, in the heartbeat's own time; written by the heartbeat alone. */
  pingedAt: number;
  /** When this connection must have authenticated, in the heartbeat's own time; `Infinity` once it has. */
  readonly authenticateBy: number;
  /** When this connection's token ends, in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
}

/** How finely a heartbeat looks, and who is told. */
export interface HeartbeatOptions<Item extends Beating> {
  /** The shortest part of any connection's beat, in milliseconds. */
  readonly shortestMs: number;
  readonly clock: Clock;
  /** Called for each finding; every one but `ping` expects the connection to be removed. */
  readonly onVerdict: (connection: Item, verdict: Verdict) => void;
}

/**
 * Watches connections by a timing wheel with lazy re-check: a frame writes one
 * field, a sweep looks only at connections that may have expired, and each is
 * looked at about once per timeout.
 *
 * Its time is counted in turns of this process's own event loop, so that a
 * stall or a jump of the clock is nobody's silence.
 */
export class Heartbeat<Item extends Beating> {
  /** Milliseconds that the event loop has been running; what `lastMessageTime` is set to. */
  now = 0;
  readonly #wheel: TimingWheel<Item>;
  readonly #tickMs: number;
  readonly #options: HeartbeatOptions<Item>;
  #lastTick: number;
  #stop: (() => void) | undefined;

  constructor(options: HeartbeatOptions<Item>) {
    this.#tickMs = Math.min(
      Math.max(options.shortestMs / TICKS_PER_PERIOD, MIN_TICK_MS),
      MAX_TICK_MS,
    );
    this.#wheel = new TimingWheel({ tickMs: this.#tickMs });
    this.#options = options;
    this.#lastTick = options.clock.now;
  }

  /** Begins to tick; {@linkcode stop} ends it. */
  start(): void {
    const { clock } = this.#options;
    this.#lastTick = clock.now;
    this.#stop ??= clock.every(this.#tickMs, () => this.tick(clock.now));
  }

  /** Ends the ticking, which would keep the process alive. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Watches `connection` from now on; its first ping is due in `firstPingMs`. */
  add(
    connection: Item,
    firstPingMs: number = connection.intervals.pingMs,
  ): void {
    connection.lastMessageTime = this.now;
    connection.pingAt = this.now + firstPingMs;
    connection.pingedAt = -Infinity;
    this.reschedule(connection);
  }

  /** Forgets `connection`. */
  remove(connection: Item): void {
    this.#wheel.cancel(connection);
  }

  /** Plans the next look at `connection`; needed when one of its deadlines has moved nearer. */
  reschedule(connection: Item): void {
    const untilExpiry = connection.expiresAt - this.#options.clock.wallTime;
    this.#wheel.schedule(
      connection,
      Math.min(
        this.#beatAt(connection),
        connection.authenticateBy,
        this.now + untilExpiry,
      ),
    );
  }

  /** Moves the time on; `clockNow` is the clock's reading, in milliseconds. */
  tick(clockNow: number): void {
    const elapsed = Math.max(clockNow - this.#lastTick, 0);
    this.#lastTick = clockNow;
    this.now += Math.min(elapsed, MAX_TICKS_AT_ONCE * this.#tickMs);
    this.#wheel.advance(this.now, this.#check);
  }

  readonly #check = (connection: Item): void => {
    const { clock, onVerdict } = this.#options;
    if (connection.authenticateBy <= this.now) {
      return onVerdict(connection, "stale");
    }
    if (connection.expiresAt <= clock.wallTime) {
      return onVerdict(connection, "expired");
    }
    if (this.#silentAt(connection) <= this.now) {
      return onVerdict(connection, "silent");
    }
    if (this.#noPongAt(connection) <= this.now) {
      return onVerdict(connection, "noPong");
    }
    if (this.#pingAt(connection) <= this.now) {
      connection.pingAt = this.now + connection.intervals.pingMs;
      // The oldest ping that is not answered counts.
      if (connection.lastMessageTime >= connection.pingedAt) {
        connection.pingedAt = this.now;
      }
      onVerdict(connection, "ping");
    }
    this.reschedule(connection);
  };

  #beatAt(connection: Item): number {
    return Math.min(
      this.#silentAt(connection),
      this.#noPongAt(connection),
      this.#pingAt(connection),
    );
  }

  #silentAt({ intervals, lastMessageTime }: Item): number {
    if (intervals.silenceMs === 0) return Infinity;
    return lastMessageTime + intervals.silenceMs + GRACE_TICKS * this.#tickMs;
  }

  /** When a ping has gone without any frame after it for too long. */
  #noPongAt({ intervals, lastMessageTime, pingedAt }: Item): number {
    if (intervals.pongMs === 0 || lastMessageTime >= pingedAt) return Infinity;
    return pingedAt + intervals.pongMs + GRACE_TICKS * this.#tickMs;
  }

  /** A client that has not said who it is yet is not pinged: an SDK could not answer. */
  #pingAt(connection: Item): number {
    if (connection.intervals.pingMs === 0) return Infinity;
    return connection.authenticateBy === Infinity
      ? connection.pingAt
      : Infinity;
  }
}
