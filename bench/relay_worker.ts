/** One isolate of the `relay` scenario: it orders, publishes or listens. */

import { IsolatesBroker } from "../lib/broker/isolates/broker.ts";
import { systemClock } from "../lib/base/clock.ts";
import { systemRandom } from "../lib/base/random.ts";
import { MemoryPresence } from "../lib/presence/memory.ts";
import { Histogram } from "./histogram.ts";

/** What an isolate is told to do. */
export type RelayTask =
  | { readonly type: "open"; readonly cluster: string }
  | { readonly type: "listen"; readonly messages: number }
  | {
    readonly type: "publish";
    readonly messages: number;
    readonly bytes: number;
    /** Publications per second; 0 for as many as go. */
    readonly rate: number;
  };

/** What an isolate says. */
export type RelayReport =
  | { readonly type: "ready" }
  | { readonly type: "published" }
  | {
    readonly type: "heard";
    /** Milliseconds since 1970 of the last one. */
    readonly lastMs: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
  }
  | { readonly type: "failed"; readonly message: string };

const CHANNEL = "room";
/** Publications in flight where no rate is wanted. */
const WINDOW = 4_096;
const TICK_MS = 1;
/** One part in so many is not timed. */
const WARM_UP = 3;

const clock = systemClock;
const latency = new Histogram();
let expected = 0;
let next = 0;

let broker: IsolatesBroker;

/** Finer than Date.now, and the same scale in every isolate. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function say(report: RelayReport): void {
  self.postMessage(report);
}

function fail(error: unknown): void {
  say({ type: "failed", message: String(error) });
}

/** Every payload says when it was published, and its number. */
function deliver(payload: string): void {
  const [sentMs, number] = payload.split(" ").map(Number);
  if (number !== next) {
    return say({ type: "failed", message: `${number} instead of ${next}` });
  }
  next++;
  // The first ones wait for a program that is still being compiled.
  if (next > expected / WARM_UP) latency.record(now() - sentMs!);
  if (next < expected) return;
  say({
    type: "heard",
    lastMs: now(),
    p50Ms: latency.quantileMs(0.5),
    p99Ms: latency.quantileMs(0.99),
  });
}

async function publish(from: number, to: number, bytes: number) {
  const sending = [];
  for (let number = from; number < to; number++) {
    const payload = `${now()} ${number} `.padEnd(bytes, "x");
    sending.push(broker.publish({ channel: CHANNEL, payload }));
  }
  await Promise.all(sending);
}

async function publishAll(
  { messages, bytes, rate }: Extract<RelayTask, { type: "publish" }>,
): Promise<void> {
  if (rate === 0) {
    for (let from = 0; from < messages; from += WINDOW) {
      await publish(from, Math.min(from + WINDOW, messages), bytes);
    }
    return say({ type: "published" });
  }
  const startMs = now();
  let sent = 0;
  while (sent < messages) {
    const due = Math.floor((now() - startMs) / 1000 * rate);
    const to = Math.min(due, messages);
    publish(sent, to, bytes).catch(fail);
    sent = to;
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  say({ type: "published" });
}

async function carryOut(task: RelayTask): Promise<void> {
  switch (task.type) {
    case "open":
      broker = new IsolatesBroker({
        clock,
        random: systemRandom,
        presence: new MemoryPresence({ clock, ttlMs: 30_000 }),
        cluster: task.cluster,
      });
      broker.start({
        deliver: ({ payload }) => {
          deliver(String(payload));
          return true;
        },
        answer: () => undefined,
        checkPositions: () => {
          say({ type: "failed", message: "positions were lost" });
        },
      });
      await broker.position(CHANNEL);
      return say({ type: "ready" });
    case "listen":
      expected = task.messages;
      await broker.subscribe(CHANNEL);
      return say({ type: "ready" });
    case "publish":
      return await publishAll(task);
  }
}

self.onmessage = ({ data }: MessageEvent<RelayTask>) => {
  carryOut(data).catch(fail);
};
