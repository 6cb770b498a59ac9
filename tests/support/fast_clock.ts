/** A clock that runs faster than the machine's, for checks that let a long timeout pass. */

import { type Clock, systemClock } from "../../lib/base/clock.ts";

/** A clock on which time passes `pace` times as fast; a turn of the event loop stays one. */
export function fastClock(pace: number): Clock {
  return {
    get now() {
      return systemClock.now * pace;
    },
    get wallTime() {
      return systemClock.wallTime;
    },
    after: (delayMs, callback) => systemClock.after(delayMs / pace, callback),
    every: (periodMs, callback) => systemClock.every(periodMs / pace, callback),
    soon: (callback) => systemClock.soon(callback),
  };
}
