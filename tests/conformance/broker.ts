/** What every broker must do; each implementation runs this script. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertNotEquals,
} from "@std/assert";
import type { Broker } from "../../lib/broker/types.ts";
import type { Publication } from "../../lib/publication.ts";

/** A broker under test, with what it has delivered. */
interface Started {
  readonly broker: Broker;
  readonly delivered: Publication[];
}

/** Registers the script for the broker that `create` makes; it is closed after each test. */
export function testBroker(name: string, create: () => Promise<Broker>): void {
  function check(sentence: string, run: (started: Started) => Promise<void>) {
    Deno.test(`${name}: ${sentence}`, async () => {
      const broker = await create();
      const delivered: Publication[] = [];
      broker.start((publication) => {
        delivered.push(publication);
        return true;
      });
      try {
        await run({ broker, delivered });
      } finally {
        await broker.close();
      }
    });
  }

  check(
    "a publication is delivered with its channel, payload, sender and position",
    async ({ broker, delivered }) => {
      await broker.subscribe("room");
      const draft = { channel: "room", payload: "hi", from: "alice" };
      const { heard, ...position } = await broker.publish(draft);
      assert(heard);
      assertEquals(delivered, [{ ...draft, ...position }]);
    },
  );

  check("bytes are delivered as bytes", async ({ broker, delivered }) => {
    await broker.subscribe("room");
    const payload = new Uint8Array([0, 255, 10]).buffer;
    await broker.publish({ channel: "room", payload });
    assertEquals(delivered[0]?.payload, payload);
    assertEquals(delivered[0]?.from, undefined);
  });

  check(
    "the offsets of a channel count up from 1 within one epoch",
    async ({ broker, delivered }) => {
      await broker.subscribe("room");
      const positions = [];
      for (const payload of ["a", "b", "c"]) {
        positions.push(await broker.publish({ channel: "room", payload }));
      }
      assertEquals(positions.map(({ offset }) => offset), [1, 2, 3]);
      assertEquals(new Set(positions.map(({ epoch }) => epoch)).size, 1);
      assertNotEquals(positions[0]?.epoch, "");
      assertEquals(delivered.map(({ payload }) => payload), ["a", "b", "c"]);
    },
  );

  check(
    "drafts keep the order of the calls, also when nobody waits for them",
    async ({ broker, delivered }) => {
      await broker.subscribe("room");
      const payloads = Array.from({ length: 1_000 }, (_, index) => `${index}`);
      await Promise.all(
        payloads.map((payload) => broker.publish({ channel: "room", payload })),
      );
      assertEquals(delivered.map(({ payload }) => payload), payloads);
      assertEquals(delivered.map(({ offset }) => offset).at(-1), 1_000);
    },
  );

  check("each channel has an order of its own", async ({ broker }) => {
    await broker.subscribe("a");
    await broker.subscribe("b");
    await broker.publish({ channel: "a", payload: "1" });
    const { offset } = await broker.publish({ channel: "b", payload: "1" });
    assertEquals(offset, 1);
  });

  check(
    "only subscribed channels are delivered, and the publisher learns that nobody heard",
    async ({ broker, delivered }) => {
      await broker.subscribe("room");
      const { heard } = await broker.publish({
        channel: "other",
        payload: "x",
      });
      assertFalse(heard);
      await broker.unsubscribe("room");
      const after = await broker.publish({ channel: "room", payload: "x" });
      assertFalse(after.heard);
      assertEquals(delivered, []);
    },
  );

  check("subscribing twice delivers once", async ({ broker, delivered }) => {
    await broker.subscribe("room");
    await broker.subscribe("room");
    await broker.publish({ channel: "room", payload: "x" });
    assertEquals(delivered.length, 1);
  });

  check("an order that begins again has another epoch", async ({ broker }) => {
    await broker.subscribe("room");
    const before = await broker.publish({ channel: "room", payload: "x" });
    await broker.unsubscribe("room");
    await broker.subscribe("room");
    const after = await broker.publish({ channel: "room", payload: "x" });
    if (after.offset === 1) assertNotEquals(after.epoch, before.epoch);
    else assertEquals(after.offset, before.offset + 1);
  });

  check(
    "names that mean something to JavaScript are plain channels",
    async ({ broker, delivered }) => {
      for (const channel of ["__proto__", "constructor", "\0", "\0bob"]) {
        await broker.subscribe(channel);
        const { offset } = await broker.publish({ channel, payload: "x" });
        assertEquals(offset, 1);
        assertEquals(delivered.at(-1)?.channel, channel);
      }
    },
  );
}
