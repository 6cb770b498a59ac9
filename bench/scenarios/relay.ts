/** Relay: publications from one isolate to another, through a third that gives the order. */

import type { RelayReport, RelayTask } from "../relay_worker.ts";
import { figure, table } from "../report.ts";
import { median } from "../statistics.ts";

const MESSAGES = 400_000;
const TIMEOUT_MS = 30_000;
/** Seconds of the load at which the delay is measured. */
const PACED_SECONDS = 6;

/** How large publications are, and how often all of them are sent. */
export interface RelayOptions {
  readonly bytes: number;
  readonly rounds: number;
}

/** An isolate, asked one thing after another. */
class Isolate implements Disposable {
  readonly #worker = new Worker(
    new URL("../relay_worker.ts", import.meta.url),
    {
      type: "module",
    },
  );

  tell(task: RelayTask): void {
    this.#worker.postMessage(task);
  }

  /** Waits for a report of that type; whatever failed fails the run. */
  hear<Type extends RelayReport["type"]>(
    type: Type,
  ): Promise<Extract<RelayReport, { type: Type }>> {
    const { promise, resolve, reject } = Promise.withResolvers<
      Extract<RelayReport, { type: Type }>
    >();
    const timer = setTimeout(
      () => reject(new Error(`Cannot relay: waited in vain for "${type}"`)),
      TIMEOUT_MS,
    );
    this.#worker.onmessage = ({ data }: MessageEvent<RelayReport>) => {
      if (data.type === "failed") reject(new Error(data.message));
      if (isOf(data, type)) resolve(data);
    };
    return promise.finally(() => clearTimeout(timer));
  }

  async ask(task: RelayTask): Promise<void> {
    const ready = this.hear("ready");
    this.tell(task);
    await ready;
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}

function isOf<Type extends RelayReport["type"]>(
  report: RelayReport,
  type: Type,
): report is Extract<RelayReport, { type: Type }> {
  return report.type === type;
}

/** Publishes in one isolate, listens in another; none may be lost or out of order. */
async function relay(
  task: Omit<Extract<RelayTask, { type: "publish" }>, "type">,
) {
  // Isolates that have just been ended are strangers.
  const cluster = crypto.randomUUID();
  using sequencer = new Isolate();
  await sequencer.ask({ type: "open", cluster });
  using listener = new Isolate();
  await listener.ask({ type: "open", cluster });
  await listener.ask({ type: "listen", messages: task.messages });
  using publisher = new Isolate();
  await publisher.ask({ type: "open", cluster });
  const startMs = performance.timeOrigin + performance.now();
  const [heard] = await Promise.all([
    listener.hear("heard"),
    publisher.hear("published"),
    publisher.tell({ type: "publish", ...task }),
  ]);
  return { ...heard, rate: task.messages / (heard.lastMs - startMs) * 1000 };
}

/** Relays as fast as it goes, then at half that; returns the report. */
export async function measureRelay(
  { bytes, rounds }: RelayOptions,
): Promise<string> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    rates.push((await relay({ messages: MESSAGES, bytes, rate: 0 })).rate);
  }
  const rate = Math.floor(median(rates) / 2);
  const paced: Awaited<ReturnType<typeof relay>>[] = [];
  for (let round = 0; round < rounds; round++) {
    const messages = rate * PACED_SECONDS;
    paced.push(await relay({ messages, bytes, rate }));
  }
  const of = (key: "p50Ms" | "p99Ms") =>
    figure(median(paced.map((each) => each[key])), 2);
  return table([
    ["median of the rounds", "publications/s", "lost", "p50 ms", "p99 ms"],
    ["as fast as it goes", figure(median(rates)), "0", "", ""],
    ["at half of that", figure(rate), "0", of("p50Ms"), of("p99Ms")],
  ]);
}
