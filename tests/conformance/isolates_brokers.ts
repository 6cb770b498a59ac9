/** Brokers of several isolates, for the scripts of brokers and of presences. */

import {
  IsolatesBroker,
  type IsolatesBrokerOptions,
} from "../../lib/broker/isolates/broker.ts";
import { type Clock, systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import { FakeClock } from "../support/fake_clock.ts";

const TTL_MS = 30_000;
/** So often a post can arrive while time passes. */
const STEPS = 50;

/** A clock whose timers wait for the test, while a turn of the event loop is a real one. */
export function turningClock(): FakeClock {
  return Object.assign(new FakeClock(), { soon: systemClock.soon });
}

/** Lets time pass in steps, between which posts arrive. */
export async function passSteps(clock: FakeClock, ms: number): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    await new Promise<void>((resolve) => void clock.soon(resolve));
    clock.advance(ms / STEPS);
  }
}

/** Makes a broker with presence in memory. */
export function makeBroker(
  clock: Clock,
  options: Partial<IsolatesBrokerOptions>,
): IsolatesBroker {
  const presence = new MemoryPresence({ clock, ttlMs: TTL_MS });
  return new IsolatesBroker({
    random: systemRandom,
    clock,
    presence,
    ...options,
  });
}
