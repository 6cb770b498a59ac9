/** Flooding: the round trips of some clients while another one does one thing as fast as it can. */

import { Bystanders } from "../bystanders.ts";
import { type Flood, type FloodRequest, FLOODS } from "../flooder.ts";
import type { Contest } from "../contest.ts";
import { onAllCores } from "../pinning.ts";
import type { Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";
import { thrum } from "../servers.ts";
import { median } from "../statistics.ts";

const BYSTANDERS = 20;
/** Publications in the history that a client can flood the server with requests for. */
const KEPT = 100;
/** Parts of a measurement, each quiet and then flooded. */
const ROUNDS = 5;
/** Time after a flood in which what it has left is dealt with. */
const PAUSE_MS = 200;

/** Settings of the server: the default rates, and clients that seem to come through a proxy, each from an address of its own. */
export const FLOODED_SERVER = {
  MESSAGE_RATE: "20000",
  BYTE_RATE: "20971520",
  PUBLISH_RATE: "20000",
  SUBSCRIBE_RATE: "2000",
  CONNECT_RATE: "2000",
  TRUSTED_PROXIES: "127.0.0.1",
  CHANNEL_HISTORY_SIZE: "100",
};

/** Round trips of the bystanders in one measurement, in milliseconds. */
export interface RoundTrips {
  readonly p50: number;
  readonly p99: number;
}

/** Measurements without and with a client that floods the server, by turns. */
export interface FloodingResult {
  readonly quiet: readonly RoundTrips[];
  readonly flooded: readonly RoundTrips[];
}

/** Options of {@linkcode measureFlood}. */
export interface FloodOptions {
  /** Port of the server. */
  readonly port: number;
  /** What the client does. */
  readonly flood: Flood;
  /** Time of each measurement. */
  readonly durationMs: number;
  /** Number of measurements without, and as many with the flood. */
  readonly rounds: number;
}

/** Measures one flood on a running server. */
export async function measureFlood(
  { port, flood, durationMs, rounds }: FloodOptions,
): Promise<FloodingResult> {
  const url = `ws://127.0.0.1:${port}`;
  await fillHistory(url);
  using bystanders = await Bystanders.open({ size: BYSTANDERS, url });
  // The first round trips run code that is not compiled yet.
  await bystanders.measure(durationMs);
  const quiet: RoundTrips[] = [];
  const flooded: RoundTrips[] = [];
  const measure = async () => {
    const times = await bystanders.measure(durationMs);
    return { p50: times.quantileMs(0.5), p99: times.quantileMs(0.99) };
  };
  using flooder = await Flooder.open();
  for (let round = 0; round < rounds; round++) {
    quiet.push(await measure());
    flooder.start({ flood, port });
    flooded.push(await measure());
    flooder.stop();
    await pause(PAUSE_MS);
  }
  return { quiet, flooded };
}

async function fillHistory(url: string): Promise<void> {
  const socket = new WebSocket(`${url}/ws?uid=filler`);
  await new Promise((resolve) => socket.onopen = resolve);
  const filled = new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => data === "pong" && resolve();
  });
  for (let count = 0; count < KEPT; count++) {
    socket.send(`#kept:${"x".repeat(64)}`);
  }
  socket.send("ping");
  await filled;
  socket.close();
}

/** The client that floods the server, in a thread of its own. */
class Flooder implements Disposable {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static async open(): Promise<Flooder> {
    const url = new URL("../flooder.ts", import.meta.url);
    const worker = new Worker(url, { type: "module" });
    await new Promise((resolve) => worker.onmessage = resolve);
    return new Flooder(worker);
  }

  start(request: FloodRequest): void {
    this.#worker.postMessage(request);
  }

  stop(): void {
    this.#worker.postMessage("stop");
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Round trips beside each flood. */
export function floodingContests(setting: Setting): Contest[] {
  return [{
    title: `Flooding: ${BYSTANDERS} clients beside a greedy one`,
    load: "Each publishes to itself every 20 ms, by turns alone and beside " +
      "one client that does one thing as fast as it can, with the default " +
      "limits.",
    contenders: FLOODS.map((flood) => ({
      name: `beside ${flood}`,
      measure: () => onAllCores(() => measureOnNewServer(flood, setting)),
    })),
    figures: ["aloneP50Ms", "p50Ms", "aloneP99Ms", "p99Ms"],
    marks: [],
    turnMs: 2.2 * setting.measureMs + ROUNDS * PAUSE_MS + 1_000,
  }];
}

async function measureOnNewServer(
  flood: Flood,
  { entry, measureMs }: Setting,
): Promise<Sample> {
  await using server = await thrum(entry)(FLOODED_SERVER);
  const { port } = server;
  const durationMs = measureMs / ROUNDS;
  const { quiet, flooded } = await measureFlood({
    port,
    flood,
    durationMs,
    rounds: ROUNDS,
  });
  return {
    values: {
      aloneP50Ms: median(quiet.map(({ p50 }) => p50)),
      aloneP99Ms: median(quiet.map(({ p99 }) => p99)),
      p50Ms: median(flooded.map(({ p50 }) => p50)),
      p99Ms: median(flooded.map(({ p99 }) => p99)),
    },
  };
}
