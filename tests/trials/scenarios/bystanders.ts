/** Clients that do nothing wrong, in a thread of their own: how long each of their messages takes to come back to them. */

import { Histogram } from "../../../bench/histogram.ts";
import { TextClient } from "../../support/text_client.ts";

/** What the thread is asked. */
type Order =
  | { readonly type: "open"; readonly url: string; readonly count: number }
  | { readonly type: "take" };

/** What it answers: ready, or what was measured since the last answer. */
export interface Latencies {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How late the thread itself was, in 99 of 100 moments: part of its latencies, and not the server's. */
  readonly ownP99Ms: number;
}

/** Time between two messages of a client. */
const PERIOD_MS = 100;
/** Time between two looks at how late the thread is. */
const LOOK_MS = 5;

/** The thread, as others use it. */
export class Bystanders implements Disposable {
  readonly #worker = new Worker(import.meta.url, { type: "module" });

  /** Connects `count` clients to the server at `url`, an `http:` URL. */
  static async open(url: string, count: number): Promise<Bystanders> {
    const bystanders = new Bystanders();
    await bystanders.#ask({ type: "open", url, count });
    return bystanders;
  }

  /** Latencies since the last call. */
  take(): Promise<Latencies> {
    return this.#ask({ type: "take" });
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }

  #ask(order: Order): Promise<Latencies> {
    const { promise, resolve, reject } = Promise.withResolvers<Latencies>();
    this.#worker.onmessage = ({ data }: MessageEvent<Latencies>) =>
      resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    this.#worker.postMessage(order);
    return promise;
  }
}

const histogram = new Histogram();
const delays = new Histogram();

/** Sends itself the time again and again. */
async function echo(url: string, uid: string, delayMs: number): Promise<void> {
  const client = await TextClient.open(`${url}/ws?uid=${uid}`, {
    timeoutMs: 120_000,
  });
  setTimeout(() => {
    setInterval(
      () => client.send(`${uid}:${performance.now()}`),
      PERIOD_MS,
    );
  }, delayMs);
  void (async () => {
    for (;;) {
      const sentAt = Number(await client.next());
      histogram.record(performance.now() - sentAt);
    }
  })();
}

/** Measures from now on how late this thread is. */
function watchDelay(): void {
  let due = performance.now() + LOOK_MS;
  setInterval(() => {
    const now = performance.now();
    delays.record(Math.max(now - due, 0));
    due = now + LOOK_MS;
  }, LOOK_MS);
}

async function obey(order: Order): Promise<Latencies> {
  if (order.type === "open") {
    watchDelay();
    for (let index = 0; index < order.count; index++) {
      const delayMs = PERIOD_MS * index / order.count;
      await echo(order.url, `bystander-${index}`, delayMs);
    }
  }
  const latencies = {
    count: histogram.total,
    p50Ms: histogram.quantileMs(0.5),
    p99Ms: histogram.quantileMs(0.99),
    ownP99Ms: delays.quantileMs(0.99),
  };
  histogram.reset();
  delays.reset();
  return latencies;
}

/** The part of a worker's scope that is used. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(message: Latencies): void;
}

function isWorker(scope: object): scope is WorkerScope {
  return !("Window" in scope) && "postMessage" in scope;
}

if (isWorker(globalThis)) {
  const scope: WorkerScope = globalThis;
  scope.onmessage = async ({ data }) => scope.postMessage(await obey(data));
}
