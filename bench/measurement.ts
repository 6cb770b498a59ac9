/** What one server did under load, added up over several slices of time. */

import type { Load } from "./load.ts";
import { CAN_PIN, GENERATOR_CORE, SERVER_CORE } from "./pinning.ts";
import { coreBusySeconds, processCpuSeconds } from "./process_stat.ts";
import type { ServerProcess } from "./server_process.ts";

const DRAIN_TIMEOUT_MS = 10_000;

/** What a run gave. */
export interface Measurement {
  /** Deliveries per second. */
  readonly rate: number;
  /** CPU time of the server for each delivery, kernel included. */
  readonly cpuMicros: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of one core that the server used. */
  readonly server: number;
  /** Share of one core that the load generator used. */
  readonly generator: number;
  /** Share of the server's core that other processes used. */
  readonly others: number;
  /** Share of the generator's core that anything used. */
  readonly generatorCore: number;
}

/** Share of either core from which on other processes disturb a run. */
const DISTURBED = 0.05;

/** Whether other processes had so much of the cores that the run says little. */
export function isDisturbed(run: Measurement): boolean {
  return run.others >= DISTURBED ||
    run.generatorCore - run.generator >= DISTURBED;
}

const COUNTERS = [
  "seconds",
  "delivered",
  "server",
  "generator",
  "serverCore",
  "generatorCore",
] as const;
type Counters = Record<typeof COUNTERS[number], number>;

/** A load on a server, both of which are there before and after each slice. */
export interface RunOptions {
  readonly load: Load;
  readonly server: ServerProcess;
}

/** The measured run of one load on one server. */
export class Run {
  readonly #load: Load;
  readonly #server: ServerProcess;
  readonly #totals: Counters;

  constructor({ load, server }: RunOptions) {
    this.#load = load;
    this.#server = server;
    this.#totals = this.#zero();
  }

  /** Puts the server under load without measuring it. */
  async warmUp(durationMs: number): Promise<void> {
    await this.slice(durationMs);
    Object.assign(this.#totals, this.#zero());
    this.#load.latency.reset();
  }

  /**
   * Measures from the first message sent to the last one delivered, so that
   * every message and all its cost is counted, or none.
   *
   * @throws {Error} if the load fails, or a message does not arrive
   */
  async slice(durationMs: number): Promise<void> {
    const before = this.#read();
    this.#load.start();
    const pause = Promise.withResolvers<void>();
    const timer = setTimeout(pause.resolve, durationMs);
    try {
      await Promise.race([pause.promise, this.#load.failed]);
    } finally {
      clearTimeout(timer);
    }
    await drain(this.#load);
    const after = this.#read();
    for (const counter of COUNTERS) {
      this.#totals[counter] += after[counter] - before[counter];
    }
  }

  /** The sum of the slices so far. */
  result(): Measurement {
    const { seconds, delivered, server, generator, serverCore, generatorCore } =
      this.#totals;
    return {
      rate: delivered / seconds,
      cpuMicros: server * 1e6 / delivered,
      p50Ms: this.#load.latency.quantileMs(0.5),
      p99Ms: this.#load.latency.quantileMs(0.99),
      server: server / seconds,
      generator: generator / seconds,
      others: Math.max(0, serverCore - server) / seconds,
      generatorCore: generatorCore / seconds,
    };
  }

  #read(): Counters {
    return {
      seconds: performance.now() / 1000,
      delivered: this.#load.delivered,
      server: this.#server.cpuSeconds(),
      generator: processCpuSeconds(Deno.pid),
      serverCore: CAN_PIN ? coreBusySeconds(SERVER_CORE) : 0,
      generatorCore: CAN_PIN ? coreBusySeconds(GENERATOR_CORE) : 0,
    };
  }

  #zero(): Counters {
    return {
      seconds: 0,
      delivered: 0,
      server: 0,
      generator: 0,
      serverCore: 0,
      generatorCore: 0,
    };
  }
}

async function drain(load: Load): Promise<void> {
  const lost = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => lost.reject(new Error("Cannot measure: some messages never arrived")),
    DRAIN_TIMEOUT_MS,
  );
  try {
    await Promise.race([load.finish(), load.failed, lost.promise]);
  } finally {
    clearTimeout(timer);
  }
}
