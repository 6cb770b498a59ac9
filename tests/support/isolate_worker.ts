/** An isolate with a broker of its own, which does what a test says. */

/// <reference lib="deno.worker" />

import { IsolatesBroker } from "../../lib/broker/isolates/broker.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import type { Publication } from "../../lib/base/publication.ts";
import { fastClock } from "./fast_clock.ts";
import type {
  IsolateCommand,
  IsolateReport,
  IsolateSetup,
} from "./isolate_messages.ts";

const questions = new Map<number, PromiseWithResolvers<unknown>>();
let broker: IsolatesBroker;
let deliveries: Publication[] = [];

function report(report: IsolateReport): void {
  self.postMessage(report);
}

function setUp(
  { cluster, ttlMs, timeoutMs, hasLocks, pace = 1 }: IsolateSetup,
): void {
  // As on a platform that has none.
  if (!hasLocks) {
    Reflect.deleteProperty(Object.getPrototypeOf(navigator), "locks");
  }
  const clock = fastClock(pace);
  broker = new IsolatesBroker({
    random: systemRandom,
    clock,
    presence: new MemoryPresence({ clock, ttlMs }),
    cluster,
    timeoutMs,
    onWarn: (event, fields) =>
      report({ type: "warning", event, fields: JSON.stringify(fields) }),
  });
  report({ type: "made", node: broker.node });
}

function deliver(publication: Publication): boolean {
  if (deliveries.length === 0) {
    systemClock.soon(() => {
      report({ type: "deliveries", publications: deliveries });
      deliveries = [];
    });
  }
  deliveries.push(publication);
  return true;
}

function ask(value: unknown): Promise<unknown> {
  const id = questions.size + 1;
  const answer = Promise.withResolvers<unknown>();
  questions.set(id, answer);
  report({ type: "question", id, value });
  return answer.promise;
}

function start(): void {
  broker.start({
    deliver,
    answer: ask,
    checkPositions: () => report({ type: "checkPositions" }),
  });
  const stop = systemClock.every(1, () => {
    if (!broker.ready) return;
    stop();
    report({ type: "ready" });
  });
}

async function settle(
  id: number,
  call: () => unknown,
): Promise<void> {
  try {
    report({ type: "settled", id, value: await call() });
  } catch (error) {
    report({ type: "failed", id, reason: String(error) });
  }
}

function invoke(
  target: object,
  { method, args }: {
    readonly method: string;
    readonly args: readonly unknown[];
  },
): unknown {
  const found: unknown = Reflect.get(target, method);
  if (typeof found === "function") return found.apply(target, args);
  throw new TypeError(`There is no method "${method}"`);
}

self.onmessage = ({ data }: MessageEvent<IsolateCommand>) => {
  switch (data.type) {
    case "setup":
      return setUp(data.setup);
    case "start":
      return start();
    case "broker":
      return void settle(data.id, () => invoke(broker, data));
    case "presence":
      return void settle(data.id, () => invoke(broker.presence, data));
    case "publishMany": {
      const { id, draft, count } = data;
      const published = Array.from(
        { length: count },
        (_, index) =>
          broker.publish({ ...draft, payload: `${draft.payload}${index}` }),
      );
      return void settle(id, async () => {
        const ends = await Promise.allSettled(published);
        return ends.map((end) =>
          end.status === "fulfilled" ? end.value.offset : -1
        );
      });
    }
    case "answer": {
      const { id, value, reason } = data;
      const question = questions.get(id);
      if (reason === undefined) question?.resolve(value);
      else question?.reject(new Error(reason));
      return;
    }
    case "throw":
      // Outside the handler, so that it is nobody's.
      return void systemClock.soon(() => {
        throw new Error("thrown as the test said");
      });
  }
};
