/** Whatever happens to whom in whatever order: each reader has each publication once, in order, or is told. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../lib/channel/channel_options.ts";
import { memoryBroker } from "../support/memory_broker.ts";
import { Scene } from "../support/scene.ts";
import {
  numberUpTo,
  offsetOf,
  SparseBroker,
} from "../support/sparse_broker.ts";
import { CHANNEL, Reader, type Scale } from "./reader.ts";

const DENSE: Scale = {
  offsetOf: (number) => number,
  numberUpTo: (offset) => offset,
};
const SPARSE: Scale = { offsetOf, numberUpTo };

/** Tags by which readers filter what a program publishes; some of them read everything. */
const FILTERS = [undefined, undefined, undefined, "even", "odd"] as const;
const READERS = FILTERS.length;
const HISTORY_SIZE = 8;

/** The stream as it should be: publication n has the payload n. */
interface Model {
  top: number;
  /** The oldest one that is kept; one above the top when nothing is. */
  first: number;
}

/** A hub on a broker that loses what it should deliver, or answers late, when told to. */
class World {
  readonly readers: readonly Reader[];
  readonly broker = memoryBroker();
  readonly scene: Scene;
  isLosing = false;
  /** Tags of the publications that have one, by number. */
  readonly #tags = new Map<number, string>();
  #gate: PromiseWithResolvers<void> | undefined;

  constructor(scale: Scale) {
    this.readers = FILTERS.map((val) =>
      new Reader(
        scale,
        val && {
          tf: { key: "parity", cmp: "eq", val },
          fits: (number) => this.#tags.get(number) === val,
        },
      )
    );
    const { start, recover, history, position } = this.broker;
    this.broker.start = (node) =>
      start({
        ...node,
        deliver: (publication) => !this.isLosing && node.deliver(publication),
      });
    this.broker.recover = (channel, query) =>
      this.#late(recover(channel, query));
    this.broker.history = (channel, query) =>
      this.#late(history(channel, query));
    this.broker.position = (channel) => this.#late(position(channel));
    this.scene = new Scene({
      broker: scale === SPARSE ? new SparseBroker(this.broker) : this.broker,
      limits: { pingIntervalMs: 1e9 },
      namespaces: new Namespaces({
        ...DEFAULT_CHANNEL_OPTIONS,
        historySize: HISTORY_SIZE,
        historyTtlMs: 1e9,
        tagsFilter: true,
      }),
    });
  }

  /** Lets the broker answer later than it looks, until what is returned is called. */
  delay(): () => void {
    const gate = Promise.withResolvers<void>();
    this.#gate = gate;
    return () => {
      this.#gate = undefined;
      gate.resolve();
    };
  }

  /** Lets everything that can happen happen, and everybody read. */
  async settle(): Promise<void> {
    await this.scene.settle();
    for (const reader of this.readers) reader.read();
    await this.scene.settle();
  }

  publish(model: Model, by?: Reader): void {
    model.top++;
    model.first = Math.max(model.first, model.top - HISTORY_SIZE + 1);
    const { top } = model;
    if (by?.isConnected) return by.publish(top);
    const parity = top % 2 === 0 ? "even" : "odd";
    this.#tags.set(top, parity);
    const payload = { json: `${top}` };
    this.scene.hub.publish(CHANNEL, payload, { tags: { parity } });
  }

  async #late<T>(answer: Promise<T>): Promise<T> {
    await this.#gate?.promise;
    return await answer;
  }
}

/** A step: what it is called, and what it does to both. */
class Step implements fc.AsyncCommand<Model, World> {
  readonly #name: string;
  readonly #run: (model: Model, world: World) => void | Promise<void>;

  constructor(
    name: string,
    run: (model: Model, world: World) => void | Promise<void>,
  ) {
    this.#name = name;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    await this.#run(model, world);
  }

  toString(): string {
    return this.#name;
  }
}

