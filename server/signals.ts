/** Signals that ask this process to end. */

import type { Clock } from "../lib/base/clock.ts";
import type { Log } from "../lib/base/log.ts";

/** Options of {@linkcode onSignals}. */
export interface SignalOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Called at the first signal. */
  readonly onFirst: () => void;
  /** Called at each signal that comes after {@linkcode SAME_SIGNAL_MS}. */
  readonly onAgain: () => void;
  /** Adds a listener; throws where the platform does not have the signal. @default {Deno.addSignalListener} */
  readonly listen?: (signal: Deno.Signal, listener: () => void) => void;
}

/** Signals that mean the same: a supervisor, a terminal that closes, `docker stop` of an image with another STOPSIGNAL. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
/** `deno task` passes on a signal that the terminal has sent to this process, too: these count as one. */
export const SAME_SIGNAL_MS = 500;

/** Listens for the signals that the platform has. */
export function onSignals(options: SignalOptions): void {
  const { clock, log, onFirst, onAgain, listen = Deno.addSignalListener } =
    options;
  let firstAt: number | undefined;
  for (const signal of SIGNALS) {
    try {
      listen(signal, () => {
        if (firstAt !== undefined) {
          if (clock.now - firstAt > SAME_SIGNAL_MS) onAgain();
          return;
        }
        firstAt = clock.now;
        log.info("signal", { signal });
        onFirst();
      });
    } catch (error) {
      // Windows has no SIGQUIT.
      if (!(error instanceof Error)) throw error;
      log.debug("no_signal", { signal, problem: error.message });
    }
  }
}
