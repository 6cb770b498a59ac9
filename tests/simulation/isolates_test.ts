/** Isolates that come, end, publish and subscribe while posts are lost: what each of them sees must hold together. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { MAX_NODES, Simulation, type Step, type Watched } from "./isolates.ts";

const CHANNELS = ["a", "b"];
const RUNS = Number(Deno.env.get("SIMULATION_RUNS") ?? 150);

const node = fc.nat(MAX_NODES - 1);
const channel = fc.constantFrom(...CHANNELS);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("publish" as const),
      node,
      channel,
      count: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("subscribe" as const, "unsubscribe" as const),
      node,
      channel,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("lose" as const),
      share: fc.constantFrom(0, 0, 0.1, 0.5, 1),
    }),
  },
  { weight: 6, arbitrary: fc.constant<Step>({ type: "turn" }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("pass" as const),
      ms: fc.constantFrom(10, 30, 200, 1_000, 6_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom("end" as const, "close" as const),
      node,
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ type: "start" }) },
);

/** Nothing twice, each epoch in its order, and a gap only where the node was told. */
function assertOrder({ node, changes }: Watched): void {
  const payloads = node.delivered.map(({ payload }) => payload);
  assertEquals(new Set(payloads).size, payloads.length, "delivered twice");
  for (const channel of CHANNELS) {
    const last = new Map<string, number>();
    let told = true;
    for (const [index, event] of node.events.entries()) {
      const changed = changes.some((change) =>
        change.channel === channel && change.event === index
      );
      told ||= changed || event.type === "check";
      if (event.type === "check" || event.publication.channel !== channel) {
        continue;
      }
      const { epoch, offset } = event.publication;
      const before = last.get(epoch);
      if (before !== undefined) assert(offset > before, "out of order");
      const isNext = before !== undefined && offset === before + 1;
      assert(isNext || told, `a gap before ${epoch} ${offset}`);
      last.set(epoch, offset);
      told = false;
    }
  }
}

/** A place in an order holds one publication, whoever looks; and a publication has one place. */
function assertPlaces({ watched, tried }: Simulation): void {
  const places = new Map<string, unknown>();
  const payloads = new Map<unknown, string>();
  const seen = [
    ...watched.flatMap(({ node }) => node.delivered),
    ...tried.flatMap(({ published, channel, payload }) =>
      published === undefined ? [] : [{ ...published, channel, payload }]
    ),
  ];
  for (const { channel, epoch, offset, payload } of seen) {
    const place = `${channel} ${epoch} ${offset}`;
    assertEquals(places.get(place) ?? payload, payload, place);
    assertEquals(payloads.get(payload) ?? place, place, `${payload}`);
    places.set(place, payload);
    payloads.set(payload, place);
  }
}

/** What was acknowledged reached everybody who was subscribed, or those were told. */
function assertWhole({ living, tried }: Simulation): void {
  for (const { node, since, checkedAt } of living) {
    const got = new Set(node.delivered.map(({ payload }) => payload));
    for (const { channel, payload, calledAt, published } of tried) {
      const subscribedAt = since.get(channel) ?? Infinity;
      if (published === undefined || subscribedAt > calledAt) continue;
      const isTold = checkedAt.some((at) => at > calledAt);
      assert(got.has(payload) || isTold, `${payload} is missing`);
    }
  }
}

/** Long after the last trouble a node hears what it has asked for, and nothing else. */
function assertWanted({ living, tried }: Simulation, from: number): void {
  for (const { channel, payload, published } of tried.slice(from)) {
    const isWanted = living.some(({ wanted }) => wanted.has(channel));
    assertEquals(published?.delivered, isWanted, payload);
    for (const { node, wanted } of living) {
      const isHeard = node.delivered.some((one) => one.payload === payload);
      assertEquals(isHeard, wanted.has(channel), payload);
    }
  }
}

Deno.test("Isolates that come and end while posts are lost see one order, and are told of every gap", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 50 }),
      fc.constantFrom(3_000, 67_108_864),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (steps, maxWaitingBytes, random) => {
        const simulation = new Simulation(
          maxWaitingBytes,
          () => random.next().value ?? 0.5,
        );
        for (let count = 0; count < 3; count++) await simulation.start();
        for (const step of steps) await simulation.play(step);
        await simulation.heal();
        for (const channel of CHANNELS) {
          for (const index of simulation.living.keys()) {
            await simulation.play({
              type: "publish",
              node: index,
              channel,
              count: 3,
            });
          }
        }
        await simulation.heal();
        const calm = simulation.tried.length;
        for (const channel of CHANNELS) {
          await simulation.play({
            type: "publish",
            node: 0,
            channel,
            count: 1,
          });
          await simulation.play({ type: "pass", ms: 1_000 });
        }

        for (const watched of simulation.watched) assertOrder(watched);
        assertPlaces(simulation);
        assertWhole(simulation);
        assertWanted(simulation, calm);
        for (const { node } of simulation.watched) {
          await simulation.world.wait(node.broker.close());
        }
        assertEquals(simulation.world.clock.pending, 0);
        assertEquals(simulation.world.net.open, 0);
        assertEquals(simulation.world.locks.pending, 0);
      },
    ),
    { numRuns: RUNS },
  );
});
