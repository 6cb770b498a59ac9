/** The broker's script: what is delivered, where to, and in which order. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertNotEquals,
} from "@std/assert";
import type { PublishRequest } from "../../lib/broker/types.ts";
import type { ClientInfo, Payload } from "../../lib/base/publication.ts";
import type { Check } from "./broker.ts";
import { KEEP_ALL, offsetsOf, payloadsOf } from "./broker_scene.ts";

const ALICE: ClientInfo = {
  client: "a1",
  user: "alice 🦌",
  connInfo: '{"name":"Alice"}',
  chanInfo: "[1]",
};

const PAYLOADS: Readonly<Record<string, Payload>> = {
  "empty text": "",
  "text": 'é🦌\0\n"{}',
  "no bytes": new ArrayBuffer(0),
  "bytes": new Uint8Array([0, 255, 10, 13, 0]).buffer,
  "JSON": { json: '{"a":[1,"é🦌",null]}' },
  "a JSON string": { json: '"text"' },
};

/** Registers the checks. */
export function testBrokerOrder(check: Check): void {
  testDelivery(check);
  testPlaces(check);
}

function testDelivery(check: Check): void {
  check(
    "a publication is delivered with all that its draft says, and its position",
    async ({ subject }) => {
      await subject.broker.subscribe("room");
      const request = { channel: "room", payload: "hi", info: ALICE };
      const tags = { mood: "good", constructor: "yes" };
      const published = await subject.broker.publish({ ...request, tags });
      const [publication] = await subject.receives(1, "room");
      const { offset, epoch } = published;
      assertEquals(
        { ...publication },
        { type: "publication", ...request, tags, offset, epoch },
      );
      assertEquals(offset, 1);
      assertNotEquals(epoch, "");
      assert(published.delivered);
    },
  );

  for (const [kind, payload] of Object.entries(PAYLOADS)) {
    check(
      `${kind} is delivered, and kept, as it was sent`,
      async ({ subject }) => {
        await subject.broker.subscribe("room");
        await subject.broker.publish({
          channel: "room",
          payload,
          history: KEEP_ALL,
        });
        const [publication] = await subject.receives(1, "room");
        assertEquals(publication?.payload, payload);
        const kept = await subject.broker.history("room", { limit: -1 });
        assert(kept.type === "history");
        assertEquals(payloadsOf(kept.publications), [payload]);
      },
    );
  }

  check(
    "who sent a publication and its tags are kept with it",
    async ({ subject }) => {
      const tags = { mood: "good" };
      const request = { channel: "room", payload: "hi", info: ALICE, tags };
      await subject.broker.publish({ ...request, history: KEEP_ALL });
      const kept = await subject.broker.history("room", { limit: -1 });
      assert(kept.type === "history");
      const [publication] = kept.publications;
      assertEquals(publication?.info, ALICE);
      assertEquals(publication?.tags, tags);
    },
  );

  check(
    "only subscribed channels are delivered, and the publisher learns that no node received",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      const other = await broker.publish({ channel: "other", payload: "x" });
      assertFalse(other.delivered);
      await broker.unsubscribe("room");
      const after = await broker.publish({ channel: "room", payload: "x" });
      assertFalse(after.delivered);
      assertEquals(await subject.settled("room"), []);
      assertEquals(subject.of("other"), []);
    },
  );

  check(
    "subscribing twice delivers once, unsubscribing once ends it",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      await broker.subscribe("room");
      await broker.publish({ channel: "room", payload: "x" });
      assertEquals((await subject.settled("room")).length, 1);
      await broker.unsubscribe("room");
      await broker.unsubscribe("room");
      await broker.publish({ channel: "room", payload: "x" });
      assertEquals((await subject.settled("room")).length, 1);
    },
  );

  check("a node that subscribes again receives again", async ({ subject }) => {
    const { broker } = subject;
    for (let times = 1; times <= 3; times++) {
      await broker.subscribe("room");
      await broker.publish({ channel: "room", payload: `${times}` });
      await subject.receives(times, "room");
      await broker.unsubscribe("room");
    }
    assertEquals(payloadsOf(subject.of("room")), ["1", "2", "3"]);
  });

  check(
    "names that mean something to JavaScript are plain channels",
    async ({ subject }) => {
      const { broker } = subject;
      for (
        const channel of ["__proto__", "constructor", "\0", "\0bob", "a\tb"]
      ) {
        await broker.subscribe(channel);
        const request = { channel, payload: "x", history: KEEP_ALL };
        const { offset } = await broker.publish(request);
        assertEquals(offset, 1);
        assertEquals((await subject.receives(1, channel)).length, 1);
        assertEquals(await subject.kept(channel), [1]);
      }
    },
  );
}

