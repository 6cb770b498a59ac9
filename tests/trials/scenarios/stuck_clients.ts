/** One client in ten that stops reading: the latency of the others, the memory that it holds, and the time until it is gone. */

import { assertEquals } from "@std/assert";
import { Histogram } from "../../../bench/histogram.ts";
import { asGenerator, pinned, SERVER_CORE } from "../../../bench/pinning.ts";
import { connect, startServer } from "../../e2e/text_server.ts";
import { eventually } from "../../support/eventually.ts";
import { RawSocket } from "../../support/raw_socket.ts";
import type { TestServer } from "../../support/server.ts";
import type { TextClient } from "../../support/text_client.ts";
import { MemoryWatch } from "./memory_watch.ts";
import { subscribeFrame, TimedReader } from "./timed_reader.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";
import { repeat } from "./wait.ts";

interface Scale {
  readonly readers: number;
  readonly stuck: number;
  /** Messages of 1 KiB each second. */
  readonly perSecond: number;
  readonly baselineMs: number;
  /** Keeps the server on one core and its clients on another. */
  readonly isPinned: boolean;
}

const CHANNEL = "news";
const MESSAGE = "x".repeat(1_024);
/** Close code of a slow consumer. */
const SLOW = 3008;
const TICK_MS = 10;
const WARM_UP_MS = 1_000;
/** Time of one percentile: another process of the machine delays some of them, and clients that harm others delay each. */
const SLICE_MS = 250;
const TRIES = 3;
/** Slices at the end in which the hub holds what clients do not read: before, the kernel does. */
const HELD_SLICES = 5;
/** The kernel takes some megabytes for a client that does not read, before the hub notices. */
const GONE_WITHIN_MS = 10_000;
/** Bytes that the kernel takes at the client's side. */
const RECEIVE_BYTES = 16_384;
/** Most that the 99th percentile may be, as a multiple of that without stuck clients. */
const MOST_DELAY = 1.2;
/** What a tick of the publisher adds: a message comes with those of its tick or of the next one. */
const NOISE_MS = TICK_MS;
/** What the collector of garbage may leave for later. */
const GARBAGE_BYTES = 16 * 1_048_576;
const HELD_BYTES = 1_048_576;

/** What one try found out. */
interface Outcome {
  readonly baseline: number;
  readonly p99: number;
  readonly goneMs: number;
  readonly heldBytes: number;
  /** Clients that were closed with another code than 3008. */
  readonly otherwise: number;
}

/** All who get the messages, and who sends them. */
class Crowd implements AsyncDisposable {
  readonly #server: TestServer;
  readonly #stack = new AsyncDisposableStack();
  readonly #readers: TimedReader[] = [];
  readonly #latencies = new Histogram();
  /** 99th percentile of each slice. */
  #slices: number[] = [];
  #publisher: TextClient | undefined;
  #failure: unknown;

  constructor(server: TestServer) {
    this.#server = server;
  }

  async open(readers: number): Promise<void> {
    this.#publisher = this.#stack.use(await connect(this.#server));
    await repeat(readers, 50, async () => {
      const reader = await TimedReader.open({
        url: this.#server.url,
        channel: CHANNEL,
        onFrame: (sentAt) =>
          this.#latencies.record(performance.now() - Number(sentAt)),
        onFailure: (error) => this.#failure ??= error,
      });
      this.#readers.push(this.#stack.use(reader));
    });
  }

  /** Adds clients that subscribe and never read again. */
  async addStuck(count: number): Promise<void> {
    const url = new URL("/connection/websocket", this.#server.url);
    for (let index = 0; index < count; index++) {
      const socket = this.#stack.use(
        await RawSocket.connect(url, { receiveBytes: RECEIVE_BYTES }),
      );
      const { status } = await socket.request();
      assertEquals(status, 101);
      await socket.write(subscribeFrame(CHANNEL));
    }
  }