/** What happens while a reader subscribes. */
interface Meanwhile {
  readonly world: World;
  /** Publications that come in between. */
  readonly meanwhile: number;
  /** Whether the first of them is lost. */
  readonly isLosing?: boolean;
}

/** Subscribes, connecting first if need be. */
async function subscribe(
  reader: Reader,
  model: Model,
  { world, meanwhile, isLosing = false }: Meanwhile,
): Promise<void> {
  if (!reader.isConnected) await reader.connect(world.scene);
  reader.read();
  if (reader.isSubscribed) return;
  const release = world.delay();
  const { number } = reader;
  const isKept = number === undefined || number >= model.first - 1;
  reader.subscribe();
  await world.scene.settle();
  for (let count = 0; count < meanwhile; count++) {
    world.isLosing = isLosing && count === 0;
    world.publish(model);
    if (count === 2) world.scene.clock.advance(0);
  }
  world.isLosing = false;
  release();
  await world.settle();
  const outcome = reader.outcomes.pop();
  // Who is cut off in between is not told anything, and comes again.
  if (outcome !== undefined) assertEquals(outcome.recovered, isKept);
}

const who = fc.nat(READERS - 1);

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(who, fc.nat(6), fc.boolean()).map(([index, meanwhile, isLosing]) =>
    new Step(
      `subscribe ${index} while ${meanwhile} are published${
        isLosing ? ", the first in vain" : ""
      }`,
      (model, world) =>
        subscribe(world.readers[index]!, model, { world, meanwhile, isLosing }),
    )
  ),
  fc.tuple(who, fc.integer({ min: 1, max: 6 })).map(([index, count]) =>
    new Step(`reader ${index} publishes ${count}`, (model, world) => {
      for (let n = 0; n < count; n++) {
        world.publish(model, world.readers[index]);
      }
    })
  ),
  fc.constant(
    new Step("a program publishes", (model, world) => world.publish(model)),
  ),
  fc.constant(
    new Step("a publication is lost", (model, world) => {
      world.isLosing = true;
      world.publish(model);
      world.isLosing = false;
    }),
  ),
  who.map((index) =>
    new Step(`cut ${index}`, (_, world) => world.readers[index]!.cut())
  ),
  who.map((index) =>
    new Step(
      `unsubscribe ${index}`,
      (_, world) => world.readers[index]!.unsubscribe(),
    )
  ),
  who.map((index) =>
    new Step(
      `reader ${index} reads`,
      (_, world) => world.readers[index]!.read(),
    )
  ),
  fc.constant(
    new Step("the history is removed", async (model, world) => {
      await world.broker.removeHistory(CHANNEL);
      model.first = model.top + 1;
    }),
  ),
  fc.constant(
    new Step("forty seconds pass", async (_, world) => {
      world.scene.clock.advance(40_000);
      await world.settle();
    }),
  ),
];

/** Lets time pass until every loss must have been noticed. */
async function wait(world: World): Promise<void> {
  for (let second = 0; second < 82; second++) {
    world.scene.clock.advance(1_000);
    await world.settle();
  }
}

for (
  const [offsets, scale] of [["dense", DENSE], ["sparse", SPARSE]] as const
) {
  Deno.test(`Each subscriber has each publication once, in order, or is told that it has not: ${offsets} offsets`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands(steps, { maxCommands: 60, size: "max" }),
        async (commands) => {
          const world = new World(scale);
          const model: Model = { top: 0, first: 1 };
          await fc.asyncModelRun(() => ({ model, real: world }), commands);
          await wait(world);
          for (const reader of world.readers) {
            if (reader.isSubscribed) assert(reader.isAt(model.top));
          }
          for (const reader of world.readers) {
            await subscribe(reader, model, { world, meanwhile: 2 });
            if (reader.isSubscribed) assert(reader.isAt(model.top));
          }
          await world.scene.hub.close();
        },
      ),
      { numRuns: 500 },
    );
  });
}
