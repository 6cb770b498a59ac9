/** Heartbeat: finds connections that are silent for too long, and reports due pings. */

import type { Clock } from "../base/clock.ts";
import { Deadlines } from "./deadlines.ts";
import type { Intervals, Verdict } from "./intervals.ts";
import { TimingWheel, type WheelItem } from "./timing_wheel.ts";

/** Shortest and longest tick of the wheel, in milliseconds. */
const MIN_TICK_MS = 10;
const MAX_TICK_MS = 200;
/** Least number of ticks in the shortest period. */
const TICKS_PER_PERIOD = 32;
/**
 * A late tick moves the time on by at most two ticks, and an eviction waits three
 * ticks longer than it must. So after a stall of any length the waiting frames are
 * read before a connection counts as silent.
 */
const MAX_TICKS_AT_ONCE = 2;
const GRACE_TICKS = 3;

/** A connection that a heartbeat watches. */
export interface WatchedConnection extends WheelItem {
  /** Its heartbeat intervals. */
  readonly intervals: Intervals;
  /** Time of the last inbound frame, in the heartbeat's own time. */
  lastMessageTime: number;
  /** Time of the next ping, in the heartbeat's own time; written by the heartbeat alone. */
  pingAt: number;
  /** Time of the oldest unanswered ping, in the heartbeat's own time; written by the heartbeat alone. */
  pingedAt: number;
  /** Time until which the connection must authenticate, in the heartbeat's own time; `Infinity` once it has. */
  readonly authenticateBy: number;
  /** Time at which its token ends, on the scale of `Clock.now`, so that a wall clock that jumps ends none. */
  readonly expireBy: number;
}

/** Options of a heartbeat. */
export interface HeartbeatOptions<Item extends WatchedConnection> {
  /** Shortest interval of any connection, in milliseconds. */
  readonly shortestMs: number;
  readonly clock: Clock;
  /** Called with each verdict; after every one but `ping` the connection must be removed. */
  readonly onVerdict: (connection: Item, verdict: Verdict) => void;
  /** Called with the delay of each tick, in milliseconds: that of the event loop; negative after a late tick. */
  readonly onTick?: (lateMs: number) => void;
}

/**
 * Watches connections by a timing wheel with lazy re-check: a frame writes one
 * field, a sweep looks only at connections that may have expired, and each is
 * looked at about once per timeout.
 *
 * Its time counts the ticks of this process's own event loop, so that no connection
 * is evicted for a stall of the process or a jump of the clock.
 */
export class Heartbeat<Item extends WatchedConnection> {
  /** Milliseconds for which the event loop has run; the value for `lastMessageTime`. */
  now = 0;
  /** Deadlines in the same time. */
  readonly deadlines: Deadlines = new Deadlines();
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

  /** Ends the watch of `connection`. */
  remove(connection: Item): void {
    this.#wheel.cancel(connection);
  }

  /** Schedules the next check of `connection`; needed after one of its deadlines has moved nearer. */
  reschedule(connection: Item): void {
    const untilExpiry = connection.expireBy - this.#options.clock.now;
    this.#wheel.schedule(
      connection,
      Math.min(
        this.#beatAt(connection),
        connection.authenticateBy,
        this.now + untilExpiry,
      ),
    );
  }

  /** Moves the time on; `clockNow` is `Clock.now`, in milliseconds. */
  tick(clockNow: number): void {
    const elapsed = Math.max(clockNow - this.#lastTick, 0);
    this.#lastTick = clockNow;
    this.#options.onTick?.(elapsed - this.#tickMs);
    this.now += Math.min(elapsed, MAX_TICKS_AT_ONCE * this.#tickMs);
    this.#wheel.advance(this.now, this.#check);
    this.deadlines.advance(this.now);
  }

  readonly #check = (connection: Item): void => {
    const { clock, onVerdict } = this.#options;
    if (connection.authenticateBy <= this.now) {
      return onVerdict(connection, "stale");
    }
    if (connection.expireBy <= clock.now) {
      return onVerdict(connection, "expired");
    }
    if (this.#silentAt(connection) <= this.now) {
      return onVerdict(connection, "silent");
    }
    if (this.#noPongAt(connection) <= this.now) {
      return onVerdict(connection, "noPong");
    }
    const isDue = this.#pingAt(connection) <= this.now;
    if (isDue) {
      connection.pingAt = this.now + connection.intervals.pingMs;
      // The oldest unanswered ping counts.
      if (connection.lastMessageTime >= connection.pingedAt) {
        connection.pingedAt = this.now;
      }
    }
    this.reschedule(connection);
    // Last, for a client that cannot be pinged is removed.
    if (isDue) onVerdict(connection, "ping");
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

  /** Time at which the answer to the oldest ping is overdue. */
  #noPongAt({ intervals, lastMessageTime, pingedAt }: Item): number {
    if (intervals.pongMs === 0 || lastMessageTime >= pingedAt) return Infinity;
    return pingedAt + intervals.pongMs + GRACE_TICKS * this.#tickMs;
  }

  /** Time of the next ping; never before authentication, because an SDK could not answer. */
  #pingAt(connection: Item): number {
    if (connection.intervals.pingMs === 0) return Infinity;
    return connection.authenticateBy === Infinity
      ? connection.pingAt
      : Infinity;
  }
}
