/** Memory of a memory broker for channels without subscribers, and its bounds. */

import { assertEquals, assertNotEquals } from "@std/assert";
import { MemoryBroker } from "../../../../lib/broker/memory/broker.ts";
import {
  IDEMPOTENCY_MS,
  POSITION_TTL_MS,
} from "../../../../lib/broker/types.ts";
import type { StreamPosition } from "../../../../lib/base/publication.ts";
import { FakeClock, fakeRandom } from "../../../support/fake_clock.ts";

const KEEP = { size: 10, ttlMs: 60_000 };
const SWEEP_MS = 30_000;

function start(maxIdle?: number) {
  const clock = new FakeClock();
  const broker = new MemoryBroker({ random: fakeRandom(), clock, maxIdle });
  broker.start({
    deliver: () => true,
    answer: () => {},
    checkPositions: () => {},
  });
  const publish = (channel: string) =>
    broker.publish({ channel, payload: "x", history: KEEP });
  /** Subscribes as an SDK does, learns the position, and goes. */
  const visit = async (channel: string) => {
    broker.subscribe(channel);
    const position = await broker.position(channel);
    await broker.unsubscribe(channel);
    return position;
  };
  /** Offsets of the publications that a client missed; `undefined` if it cannot recover. */
  const recover = async (channel: string, since: StreamPosition) => {
    const query = { since, mode: "stream" } as const;
    const found = await broker.recover(channel, query);
    return found.recovered
      ? found.publications.map(({ offset }) => offset)
      : undefined;
  };
  return { clock, broker, publish, visit, recover };
}

Deno.test("A channel without publications and subscribers takes no more memory than its epoch", async () => {
  const { broker, visit } = start();
  for (let index = 0; index < 100; index++) await visit(`room ${index}`);
  assertEquals(broker.use, { streams: 0, beginnings: 100, keys: 0 });
});

Deno.test("A client that comes back to a channel without publications has missed nothing", async () => {
  const { broker, visit, recover } = start();
  const position = await visit("room");
  assertEquals(await recover("room", position), []);
  assertEquals(await broker.position("room"), position);
  assertEquals(broker.use.streams, 0);
});

Deno.test("A client from before the first publication recovers all of them, and does not recover where some are not stored", async () => {
  const { publish, visit, recover } = start();
  const position = await visit("room");
  for (let times = 0; times < 10; times++) publish("room");
  assertEquals((await recover("room", position))?.length, 10);
  publish("room");
  assertEquals(await recover("room", position), undefined);
});

Deno.test("A client that comes back after a publication without a history and subscribers does not recover", async () => {
  const { broker, visit, recover } = start();
  const position = await visit("room");
  const { delivered } = broker.publish({ channel: "room", payload: "x" });
  assertEquals(delivered, false);
  assertEquals(await recover("room", position), undefined);
});

Deno.test("Of channels without publications, the least recently used are dropped above the bound", async () => {
  const { broker, visit, recover } = start(3);
  const positions = new Map<string, StreamPosition>();
  for (const name of ["a", "b", "c"]) positions.set(name, await visit(name));
  await broker.position("a");
  await visit("d");
  assertEquals(broker.use.beginnings, 3);
  assertEquals(await recover("a", positions.get("a")!), []);
  assertEquals(await recover("b", positions.get("b")!), undefined);
});

Deno.test("Of channels without a subscriber, the least recently used are dropped above the bound, and their clients do not recover", async () => {
  const { broker, publish, recover } = start(3);
  for (const name of ["a", "b", "c"]) publish(name);
  const positions = new Map<string, StreamPosition>();
  for (const name of ["b", "c", "a"]) {
    positions.set(name, await broker.position(name));
  }
  publish("d");
  assertEquals(broker.use.streams, 3);
  assertEquals(await recover("a", positions.get("a")!), []);
  assertEquals(await recover("b", positions.get("b")!), undefined);
  assertNotEquals(
    (await broker.position("b")).epoch,
    positions.get("b")!.epoch,
  );
});

Deno.test("A channel with a subscriber is not forgotten, whatever comes", async () => {
  const { clock, broker, publish } = start(3);
  publish("room");
  broker.subscribe("room");
  const position = await broker.position("room");
  for (let index = 0; index < 10; index++) publish(`room ${index}`);
  clock.advance(2 * POSITION_TTL_MS);
  assertEquals(await broker.position("room"), position);
  assertEquals(broker.use.streams, 1);
});

Deno.test("A position is forgotten a day after its last use, and no sooner", async () => {
  const { clock, broker, publish } = start();
  publish("room");
  clock.advance(POSITION_TTL_MS - SWEEP_MS);
  const position = await broker.position("room");
  clock.advance(POSITION_TTL_MS - SWEEP_MS);
  assertEquals(broker.use.streams, 1);
  clock.advance(2 * SWEEP_MS);
  assertEquals(broker.use.streams, 0);
  assertNotEquals((await broker.position("room")).epoch, position.epoch);
});

Deno.test("A channel whose position was never read is dropped with its last subscriber", async () => {
  const { broker } = start();
  broker.subscribe("room");
  broker.publish({ channel: "room", payload: "x" });
  await broker.unsubscribe("room");
  assertEquals(broker.use, { streams: 0, beginnings: 0, keys: 0 });
});

Deno.test("Idempotency keys take up memory as long as they count", () => {
  const { clock, broker } = start();
  const publish = (idempotencyKey: string) =>
    broker.publish({ channel: "room", payload: "x", idempotencyKey });
  for (let index = 0; index < 100; index++) publish(`${index}`);
  clock.advance(IDEMPOTENCY_MS - SWEEP_MS);
  publish("late");
  assertEquals(broker.use.keys, 101);
  clock.advance(SWEEP_MS);
  assertEquals(broker.use.keys, 1);
});

Deno.test("A closed memory broker remembers nothing", async () => {
  const { clock, broker, publish, visit } = start();
  publish("a");
  await visit("b");
  broker.publish({ channel: "c", payload: "x", idempotencyKey: "k" });
  await broker.close();
  assertEquals(broker.use, { streams: 0, beginnings: 0, keys: 0 });
  assertEquals(clock.pending, 0);
});
