/** Flooding: the round trips of some clients while another one does one thing as fast as it can. */

import { fileURLToPath } from "node:url";
import { Bystanders } from "../bystanders.ts";
import { type Flood, FLOODS } from "../flooder.ts";
import type { Histogram } from "../histogram.ts";
import type { Contest } from "../contest.ts";
import { onAllCores } from "../pinning.ts";
import type { Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";
import { thrum } from "../servers.ts";

const BYSTANDERS = 20;
/** Publications in the history that a client can flood the server with requests for. */
const KEPT = 100;
const FLOODER = fileURLToPath(new URL("../flooder.ts", import.meta.url));

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

/** Round trips of the bystanders, without and with a client that floods the server. */
export interface FloodingResult {
  readonly quiet: Histogram;
  readonly flooded: Histogram;
}

/** Options of {@linkcode measureFlood}. */
export interface FloodOptions {
  /** Address of the server, such as `ws://127.0.0.1:8000`. */
  readonly url: string;
  /** What the client does. */
  readonly flood: Flood;
  /** Time of each of the two measurements. */
  readonly durationMs: number;
}

/** Measures one flood on a running server. */
export async function measureFlood(
  { url, flood, durationMs }: FloodOptions,
): Promise<FloodingResult> {
  await fillHistory(url);
  using bystanders = await Bystanders.open({ size: BYSTANDERS, url });
  // The first round trips run code that is not compiled yet.
  await bystanders.measure(durationMs / 2);
  const quiet = await bystanders.measure(durationMs);
  await using _flooder = startFlooder(flood, url);
  // A process takes about this long to start: the flood begins in the measurement.
  const flooded = await bystanders.measure(durationMs);
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

/** Starts a client in a process of its own. */
function startFlooder(flood: Flood, url: string): AsyncDisposable {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-net", FLOODER, flood, url],
    stdin: "null",
  }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

/** Round trips beside each flood. */
export function floodingContests(setting: Setting): Contest[] {
  return [{
    title: `Flooding: ${BYSTANDERS} clients beside a greedy one`,
    load: "Each publishes to itself every 20 ms, first alone, then beside " +
      "one client that does one thing as fast as it can, with the default " +
      "limits.",
    contenders: FLOODS.map((flood) => ({
      name: `beside ${flood}`,
      measure: () => onAllCores(() => measureOnNewServer(flood, setting)),
    })),
    figures: ["aloneP50Ms", "p50Ms", "aloneP99Ms", "p99Ms"],
    marks: [],
    turnMs: 2.5 * setting.measureMs + 2_000,
  }];
}

async function measureOnNewServer(
  flood: Flood,
  { entry, measureMs: durationMs }: Setting,
): Promise<Sample> {
  await using server = await thrum(entry)(FLOODED_SERVER);
  const url = `ws://127.0.0.1:${server.port}`;
  const { quiet, flooded } = await measureFlood({ url, flood, durationMs });
  return {
    values: {
      aloneP50Ms: quiet.quantileMs(0.5),
      aloneP99Ms: quiet.quantileMs(0.99),
      p50Ms: flooded.quantileMs(0.5),
      p99Ms: flooded.quantileMs(0.99),
    },
  };
}
