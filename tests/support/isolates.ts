/** Isolates, each with a broker of its own that a test drives as if it were here. */

import type { IsolatesBroker } from "../../lib/broker/isolates/broker.ts";
import type {
  Broker,
  BrokerNode,
  PublishRequest,
} from "../../lib/broker/types.ts";
import type { Presence } from "../../lib/presence/types.ts";
import { deadline } from "./deadline.ts";
import type {
  IsolateCommand,
  IsolateReport,
  IsolateSetup,
} from "./isolate_messages.ts";

type Method = Exclude<keyof IsolatesBroker, "presence">;

/** A broker in an isolate of its own. */
export class IsolateBroker implements Broker {
  node = "";
  ready = false;
  readonly mode = "isolate";
  /** What its broker warned of. */
  readonly warnings: string[] = [];
  /** Its presence. */
  readonly presence: Presence;
  readonly #worker: Worker;
  readonly #made = Promise.withResolvers<void>();
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #owner: BrokerNode | undefined;
  #id = 0;
  #ended = false;

  private constructor(setup: IsolateSetup) {
    const url = new URL("./isolate_worker.ts", import.meta.url);
    this.#worker = new Worker(url, { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<IsolateReport>) =>
      this.#receive(data);
    // An isolate that throws ends; the test is not to end with it.
    this.#worker.onerror = (event) => event.preventDefault();
    this.#send({ type: "setup", setup });
    this.presence = this.#presence(setup.ttlMs);
  }

  /** Starts an isolate and makes its broker. */
  static async make(setup: IsolateSetup): Promise<IsolateBroker> {
    const broker = new IsolateBroker(setup);
    await deadline(broker.#made.promise, {
      awaited: "an isolate",
      timeoutMs: 20_000,
    });
    return broker;
  }

  start(owner: BrokerNode): void {
    this.#owner = owner;
    this.#send({ type: "start" });
  }

  subscribe(channel: string): Promise<void> {
    return this.#call("subscribe", channel);
  }

  unsubscribe(channel: string): Promise<void> {
    return this.#call("unsubscribe", channel);
  }

  publish(draft: PublishRequest): ReturnType<Broker["publish"]> {
    return this.#call("publish", draft);
  }

  /** Publishes many in one go; resolves with their offsets, -1 for each that failed. */
  publishMany(
    draft: PublishRequest & { readonly payload: string },
    count: number,
  ): Promise<readonly number[]> {
    return this.#wait((id) => ({ type: "publishMany", id, draft, count }));
  }

  position(channel: string): ReturnType<Broker["position"]> {
    return this.#call("position", channel);
  }

  recover(
    ...args: Parameters<Broker["recover"]>
  ): ReturnType<Broker["recover"]> {
    return this.#call("recover", ...args);
  }

  history(
    ...args: Parameters<Broker["history"]>
  ): ReturnType<Broker["history"]> {
    return this.#call("history", ...args);
  }

  removeHistory(channel: string): Promise<void> {
    return this.#call("removeHistory", channel);
  }

  call(...args: Parameters<Broker["call"]>): ReturnType<Broker["call"]> {
    return this.#call("call", ...args);
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#call("close");
  }

  /** Lets the isolate throw what nobody catches. */
  throw(): void {
    this.#ended = true;
    this.#send({ type: "throw" });
  }

  /** Ends the isolate without a word. */
  terminate(): void {
    this.#ended = true;
    this.#worker.terminate();
    for (const { reject } of this.#calls.values()) {
      reject(new Error("the isolate has ended"));
    }
    this.#calls.clear();
  }

  #call<T>(method: Method, ...args: readonly unknown[]): Promise<T> {
    return this.#wait((id) => ({ type: "broker", id, method, args }));
  }

  /** The isolate is a part of the test: what it answers is what was asked for. */
  #wait<T>(make: (id: number) => IsolateCommand): Promise<T> {
    const settled = Promise.withResolvers<T>();
    const { promise, resolve, reject } = settled;
    this.#calls.set(++this.#id, {
      promise,
      resolve: (value) => resolve(value as T),
      reject,
    });
    this.#send(make(this.#id));
    return promise;
  }

  #presence(ttlMs: number): Presence {
    const ask = <T>(method: keyof Presence, ...args: readonly unknown[]) =>
      this.#wait<T>((id) => ({ type: "presence", id, method, args }));
    return {
      ttlMs,
      add: (channel, info) => ask("add", channel, info),
      remove: (channel, client) => ask("remove", channel, client),
      get: (channel) => ask("get", channel),
      stats: (channel) => ask("stats", channel),
      close: () => ask("close"),
    };
  }

  #send(command: IsolateCommand): void {
    this.#worker.postMessage(command);
  }

  #receive(report: IsolateReport): void {
    switch (report.type) {
      case "made":
        this.node = report.node;
        return this.#made.resolve();
      case "ready":
        this.ready = true;
        return;
      case "settled":
        this.#calls.get(report.id)?.resolve(report.value);
        return void this.#calls.delete(report.id);
      case "failed":
        this.#calls.get(report.id)?.reject(new Error(report.reason));
        return void this.#calls.delete(report.id);
      case "deliveries":
        for (const publication of report.publications) {
          this.#owner?.deliver(publication);
        }
        return;
      case "question":
        return void this.#answer(report.id, report.value);
      case "checkPositions":
        return this.#owner?.checkPositions();
      case "warning":
        this.warnings.push(`${report.event} ${report.fields}`);
    }
  }

  async #answer(id: number, question: unknown): Promise<void> {
    try {
      const value = await this.#owner?.answer(question);
      this.#send({ type: "answer", id, value });
    } catch (error) {
      this.#send({ type: "answer", id, reason: String(error) });
    }
  }
}

/** Starts so many isolates of one cluster. */
export function makeIsolates(
  count: number,
  options: Partial<IsolateSetup> = {},
): Promise<readonly IsolateBroker[]> {
  const setup: IsolateSetup = {
    cluster: `test ${crypto.randomUUID()}`,
    ttlMs: 30_000,
    timeoutMs: 5_000,
    hasLocks: true,
    ...options,
  };
  return Promise.all(
    Array.from({ length: count }, () => IsolateBroker.make(setup)),
  );
}
