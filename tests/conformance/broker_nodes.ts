/** The broker's script: one order on several nodes. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import type { Check } from "./broker.ts";
import {
  KEEP_ALL,
  type Member,
  offsetsOf,
  payloadsOf,
} from "./broker_scene.ts";

const NODES = 3;
const EACH = 500;

/** Registers the checks. */
export function testBrokerNodes(check: Check): void {
  testOneOrder(check);
  testInterest(check);
  testSharing(check);
}

/** Every member publishes texts of its own, some without waiting. */
async function publishTogether(
  members: readonly Member[],
  channel: string,
): Promise<void> {
  await Promise.all(members.map(async ({ broker }, index) => {
    const waiting: unknown[] = [];
    for (let count = 0; count < EACH; count++) {
      const payload = `${index}:${count}`;
      waiting.push(broker.publish({ channel, payload, history: KEEP_ALL }));
      if (count % 50 === 0) await waiting.at(-1);
    }
    await Promise.all(waiting);
  }));
}

function testOneOrder(check: Check): void {
  check(
    "all nodes see one order, when all of them publish at once",
    async ({ members }) => {
      for (const { broker } of members) await broker.subscribe("room");
      await publishTogether(members, "room");
      const total = NODES * EACH;
      const seen = [];
      for (const member of members) {
        seen.push(await member.receives(total, "room"));
      }
      const offsets = Array.from({ length: total }, (_, index) => index + 1);
      for (const delivered of seen) {
        assertEquals(offsetsOf(delivered), offsets);
        assertEquals(payloadsOf(delivered), payloadsOf(seen[0]!));
      }
    },
    { nodes: NODES },
  );

  check(
    "what one node publishes keeps its order among the others'",
    async ({ members }) => {
      const [first] = members;
      await first!.broker.subscribe("room");
      await publishTogether(members, "room");
      const delivered = payloadsOf(await first!.receives(NODES * EACH, "room"));
      for (const index of members.keys()) {
        assertEquals(
          delivered.filter((payload) => `${payload}`.startsWith(`${index}:`)),
          Array.from({ length: EACH }, (_, count) => `${index}:${count}`),
        );
      }
    },
    { nodes: NODES },
  );

  check("a key counts on all nodes", async ({ members }) => {
    const request = { channel: "room", payload: "x", history: KEEP_ALL };
    const published = await Promise.all(
      members.map(({ broker }) =>
        broker.publish({ ...request, idempotencyKey: "k" })
      ),
    );
    assertEquals(published.map(({ offset }) => offset), [1, 1, 1]);
    assertEquals(await members[0]!.kept("room"), [1]);
  }, { nodes: NODES });
}

