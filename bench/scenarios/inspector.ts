/** Inspector: the round trips of some clients while operators look at a hub with many connections and channels. */

import { Bystanders } from "../bystanders.ts";
import type { Contest } from "../contest.ts";
import { IdleCrowd } from "../generator.ts";
import { onAllCores } from "../pinning.ts";
import type { Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";
import { API_KEY, thrum } from "../servers.ts";
import { median } from "../statistics.ts";
import { FLOODED_SERVER, type RoundTrips } from "./flooding.ts";

const BYSTANDERS = 20;
/** Channels of each client that has many. */
const CHANNELS_OF_ONE = 100;
/** Parts of a measurement, each alone and then looked at. */
const ROUNDS = 5;
/** Pause between two calls: a page makes one in two seconds, so that these are ten pages. */
const CALL_PAUSE_MS = 200;

/** Calls of a page, by the part that it shows. */
const LOOKS: Readonly<
  Record<string, readonly (readonly [method: string, body: object])[]>
> = {
  nothing: [],
  "the overview": [
    ["load", { since: 4e12 }],
    ["node_metrics", {}],
    ["info", {}],
  ],
  "connections by rate": [["connections", { sort: "rate" }]],
  "a search for connections": [["connections", { search: "stander-1" }]],
  "channels by rate": [["channels_page", { sort: "rate" }]],
};

/** Trace of a channel that all bystanders are in. */
const TRACE = { channel: "crowd", payloads: true, seconds: 600 };

/** Round trips beside each part of the page. */
export function inspectorContests(setting: Setting): Contest[] {
  const size = setting.isQuick ? 1_000 : 10_000;
  const contenders = [...Object.keys(LOOKS), "a trace"].map((part) => ({
    name: `beside ${part}`,
    measure: () => onAllCores(() => measureLook(part, size, setting)),
  }));
  return [{
    title: `Inspector: ${BYSTANDERS} clients beside operators`,
    load: `A hub of ${size} connections and ${size} channels. Each of the ` +
      "clients publishes to itself every 20 ms, by turns alone and while one " +
      `part of the inspector is asked for every ${CALL_PAUSE_MS} ms, as by ` +
      "ten pages.",
    contenders,
    figures: ["aloneP50Ms", "p50Ms", "aloneP99Ms", "p99Ms"],
    marks: [],
    turnMs: 2.2 * setting.measureMs + 8_000,
  }];
}

async function measureLook(
  part: string,
  size: number,
  { entry, measureMs }: Setting,
): Promise<Sample> {
  await using server = await thrum(entry)(FLOODED_SERVER);
  const url = `127.0.0.1:${server.port}`;
  const load = {
    mode: "connect",
    connections: size,
    window: 64,
    subscriber: { path: "/ws" },
  } as const;
  await using _crowd = await IdleCrowd.open(load, server);
  using _channels = await openChannels(`ws://${url}`, size);
  using bystanders = await Bystanders.open({
    size: BYSTANDERS,
    url: `ws://${url}`,
  });
  const durationMs = measureMs / ROUNDS;
  const measure = async () => {
    const times = await bystanders.measure(durationMs);
    return { p50: times.quantileMs(0.5), p99: times.quantileMs(0.99) };
  };
  // The first round trips and looks run code that is not compiled yet.
  await looking(`http://${url}`, part, measure);
  const alone: RoundTrips[] = [];
  const lookedAt: RoundTrips[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await measure());
    lookedAt.push(await looking(`http://${url}`, part, measure));
  }
  return {
    values: {
      aloneP50Ms: median(alone.map(({ p50 }) => p50)),
      aloneP99Ms: median(alone.map(({ p99 }) => p99)),
      p50Ms: median(lookedAt.map(({ p50 }) => p50)),
      p99Ms: median(lookedAt.map(({ p99 }) => p99)),
    },
  };
}

/** Clients that have `size` channels together. */
async function openChannels(url: string, size: number): Promise<Disposable> {
  const sockets: WebSocket[] = [];
  for (let first = 0; first < size; first += CHANNELS_OF_ONE) {
    const socket = new WebSocket(`${url}/ws?uid=owner-${first}`);
    sockets.push(socket);
    await new Promise((resolve) => socket.onopen = resolve);
    const done = new Promise<void>((resolve) => {
      socket.onmessage = ({ data }) => data === "pong" && resolve();
    });
    for (let channel = 0; channel < CHANNELS_OF_ONE; channel++) {
      socket.send(`+#channel-${first + channel}`);
    }
    socket.send("ping");
    await done;
  }
  return {
    [Symbol.dispose]() {
      for (const socket of sockets) socket.close();
    },
  };
}

/** Measures while one part is looked at. */
async function looking<T>(
  url: string,
  part: string,
  measure: () => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const look = part === "a trace"
    ? followTrace(url, stop.signal)
    : callAgain(url, LOOKS[part] ?? [], stop.signal);
  try {
    return await measure();
  } finally {
    stop.abort();
    await look;
  }
}

async function callAgain(
  url: string,
  calls: readonly (readonly [method: string, body: object])[],
  signal: AbortSignal,
): Promise<void> {
  if (calls.length === 0) return;
  const pending = new Set<Promise<void>>();
  while (!signal.aborted) {
    for (const [method, body] of calls) {
      const calling = call(url, method, body)
        .then((response) => response.text())
        .then((text) => requireResult(method, text))
        .finally(() => pending.delete(calling));
      pending.add(calling);
    }
    await new Promise((resolve) => setTimeout(resolve, CALL_PAUSE_MS));
  }
  await Promise.all(pending);
}

function requireResult(method: string, text: string): void {
  if (text.startsWith('{"result":')) return;
  throw new Error(`Cannot look by ${method}: ${text.slice(0, 200)}`);
}

async function followTrace(url: string, signal: AbortSignal): Promise<void> {
  const response = await call(url, "trace", TRACE);
  const reader = response.body?.getReader();
  signal.addEventListener("abort", () => void reader?.cancel());
  while (reader !== undefined && !(await reader.read()).done);
}

function call(url: string, method: string, body: object): Promise<Response> {
  return fetch(`${url}/api/${method}`, {
    method: "POST",
    headers: { "X-API-Key": API_KEY },
    body: JSON.stringify(body),
  });
}