  /**
   * Publishes until `isOver`, and returns the time until the readers have a message, the
   * oldest of each frame: the 99th percentile of each slice.
   */
  async measure(
    perSecond: number,
    isOver: (elapsedMs: number) => boolean,
  ): Promise<readonly number[]> {
    this.#latencies.reset();
    this.#slices = [];
    const before = this.#readers.map(({ count }) => count);
    const begin = performance.now();
    let sent = 0;
    for (let elapsed = 0; !isOver(elapsed);) {
      elapsed = performance.now() - begin;
      // The rate is kept up, whatever a timer is late.
      for (; sent < elapsed / 1_000 * perSecond; sent++) {
        this.#publisher!.send(`#${CHANNEL}:${performance.now()} ${MESSAGE}`);
      }
      if (elapsed > (this.#slices.length + 1) * SLICE_MS) this.#endSlice();
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    await eventually(() => {
      if (this.#failure !== undefined) throw this.#failure;
      return this.#readers.every(({ count }, index) =>
        count - before[index]! === sent
      );
    }, { awaited: "each message at each reader", timeoutMs: 60_000 });
    this.#endSlice();
    return this.#slices;
  }

  #endSlice(): void {
    const { total } = this.#latencies;
    // A slice in which nothing arrives is the worst.
    this.#slices.push(
      total === 0 ? Infinity : this.#latencies.quantileMs(0.99),
    );
    this.#latencies.reset();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

/** Measures without stuck clients, and with them until they are gone. */
async function measureBoth(scale: Scale): Promise<Outcome> {
  const { perSecond, stuck, baselineMs } = scale;
  await using server = await startServer({ LOG_LEVEL: "debug" }, {
    launcher: scale.isPinned ? pinned(SERVER_CORE, []) : [],
  });
  await using crowd = new Crowd(server);
  await crowd.open(scale.readers);
  const during = (ms: number) =>
    crowd.measure(perSecond, (elapsed) => elapsed > ms);
  await during(WARM_UP_MS);
  using before = new MemoryWatch(server);
  const baseline = medianOf(await during(baselineMs));
  before[Symbol.dispose]();

  await crowd.addStuck(stuck);
  using memory = new MemoryWatch(server);
  const ends = () => server.logs.filter(({ code }) => code !== undefined);
  let goneMs = Infinity;
  const slices = await crowd.measure(perSecond, (elapsed) => {
    if (ends().length >= stuck) goneMs = Math.min(goneMs, elapsed);
    return goneMs < Infinity || elapsed > 2 * GONE_WITHIN_MS;
  });
  return {
    baseline,
    p99: Math.max(medianOf(slices), medianOf(slices.slice(-HELD_SLICES))),
    goneMs,
    heldBytes: memory.mostBytes - before.mostBytes,
    otherwise: ends().filter(({ code }) => code !== SLOW).length,
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function mostOf(baseline: number): number {
  return Math.max(MOST_DELAY * baseline, baseline + NOISE_MS);
}

/** How much later readers get messages, as a share of the mark: 1 and less keeps the promise. */
function delayOf({ baseline, p99 }: Outcome): number {
  return p99 / mostOf(baseline);
}

async function bestOf(scale: Scale, progress: Progress): Promise<Outcome> {
  let best: Outcome | undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await measureBoth(scale);
    progress(`p99 ${outcome.p99} ms, without them ${outcome.baseline} ms`);
    if (best === undefined || delayOf(outcome) < delayOf(best)) best = outcome;
    if (delayOf(best) <= 1) break;
  }
  return best!;
}

async function scenario(
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const tries = () => bestOf(scale, progress);
  const outcome = await (scale.isPinned ? asGenerator(tries) : tries());
  const { baseline, p99, goneMs, heldBytes, otherwise } = outcome;
  return [
    { name: "stuck clients", value: scale.stuck },
    { name: "readers", value: scale.readers },
    {
      name: "p99 of the readers before, in the median quarter second",
      value: baseline,
      unit: "ms",
    },
    {
      name: "p99 of the readers, there and at the end",
      value: p99,
      unit: "ms",
      atMost: mostOf(baseline),
    },
    {
      name: "gone with 3008 after",
      value: goneMs,
      unit: "ms",
      atMost: GONE_WITHIN_MS,
    },
    none("clients with another end", otherwise),
    {
      name: "memory held",
      value: heldBytes / 1e6,
      unit: "MB",
      atMost: (scale.stuck * HELD_BYTES + GARBAGE_BYTES) / 1e6,
    },
  ];
}

export const stuckClients = createTrial({
  name: "stuck",
  promise:
    "A client that does not read delays no other, holds 1 MiB and is gone with 3008 within 10 s",
  scales: {
    ci: {
      readers: 45,
      stuck: 5,
      perSecond: 1_000,
      baselineMs: 5_000,
      isPinned: false,
    },
    // A quarter of the thousand: each megabyte is sent and read on the same two cores.
    full: {
      readers: 225,
      stuck: 25,
      perSecond: 1_000,
      baselineMs: 5_000,
      isPinned: true,
    },
  },
  scenario,
});