function testInterest(check: Check): void {
  check(
    "a subscribed node receives what any node publishes from then on",
    async ({ members }) => {
      const [first, second, third] = members;
      await second!.broker.subscribe("room");
      await first!.broker.publish({ channel: "room", payload: "a" });
      await third!.broker.subscribe("room");
      await first!.broker.publish({ channel: "room", payload: "b" });
      await third!.broker.publish({ channel: "room", payload: "c" });
      const seen = await second!.receives(3, "room");
      assertEquals(payloadsOf(seen), ["a", "b", "c"]);
      assertEquals(payloadsOf(await third!.receives(2, "room")), ["b", "c"]);
    },
    { nodes: NODES },
  );

  check(
    "a node that is not subscribed gets no deliveries",
    async ({ members }) => {
      for (const subscriber of members) {
        for (const { broker } of members) {
          await broker.subscribe("room");
          await broker.unsubscribe("room");
        }
        const counts = members.map((member) => member.of("room").length);
        const before = subscriber.of("room").length;
        await subscriber.broker.subscribe("room");
        for (const { broker } of members) {
          await broker.publish({ channel: "room", payload: "x" });
        }
        await subscriber.receives(before + NODES, "room");
        for (const [index, member] of members.entries()) {
          if (member === subscriber) continue;
          assertEquals((await member.settled("room")).length, counts[index]);
        }
        await subscriber.broker.unsubscribe("room");
      }
    },
    { nodes: NODES },
  );

  check(
    "the publisher learns whether any node has a subscriber",
    async ({ members }) => {
      const delivered = async () => {
        const found = [];
        for (const { broker } of members) {
          const request = { channel: "room", payload: "x" };
          found.push((await broker.publish(request)).delivered);
        }
        return found;
      };
      assertEquals(await delivered(), [false, false, false]);
      for (const { broker } of members) {
        await broker.subscribe("room");
        assertEquals(await delivered(), [true, true, true]);
        await broker.unsubscribe("room");
        assertEquals(await delivered(), [false, false, false]);
      }
    },
    { nodes: NODES },
  );

  check(
    "a channel lives on while one node is subscribed",
    async ({ members }) => {
      const [first, second] = members;
      await first!.broker.subscribe("room");
      await second!.broker.subscribe("room");
      const request = { channel: "room", payload: "x" };
      const before = await first!.broker.publish(request);
      await first!.broker.unsubscribe("room");
      const after = await first!.broker.publish(request);
      assertEquals(after.offset, 2);
      assertEquals(after.epoch, before.epoch);
      assertEquals(offsetsOf(await second!.receives(2, "room")), [1, 2]);
    },
    { nodes: 2 },
  );

  check(
    "joins, leaves and what skips the history reach all nodes in their place",
    async ({ members }) => {
      const [first, second] = members;
      await second!.broker.subscribe("room");
      const channel = "room";
      const info = { client: "a1", user: "alice" };
      await first!.broker.publish({ channel, payload: "", type: "join", info });
      await first!.broker.publish({ channel, payload: "a" });
      await first!.broker.publish({ channel, payload: "b", skipHistory: true });
      await first!.broker.publish({
        channel,
        payload: "",
        type: "leave",
        info,
      });
      const seen = await second!.receives(4, channel);
      assertEquals(seen.map(({ type, offset }) => [type, offset]), [
        ["join", 0],
        ["publication", 1],
        ["publication", 0],
        ["leave", 0],
      ]);
      assertEquals(seen[3]?.info, info);
    },
    { nodes: 2 },
  );
}

function testSharing(check: Check): void {
  check(
    "all nodes share positions, history and recovery",
    async ({ members }) => {
      for (const [index, { broker }] of members.entries()) {
        const request = {
          channel: "room",
          payload: `${index}`,
          history: KEEP_ALL,
        };
        await broker.publish(request);
      }
      const position = await members[0]!.broker.position("room");
      assertEquals(position.offset, 3);
      for (const member of members) {
        assertEquals(await member.broker.position("room"), position);
        assertEquals(await member.kept("room"), [1, 2, 3]);
        const since = { ...position, offset: 1 };
        const query = { since, mode: "stream" as const };
        const found = await member.broker.recover("room", query);
        assert(found.recovered);
        assertEquals(payloadsOf(found.publications), ["1", "2"]);
      }
    },
    { nodes: NODES },
  );

  check(
    "history that one node removes is gone for all",
    async ({ members }) => {
      const [first, second] = members;
      await first!.publishKept("room", "a");
      await second!.broker.removeHistory("room");
      assertEquals(await first!.kept("room"), []);
      assertEquals((await first!.broker.position("room")).offset, 1);
    },
    { nodes: 2 },
  );

  check(
    "a node that closes takes nothing from the others",
    async ({ members }) => {
      const [first, second, third] = members;
      for (const { broker } of members) await broker.subscribe("room");
      await third!.broker.close();
      await second!.broker.publish({ channel: "room", payload: "x" });
      assertEquals((await first!.receives(1, "room")).length, 1);
      await first!.broker.unsubscribe("room");
      await second!.broker.unsubscribe("room");
      const { delivered } = await first!.broker.publish({
        channel: "room",
        payload: "x",
      });
      assertFalse(delivered);
    },
    { nodes: NODES },
  );
}
