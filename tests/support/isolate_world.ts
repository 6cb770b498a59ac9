/** Isolates with brokers whose time, channels and locks are in the hands of a test. */

import {
  IsolatesBroker,
  type IsolatesBrokerOptions,
} from "../../lib/broker/isolates/broker.ts";
import type { BrokerNode } from "../../lib/broker/types.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import type { Publication } from "../../lib/base/publication.ts";
import { FakeClock, fakeRandom } from "./fake_clock.ts";
import { FakeLocks } from "./fake_locks.ts";
import { type FakeIsolate, FakeNet } from "./fake_net.ts";

const TTL_MS = 30_000;
/** So long a step of the time is, in milliseconds. */
const STEP_MS = 10;

/** What a node got, in its order: a publication, or word that its positions may be lost. */
export type Event =
  | { readonly type: "delivered"; readonly publication: Publication }
  | { readonly type: "check" };

/** An isolate with its broker. */
export class WorldNode implements BrokerNode {
  readonly broker: IsolatesBroker;
  readonly events: Event[] = [];
  readonly warnings: string[] = [];
  readonly isolate: FakeIsolate;
  /** Answers questions; a test may replace it. */
  onQuestion: (question: unknown) => unknown = (question) => question;

  constructor(
    isolate: FakeIsolate,
    options: Omit<IsolatesBrokerOptions, "onWarn">,
  ) {
    this.isolate = isolate;
    this.broker = new IsolatesBroker({
      ...isolate,
      ...options,
      onWarn: (event) => this.warnings.push(event),
    });
  }

  deliver(publication: Publication): boolean {
    this.events.push({ type: "delivered", publication });
    return true;
  }

  answer(question: unknown): unknown {
    return this.onQuestion(question);
  }

  checkPositions(): void {
    this.events.push({ type: "check" });
  }

  /** What was delivered of all channels, in its order. */
  get delivered(): readonly Publication[] {
    return this.events.flatMap((event) =>
      event.type === "delivered" ? [event.publication] : []
    );
  }

  /** How often the positions were to be checked. */
  get checks(): number {
    return this.events.filter(({ type }) => type === "check").length;
  }
}

/** A machine on which nothing happens by itself. */
export class World {
  readonly clock = new FakeClock();
  readonly net = new FakeNet();
  readonly locks = new FakeLocks();
  readonly #random = fakeRandom();

  /** Starts an isolate, in this process or in the one of other locks, and lets it find its place. */
  async start(
    options: Partial<IsolatesBrokerOptions> = {},
    locks = this.locks,
  ): Promise<WorldNode> {
    const { clock } = this;
    const node = new WorldNode(this.net.isolate(locks), {
      clock,
      random: this.#random,
      presence: new MemoryPresence({ clock, ttlMs: TTL_MS }),
      ...options,
    });
    node.broker.start(node);
    await this.turns();
    return node;
  }

  /** Starts several; the first is the sequencer. */
  async startAll(
    count: number,
    options: Partial<IsolatesBrokerOptions> = {},
  ): Promise<WorldNode[]> {
    const nodes = [];
    while (nodes.length < count) nodes.push(await this.start(options));
    return nodes;
  }

  /** Turns of all event loops, in which whatever was posted arrives; no time passes. */
  async turns(count = 6): Promise<void> {
    for (let turn = 0; turn < count; turn++) {
      await settled();
      this.clock.advance(0);
      this.net.deliverAll();
    }
    await settled();
  }

  /** Lets time pass, with turns. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      this.clock.advance(STEP_MS);
      await this.turns(2);
    }
  }

  /** Waits for a promise while time passes, 20 s at most. */
  async wait<T>(promise: T | Promise<T>): Promise<T> {
    let done = false;
    const settle = () => void (done = true);
    Promise.resolve(promise).then(settle, settle);
    for (let times = 0; times < 200 && !done; times++) {
      await this.turns();
      if (!done) await this.pass(100);
    }
    if (!done) throw new Error("Waited 20 s of the world's time");
    return await promise;
  }
}

/** Lets all that promises have to do be done. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
