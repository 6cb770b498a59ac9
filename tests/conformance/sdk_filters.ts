/** Scenarios of the SDK: what it gets of a channel by its filter, at once and after an absence. */

import { assert, assertEquals } from "@std/assert";
import type { FilterNode } from "centrifuge";
import { nextEvent } from "../support/sdk.ts";
import { range } from "../support/stream_of.ts";
import { absence } from "./sdk_recovery.ts";
import type { Scenario, SdkStage } from "./sdk_stage.ts";

const CHANNEL = "tags:prices";

/** Publishes numbers with their size and their parity as tags. */
async function publish(
  stage: SdkStage,
  numbers: readonly number[],
): Promise<void> {
  for (const number of numbers) {
    const tags = {
      size: `${number}.50`,
      parity: number % 2 === 0 ? "even" : "odd",
    };
    await stage.api("publish", { channel: CHANNEL, data: number, tags });
  }
}

const EVEN: FilterNode = { key: "parity", cmp: "eq", val: "even" };

/** Every operation and every comparison, and the numbers from 1 to 12 that fit. */
const FILTERS: readonly (readonly [FilterNode, readonly number[]])[] = [
  [EVEN, [2, 4, 6, 8, 10, 12]],
  [{ key: "parity", cmp: "neq", val: "even" }, [1, 3, 5, 7, 9, 11]],
  [{ key: "size", cmp: "in", vals: ["3.50", "5.50", "x"] }, [3, 5]],
  [{ key: "parity", cmp: "nin", vals: ["odd"] }, [2, 4, 6, 8, 10, 12]],
  [{ key: "size", cmp: "ex" }, range(1, 12)],
  [{ key: "size", cmp: "nex" }, []],
  [{ key: "size", cmp: "sw", val: "1" }, [1, 10, 11, 12]],
  [{ key: "size", cmp: "ew", val: "2.50" }, [2, 12]],
  [{ key: "parity", cmp: "ct", val: "dd" }, [1, 3, 5, 7, 9, 11]],
  [{ key: "size", cmp: "gt", val: "9.5" }, [10, 11, 12]],
  [{ key: "size", cmp: "gte", val: "9.5" }, [9, 10, 11, 12]],
  [{ key: "size", cmp: "lt", val: "3.5" }, [1, 2]],
  [{ key: "size", cmp: "lte", val: "3.5" }, [1, 2, 3]],
  [{
    op: "and",
    nodes: [EVEN, { op: "not", nodes: [{ key: "size", cmp: "gt", val: "8" }] }],
  }, [2, 4, 6]],
  [{
    op: "or",
    nodes: [EVEN, { key: "size", cmp: "lt", val: "4" }],
  }, [1, 2, 3, 4, 6, 8, 10, 12]],
];

/** Declares them. */
export function testSdkFilters(scenario: Scenario): void {
  scenario(
    "each subscriber gets what its filter says, with the offsets of the channel",
    async (stage) => {
      const all = await (await stage.user("reader")).subscribe(CHANNEL);
      const filtered = await Promise.all(
        FILTERS.map(async ([tagsFilter], index) => {
          const user = await stage.user(`reader${index}`);
          return await user.subscribe(CHANNEL, { tagsFilter });
        }),
      );
      await publish(stage, range(1, 12));
      await all.count(12);
      for (const [index, [tagsFilter, expected]] of FILTERS.entries()) {
        const name = JSON.stringify(tagsFilter);
        const { publications } = filtered[index]!;
        await filtered[index]!.count(expected.length);
        assertEquals(
          publications.map(({ data }) => data),
          [...expected],
          name,
        );
        const isExpected = ({ data }: { readonly data: unknown }) =>
          [...expected].includes(Number(data));
        assertEquals(
          publications.map(({ offset }) => offset),
          all.publications.filter(isExpected).map(({ offset }) => offset),
          name,
        );
        for (const { tags } of publications) assert(tags?.size, name);
      }
      const { publications } = await all.sub.history({ limit: 100 });
      assertEquals(publications.length, 12);
    },
  );

  scenario(
    "after a cut what fits is recovered, and what does not is never a gap",
    async (stage) => {
      const alice = await stage.user("alice");
      const even = await alice.subscribe(CHANNEL, { tagsFilter: EVEN });
      await publish(stage, range(1, 5));
      await even.count(2);
      await absence(stage, even, () => publish(stage, range(6, 9)));
      await even.count(4);
      // Odd ones alone, live and while it is away.
      await publish(stage, [11, 13, 15]);
      await absence(stage, even, () => publish(stage, [17, 19]));
      await absence(stage, even, () => publish(stage, []));
      await publish(stage, [21, 20]);
      await even.count(5);
      assertEquals(even.data, [2, 4, 6, 8, 20]);
      assertEquals(
        even.subscribed.map(({ recovered }) => recovered),
        [false, true, true, true],
      );
    },
  );

  scenario(
    "a new filter holds from the next subscription on",
    async (stage) => {
      const alice = await stage.user("alice");
      const prices = await alice.subscribe(CHANNEL, { tagsFilter: EVEN });
      await publish(stage, [1, 2]);
      await prices.count(1);
      prices.sub.setTagsFilter({ key: "parity", cmp: "eq", val: "odd" });
      await publish(stage, [3, 4]);
      await prices.count(2);
      prices.sub.unsubscribe();
      await prices.start();
      await publish(stage, [5, 6, 7]);
      await prices.count(4);
      prices.sub.setTagsFilter(null);
      prices.sub.unsubscribe();
      await prices.start();
      await publish(stage, [10, 11]);
      await prices.count(6);
      assertEquals(prices.data, [2, 4, 5, 7, 10, 11]);
    },
  );

  scenario(
    "a filter is refused where the channel allows none, and where it is invalid",
    async (stage) => {
      const alice = await stage.user("alice");
      for (
        const [channel, filter, message] of [
          ["news", EVEN, 'cannot filter by tags: "news" does not allow it'],
          [
            CHANNEL,
            { cmp: "gt", val: "100" } as const,
            'cannot filter by tags: tf.key: expected a tag, but got ""',
          ],
        ] as const
      ) {
        const sub = alice.client.newSubscription(channel, {
          tagsFilter: filter,
        });
        const end = nextEvent<{ code: number; reason: string }>(
          sub,
          "unsubscribed",
        );
        sub.subscribe();
        const { code, reason } = await end;
        assertEquals([code, reason], [107, message]);
      }
    },
  );
}
