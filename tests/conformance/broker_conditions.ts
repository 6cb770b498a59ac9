/** The broker's script: a publication on the condition that the top is where its publisher has seen it. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import type { StreamPosition } from "../../lib/base/publication.ts";
import type { Published, PublishRequest } from "../../lib/broker/types.ts";
import { readText } from "../../lib/channel/growing_text.ts";
import { GrowingTexts } from "../../lib/hub/growing_texts.ts";
import type { Check } from "./broker.ts";
import { KEEP_ALL, type Member, payloadsOf } from "./broker_scene.ts";

const NODES = 3;
const NO_HISTORY = { size: 0, ttlMs: 60_000 };

function request(
  payload: string,
  after: StreamPosition,
  terms: Partial<PublishRequest> = {},
): PublishRequest {
  return { channel: "room", payload, history: KEEP_ALL, after, ...terms };
}

async function topOf({ broker }: Member): Promise<StreamPosition> {
  const { position } = await broker.history("room", { limit: 0 });
  return position;
}

function positionOf({ offset, epoch }: Published): StreamPosition {
  return { offset, epoch };
}

/** Registers the checks. */
export function testBrokerConditions(check: Check): void {
  check(
    "a publication after the top is published, and resolves with its own position",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      const begun = await topOf(subject);
      const first = await broker.publish(request("a", begun));
      assertFalse(first.conflict);
      assertEquals(positionOf(first), { ...begun, offset: 1 });
      const second = await broker.publish(request("b", positionOf(first)));
      assertFalse(second.conflict);
      assertEquals(second.offset, 2);
      assertEquals(payloadsOf(await subject.settled("room")), ["a", "b"]);
      assertEquals(await subject.kept("room"), [1, 2]);
    },
  );

  check(
    "a publication after another position is neither stored nor delivered, and resolves with a conflict and the top",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      const begun = await topOf(subject);
      await subject.publishKept("room", "a", "b");
      const top = { ...begun, offset: 2 };
      const others = [
        begun,
        { ...top, offset: 1 },
        { ...top, offset: 3 },
        { ...top, epoch: "another" },
        { offset: 0, epoch: "" },
      ];
      for (const other of others) {
        const published = await broker.publish(request("c", other));
        assertEquals(positionOf(published), top);
        assert(published.conflict);
        assertFalse(published.delivered);
      }
      assertEquals(payloadsOf(await subject.settled("room")), ["a", "b"]);
      assertEquals(await subject.kept("room"), [1, 2]);
    },
  );

  check(
    "of several that come at once after the same position the first is published",
    async ({ subject }) => {
      const { broker } = subject;
      const top = await topOf(subject);
      const published = await Promise.all(
        ["a", "b", "c"].map((payload) => broker.publish(request(payload, top))),
      );
      const conflicts = published.map(({ conflict = false }) => conflict);
      assertEquals(conflicts, [false, true, true]);
      assertEquals(published.map(({ offset }) => offset), [1, 1, 1]);
      assertEquals(await subject.kept("room"), [1]);
    },
  );

  check(
    "a position stays a condition when its history is removed",
    async ({ subject }) => {
      const { broker } = subject;
      await subject.publishKept("room", "a");
      const top = await topOf(subject);
      await broker.removeHistory("room");
      assert(
        (await broker.publish(request("b", { ...top, offset: 0 }))).conflict,
      );
      assertEquals((await broker.publish(request("b", top))).offset, 2);
      assertEquals(await subject.kept("room"), [2]);
    },
  );

  check(
    "a position is no condition of a publication without a history",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      const begun = await topOf(subject);
      await subject.publishKept("room", "a");
      for (const history of [undefined, NO_HISTORY]) {
        const terms = { history };
        assertFalse(
          (await broker.publish(request("b", begun, terms))).conflict,
        );
      }
      assertEquals(payloadsOf(await subject.receives(3, "room")), [..."abb"]);
    },
  );

  check(
    "a key counts before the condition, and a conflict leaves it unused",
    async ({ subject }) => {
      const { broker } = subject;
      const keyed = { idempotencyKey: "k" };
      const begun = await topOf(subject);
      await subject.publishKept("room", "a");
      assert((await broker.publish(request("b", begun, keyed))).conflict);
      const top = await topOf(subject);
      const first = await broker.publish(request("b", top, keyed));
      assertEquals(first.offset, 2);
      const again = await broker.publish(request("b", begun, keyed));
      assertFalse(again.conflict);
      assertEquals(positionOf(again), positionOf(first));
      assertEquals(await subject.kept("room"), [1, 2]);
    },
  );

  check("one node wins a position that all have seen", async ({ members }) => {
    const [first] = members;
    for (const { broker } of members) await broker.subscribe("room");
    for (let round = 1; round <= 5; round++) {
      const top = await topOf(first!);
      const published = await Promise.all(
        members.map(({ broker }, index) =>
          broker.publish(request(`${round}.${index}`, top))
        ),
      );
      const winners = published.filter(({ conflict }) => !conflict);
      assertEquals(winners.length, 1);
      assertEquals(published.map(({ offset }) => offset), [
        round,
        round,
        round,
      ]);
    }
    const orders = await Promise.all(
      members.map(async (member) =>
        payloadsOf(await member.receives(5, "room"))
      ),
    );
    assertEquals(orders, [orders[0], orders[0], orders[0]]);
  }, { nodes: NODES });

  check(
    "a text that all nodes append to has each part once, in the order of its publisher",
    async ({ members }) => {
      const parts = 10;
      const nodes = members.map(({ broker }) =>
        new GrowingTexts({
          clock: systemClock,
          broker,
          publish: (request) => broker.publish(request),
        })
      );
      await Promise.all(nodes.map(async (texts, index) => {
        for (let part = 0; part < parts; part++) {
          const text = `${index}.${part} `;
          await texts.append({ channel: "room", text, ttlMs: 60_000 });
        }
        await texts.close();
      }));
      const kept = await members[0]!.broker.history("room", { limit: -1 });
      assert(kept.type === "history");
      assertEquals(kept.publications.length, 1);
      const { text = "" } = readText(kept.publications[0]?.payload) ?? {};
      const found = text.trim().split(" ");
      assertEquals(found.length, nodes.length * parts);
      for (const index of nodes.keys()) {
        assertEquals(
          found.filter((part) => part.startsWith(`${index}.`)),
          Array.from({ length: parts }, (_, part) => `${index}.${part}`),
        );
      }
    },
    { nodes: NODES },
  );
}
