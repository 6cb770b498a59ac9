/** A crowd whose connections all end at once, and that all comes back at once. */

import { processRssBytes } from "../../../bench/process_stat.ts";
import { API_KEY } from "../../routes/api_server.ts";
import { asGenerator, pinned, SERVER_CORE } from "../../../bench/pinning.ts";
import { readHealth, startServer } from "../../e2e/text_server.ts";
import { eventually } from "../../support/eventually.ts";
import type { TestServer } from "../../support/server.ts";
import { Bystanders } from "./bystanders.ts";
import { MemoryWatch } from "./memory_watch.ts";
import { Publisher } from "./publisher.ts";
import { Subscriber, sumOf } from "./subscriber.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";
import { channelNames, pause, repeat } from "./wait.ts";

interface Scale {
  readonly clients: number;
  readonly channels: number;
  /** Publications to each channel that the crowd misses. */
  readonly missed: number;
  readonly bystanders: number;
  /** Calm before, in milliseconds, with the latencies to compare with. */
  readonly calmMs: number;
  /** The mark of the bystanders' 99th percentile. */
  readonly p99Ms: number;
  /** Keeps the server on one core and its clients on another, so that neither delays the other. */
  readonly isPinned: boolean;
}

/** Time in which they must be back. */
const BACK_WITHIN_MS = 30_000;
const RECOVERED_PERCENT = 99.9;
/** Memory of the crowd may double, not more. */
const MEMORY_PERCENT = 200;
/** Pause of a client whose attempt failed. */
const RETRY_MS = 500;

/** Connects again until it succeeds or the time is over; returns when. */
async function comeBack(
  subscriber: Subscriber,
  deadlineAt: number,
): Promise<number> {
  while (performance.now() < deadlineAt) {
    try {
      await subscriber.connect(deadlineAt - performance.now());
      return performance.now();
    } catch {
      await pause(RETRY_MS * (0.5 + Math.random()));
    }
  }
  return Infinity;
}

/** What became of the crowd; `times` are those of the returns. */
function figuresOf(
  all: readonly Subscriber[],
  { scale, times, from, lostBefore }: {
    readonly scale: Scale;
    readonly times: readonly number[];
    readonly from: number;
    readonly lostBefore: number;
  },
): Figure[] {
  const complete = all.filter(({ isOpen, newest }) =>
    isOpen && newest === scale.missed + 1
  );
  const sorted = times.toSorted((a, b) => a - b);
  const last = sorted[Math.ceil(times.length * RECOVERED_PERCENT / 100) - 1]!;
  return [
    { name: "clients", value: all.length },
    {
      name: "recovered with all that they missed within 30 s",
      value: complete.length / all.length * 100,
      unit: "%",
      atLeast: RECOVERED_PERCENT,
    },
    {
      name: "99.9 % are back after",
      value: (last - from) / 1_000,
      unit: "s",
      atMost: BACK_WITHIN_MS / 1_000,
    },
    none(
      "told that they did not recover",
      sumOf(all, "unrecovered") - lostBefore,
    ),
    none("gaps and duplicates", sumOf(all, "missing") + sumOf(all, "twice")),
  ];
}

/** A crowd of subscribers, all of them connected. */
async function openAll(
  { clients }: Scale,
  url: () => string,
  channels: readonly string[],
): Promise<Subscriber[]> {
  const all = Array.from({ length: clients }, (_, index) =>
    new Subscriber({
      channel: channels[index % channels.length]!,
      url,
      readBufferBytes: 4_096,
    }));
  await repeat(all.length, 64, (index) => all[index]!.connect());
  return all;
}

/** Cuts all of them off, and publishes what they miss once the hub knows. */
async function cutAll(
  all: readonly Subscriber[],
  { server, publisher, scale }: {
    readonly server: TestServer;
    readonly publisher: Publisher;
    readonly scale: Scale;
  },
): Promise<void> {
  all.forEach((subscriber) => subscriber.cut());
  await eventually(
    async () => (await readHealth(server)).connections === scale.bystanders,
    { awaited: "the hub to know that they have gone", timeoutMs: 30_000 },
  );
  await publisher.burst(scale.missed * scale.channels);
}

async function scenario(
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const launcher = scale.isPinned ? pinned(SERVER_CORE, []) : [];
  await using server = await startServer({ API_KEY }, { launcher });
  const comeBack = () => comeBackAll(server, scale, progress);
  return await (scale.isPinned ? asGenerator(comeBack) : comeBack());
}

async function comeBackAll(
  server: TestServer,
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const url = () => server.url;
  const channels = channelNames(scale.channels);
  const all = await openAll(scale, url, channels);
  progress(`${all.length} clients`);
  using bystanders = await Bystanders.open(server.url, scale.bystanders);
  const publisher = new Publisher({ url, channels, perSecond: 0 });
  await publisher.burst(channels.length);
  await bystanders.take();
  await pause(scale.calmMs);
  const calm = await bystanders.take();

  const before = processRssBytes(server.pid);
  using memory = new MemoryWatch(server);
  const lostBefore = sumOf(all, "unrecovered");
  await cutAll(all, { server, publisher, scale });
  const cut = await bystanders.take();
  const from = performance.now();
  const times = await Promise.all(
    all.map((subscriber) => comeBack(subscriber, from + BACK_WITHIN_MS)),
  );
  const storm = await bystanders.take();
  const { mostBytes } = memory;
  memory[Symbol.dispose]();
  const figures = [
    ...figuresOf(all, { scale, times, from, lostBefore }),
    { name: "p99 of bystanders before", value: calm.p99Ms, unit: "ms" },
    {
      name: "p99 of bystanders while all go",
      value: cut.p99Ms,
      unit: "ms",
    },
    {
      name: "p99 of bystanders while all come back",
      value: storm.p99Ms,
      unit: "ms",
      atMost: scale.p99Ms,
    },
    { name: "of that their own delay", value: storm.ownP99Ms, unit: "ms" },
    { name: "memory before", value: before / 1e6, unit: "MB" },
    {
      name: "most memory",
      value: mostBytes / before * 100,
      unit: "%",
      atMost: MEMORY_PERCENT,
    },
  ];
  bystanders[Symbol.dispose]();
  // The side that closes first keeps the ports for a minute.
  await server[Symbol.asyncDispose]();
  return figures;
}

export const comingBack = createTrial({
  name: "return",
  promise:
    "A crowd that comes back at once has recovered within 30 s in twice the memory",
  scales: {
    ci: {
      clients: 500,
      channels: 10,
      missed: 10,
      bystanders: 20,
      calmMs: 500,
      p99Ms: 500,
      isPinned: false,
    },
    full: {
      clients: 10_000,
      channels: 100,
      missed: 20,
      bystanders: 50,
      calmMs: 5_000,
      p99Ms: 500,
      isPinned: true,
    },
  },
  scenario,
});
