/** Drain: the end of a hub in which every client is notified, in its turn, and its transport waited for. */

import type { Clock } from "../base/clock.ts";
import { pause } from "../base/pause.ts";
import { disconnects } from "../base/disconnect.ts";
import { DURATION_RULE, isDuration } from "../limits/check_limits.ts";
import type { Hub } from "./hub.ts";

/** Durations of a drain, in milliseconds. */
export interface DrainOptions {
  /** Time of the drain. */
  readonly clock: Clock;
  /**
   * Clients are disconnected over at most this time, so that they do not all come back at once.
   * @default {1500}
   */
  readonly spreadMs?: number;
  /**
   * Then their transports are waited for, at most this long.
   * @default {1000}
   */
  readonly flushMs?: number;
}

const STEP_MS = 20;
/** Clients that leave per millisecond at most: a few need no spreading. */
const CLIENTS_PER_MS = 2;

/**
 * Refuses new connections, disconnects every client with 3001 `shutdown`, waits until
 * their transports have ended, at most `spreadMs + flushMs` altogether, and closes
 * the hub, for which a broker may take a second more.
 *
 * @throws {RangeError} If no timer can hold one of the durations.
 */
export async function drain(hub: Hub, options: DrainOptions): Promise<void> {
  const { clock, spreadMs = 1500, flushMs = 1000 } = options;
  for (const [name, ms] of Object.entries({ spreadMs, flushMs })) {
    if (isDuration(ms)) continue;
    throw new RangeError(
      `Cannot drain the hub with ${name} ${ms}: expected ${DURATION_RULE}`,
    );
  }
  hub.draining = true;

  const spread = Math.min(spreadMs, hub.size / CLIENTS_PER_MS);
  const end = clock.now + spread;
  while (hub.size > 0) {
    const stepsLeft = Math.max(Math.ceil((end - clock.now) / STEP_MS), 1);
    let share = Math.ceil(hub.size / stepsLeft);
    for (const connection of hub.connections) {
      if (share-- === 0) break;
      connection.disconnect(disconnects.shutdown);
    }
    if (hub.size > 0) await pause(clock, STEP_MS);
  }

  const deadline = clock.now + flushMs;
  while (hub.admission.count > 0 && clock.now < deadline) {
    await pause(clock, STEP_MS);
  }
  await hub.close();
}
