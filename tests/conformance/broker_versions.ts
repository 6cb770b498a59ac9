/** The broker's script: an older version of a state never follows a newer one. */

import { assertEquals, assertFalse } from "@std/assert";
import type { PublishRequest } from "../../lib/broker/types.ts";
import type { Check } from "./broker.ts";
import { KEEP_ALL, type Member, payloadsOf } from "./broker_scene.ts";

const NODES = 3;

function request(
  number: number,
  epoch = "",
  terms: Partial<PublishRequest> = {},
): PublishRequest {
  const payload = `${number}${epoch}`;
  const version = { number, epoch };
  return { channel: "room", payload, history: KEEP_ALL, version, ...terms };
}

async function historyOf(member: Member): Promise<unknown[]> {
  const result = await member.broker.history("room", { limit: -1 });
  return result.type === "history" ? payloadsOf(result.publications) : [];
}

/** Registers the checks. */
export function testBrokerVersions(check: Check): void {
  check(
    "a version that is not newer is neither stored nor delivered, and resolves with the top",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      await broker.publish(request(2));
      const top = await broker.publish(request(9));
      for (const number of [1, 8, 9]) {
        const { offset, epoch, delivered } = await broker.publish(
          request(number),
        );
        assertEquals({ offset, epoch }, { offset: 2, epoch: top.epoch });
        assertFalse(delivered);
      }
      assertEquals((await broker.publish(request(10))).offset, 3);
      const expected = ["2", "9", "10"];
      assertEquals(payloadsOf(await subject.settled("room")), expected);
      assertEquals(await historyOf(subject), expected);
    },
  );

  check(
    "of versions that are published at once the older ones are suppressed, too",
    async ({ subject }) => {
      const { broker } = subject;
      const numbers = [1, 3, 2, 3, 4];
      const published = await Promise.all(
        numbers.map((number) => broker.publish(request(number))),
      );
      assertEquals(published.map(({ offset }) => offset), [1, 2, 2, 2, 3]);
      assertEquals(await historyOf(subject), ["1", "3", "4"]);
    },
  );

  check(
    "versions of another epoch are newer, and without one they fit every epoch",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.publish(request(5, "a b"));
      await broker.publish(request(3, "a b"));
      await broker.publish(request(3));
      await broker.publish(request(2, "c"));
      await broker.publish(request(2));
      await broker.publish(request(3));
      await broker.publish(request(1, "c"));
      const expected = ["5a b", "2c", "3", "1c"];
      assertEquals(await historyOf(subject), expected);
    },
  );

  check(
    "the largest version is compared exactly",
    async ({ subject }) => {
      const most = Number.MAX_SAFE_INTEGER;
      await subject.broker.publish(request(most - 1));
      await subject.broker.publish(request(most - 1));
      await subject.broker.publish(request(most));
      assertEquals(await historyOf(subject), [`${most - 1}`, `${most}`]);
    },
  );

  check(
    "a publication without a version, or without a place in the history, is published, and the version stays",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      await broker.publish(request(5));
      await broker.publish({ ...request(0), version: undefined });
      await broker.publish(request(1, "", { skipHistory: true }));
      await broker.publish(request(2, "", { history: undefined }));
      await broker.publish(
        request(3, "", { history: { size: 0, ttlMs: 1_000 } }),
      );
      await broker.publish(request(4));
      await broker.publish(request(6));
      const delivered = await subject.settled("room");
      assertEquals(payloadsOf(delivered), ["5", "0", "1", "2", "3", "6"]);
    },
  );

  check(
    "a version outlives the history, and counts in its own channel only",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.publish(request(5));
      await broker.removeHistory("room");
      assertEquals((await broker.publish(request(5))).offset, 1);
      assertEquals(await historyOf(subject), []);
      const other = await broker.publish(request(5, "", { channel: "other" }));
      assertEquals(other.offset, 1);
    },
  );

  check(
    "a key counts before the version",
    async ({ subject }) => {
      const { broker } = subject;
      const keyed = { idempotencyKey: "k" };
      await broker.publish(request(5, "", keyed));
      await broker.publish(request(6));
      const again = await broker.publish(request(7, "", keyed));
      assertEquals(again.offset, 1);
      const old = await broker.publish(request(1, "", { idempotencyKey: "o" }));
      assertEquals(old.offset, 2);
      assertEquals(await historyOf(subject), ["5", "6"]);
    },
  );

  check(
    "the key of a version that was not newer counts, whatever version comes with it",
    async ({ subject }) => {
      const { broker } = subject;
      const keyed = { idempotencyKey: "k" };
      await broker.subscribe("room");
      await broker.publish(request(5));
      const first = await broker.publish(request(1, "", keyed));
      await broker.publish(request(6));
      const repeats = [
        request(1, "", keyed),
        request(7, "", keyed),
        { ...request(7, "", keyed), version: undefined },
        request(7, "", { ...keyed, skipHistory: true }),
      ];
      assertEquals(first.offset, 1);
      for (const repeat of repeats) {
        const { offset, epoch, delivered } = await broker.publish(repeat);
        assertEquals({ offset, epoch }, { offset: 1, epoch: first.epoch });
        assertFalse(delivered);
      }
      assertEquals((await broker.publish(request(7))).offset, 3);
      const expected = ["5", "6", "7"];
      assertEquals(payloadsOf(await subject.settled("room")), expected);
      assertEquals(await historyOf(subject), expected);
      await broker.publish(request(1, "", { ...keyed, channel: "other" }));
      assertEquals((await broker.position("other")).offset, 1);
    },
  );

  check(
    "the version of a repeat does not count",
    async ({ subject }) => {
      const { broker } = subject;
      const keyed = { idempotencyKey: "k" };
      await broker.publish(request(5, "", keyed));
      const again = await broker.publish(request(7, "", keyed));
      assertEquals(again.offset, 1);
      assertEquals((await broker.publish(request(6))).offset, 2);
      assertEquals(await historyOf(subject), ["5", "6"]);
    },
  );

  check("a version counts on all nodes", async ({ members }) => {
    const [first] = members;
    for (const { broker } of members) await broker.subscribe("room");
    for (const { broker } of members) await broker.publish(request(1));
    for (const [index, { broker }] of members.entries()) {
      await broker.publish(request(2 + index));
    }
    for (const member of members) {
      const delivered = await member.settled("room");
      assertEquals(payloadsOf(delivered), ["1", "2", "3", "4"]);
    }
    assertEquals(await historyOf(first!), ["1", "2", "3", "4"]);
  }, { nodes: NODES });
}