function testPlaces(check: Check): void {
  check(
    "the offsets of a channel count up from 1 within one epoch",
    async ({ subject }) => {
      await subject.broker.subscribe("room");
      const positions = [];
      for (const payload of ["a", "b", "c"]) {
        positions.push(
          await subject.broker.publish({ channel: "room", payload }),
        );
      }
      assertEquals(positions.map(({ offset }) => offset), [1, 2, 3]);
      const delivered = await subject.receives(3, "room");
      assertEquals(payloadsOf(delivered), ["a", "b", "c"]);
      const epochs = [...positions, ...delivered].map(({ epoch }) => epoch);
      assertEquals(new Set(epochs).size, 1);
    },
  );

  check(
    "publications keep the order of the calls, also when they are not awaited",
    async ({ subject }) => {
      await subject.broker.subscribe("room");
      const payloads = Array.from({ length: 1_000 }, (_, index) => `${index}`);
      const published = await Promise.all(
        payloads.map((payload) =>
          subject.broker.publish({ channel: "room", payload })
        ),
      );
      const delivered = await subject.receives(1_000, "room");
      assertEquals(payloadsOf(delivered), payloads);
      const offsets = payloads.map((_, index) => index + 1);
      assertEquals(offsetsOf(delivered), offsets);
      assertEquals(published.map(({ offset }) => offset), offsets);
    },
  );

  check("each channel has an order of its own", async ({ subject }) => {
    const { broker } = subject;
    for (const channel of ["a", "b"]) {
      await broker.subscribe(channel);
      const { offset } = await broker.publish({ channel, payload: "x" });
      assertEquals(offset, 1);
    }
  });

  check("an order that begins again has another epoch", async ({ subject }) => {
    const { broker } = subject;
    await broker.subscribe("room");
    const before = await broker.publish({ channel: "room", payload: "x" });
    await broker.unsubscribe("room");
    await broker.subscribe("room");
    const after = await broker.publish({ channel: "room", payload: "x" });
    if (after.offset === 1) assertNotEquals(after.epoch, before.epoch);
    else assertEquals(after.offset, before.offset + 1);
  });

  for (const type of ["join", "leave"] as const) {
    check(
      `a ${type} is delivered, takes no place and is not kept`,
      async ({ subject }) => {
        const { broker } = subject;
        await broker.subscribe("room");
        await subject.publishKept("room", "a");
        const request: PublishRequest = {
          type,
          channel: "room",
          payload: "",
          info: ALICE,
        };
        const { offset, delivered: hasSubscriber } = await broker.publish(
          request,
        );
        assertEquals(offset, 0);
        assert(hasSubscriber);
        await subject.publishKept("room", "b");
        const delivered = await subject.receives(3, "room");
        assertEquals(offsetsOf(delivered), [1, 0, 2]);
        assertEquals(delivered[1]?.type, type);
        assertEquals(delivered[1]?.info, ALICE);
        assertEquals(await subject.kept("room"), [1, 2]);
      },
    );
  }

  check(
    "a publication that skips the history is delivered, and leaves what is kept as it is",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      await subject.publishKept("room", "a");
      const request: PublishRequest = {
        channel: "room",
        payload: "x",
        skipHistory: true,
        history: { size: 1, ttlMs: 1 },
      };
      assertEquals((await broker.publish(request)).offset, 0);
      await subject.publishKept("room", "b");
      const delivered = await subject.receives(3, "room");
      assertEquals(payloadsOf(delivered), ["a", "x", "b"]);
      assertEquals(offsetsOf(delivered), [1, 0, 2]);
      assertEquals(await subject.kept("room"), [1, 2]);
    },
  );
}
