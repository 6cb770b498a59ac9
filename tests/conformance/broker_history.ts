/** The broker's script: what is kept, how long, and how it is read. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { HistoryQuery } from "../../lib/broker/types.ts";
import type { Check } from "./broker.ts";
import { KEEP_ALL, type Member, offsetsOf } from "./broker_scene.ts";

/** Short enough to wait for, long enough for a slow machine. */
/** Long enough for a slow machine: the clocks of some brokers are their servers'. */
const TTL_MS = 1_800;

/** Registers the checks. */
export function testBrokerHistory(check: Check): void {
  testPosition(check);
  testKeeping(check);
  testReading(check);
}

function testPosition(check: Check): void {
  check(
    "an unknown channel begins when its position is read",
    async ({ subject }) => {
      const { broker } = subject;
      const position = await broker.position("room");
      assertEquals(position.offset, 0);
      assertNotEquals(position.epoch, "");
      assertEquals(await broker.position("room"), position);
      await subject.publishKept("room", "a");
      const { epoch } = position;
      assertEquals(await broker.position("room"), { offset: 1, epoch });
    },
  );

  check(
    "the position of a channel with history stays without subscribers",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      await subject.publishKept("room", "a", "b");
      const position = await broker.position("room");
      await broker.unsubscribe("room");
      assertEquals(await broker.position("room"), position);
      await broker.subscribe("room");
      assertEquals(await broker.position("room"), position);
      assertEquals(await subject.kept("room"), [1, 2]);
    },
  );
}

function testKeeping(check: Check): void {
  check("nothing is kept unless a draft says so", async ({ subject }) => {
    await subject.broker.subscribe("room");
    await subject.broker.publish({ channel: "room", payload: "x" });
    assertEquals(await subject.kept("room"), []);
    assertEquals((await subject.broker.position("room")).offset, 1);
  });

  check(
    "a draft that says nothing of keeping takes a place, and nothing before it is kept either",
    async ({ subject }) => {
      await subject.broker.subscribe("room");
      await subject.publishKept("room", "a", "b");
      await subject.broker.publish({ channel: "room", payload: "c" });
      assertEquals(await subject.kept("room"), []);
      await subject.publishKept("room", "d");
      assertEquals(await subject.kept("room"), [4]);
    },
  );

  check("the newest are kept, up to the size", async ({ subject }) => {
    const history = { ...KEEP_ALL, size: 3 };
    for (let times = 0; times < 5; times++) {
      await subject.broker.publish({ channel: "room", payload: "x", history });
    }
    assertEquals(await subject.kept("room"), [3, 4, 5]);
    const size = 2;
    await subject.broker.publish({
      channel: "room",
      payload: "x",
      history: { ...history, size },
    });
    assertEquals(await subject.kept("room"), [5, 6]);
  });

  for (const none of [{ size: 0 }, { ttlMs: 0 }]) {
    check(
      `${JSON.stringify(none)} keeps nothing, and the position goes on`,
      async ({ subject }) => {
        await subject.publishKept("room", "a");
        const history = { ...KEEP_ALL, ...none };
        await subject.broker.publish({
          channel: "room",
          payload: "b",
          history,
        });
        assertEquals(await subject.kept("room"), []);
        assertEquals((await subject.broker.position("room")).offset, 2);
      },
    );
  }

  check(
    "all that is kept expires a TTL after the newest, and the position stays",
    async (scene) => {
      const { subject } = scene;
      const history = { size: 10, ttlMs: TTL_MS };
      const request = { channel: "room", payload: "x", history };
      await subject.broker.publish(request);
      await scene.passTime(TTL_MS * 2 / 3);
      await subject.broker.publish(request);
      await scene.passTime(TTL_MS * 2 / 3);
      assertEquals(await subject.kept("room"), [1, 2]);
      const position = await subject.broker.position("room");
      await scene.passTime(TTL_MS * 2 / 3);
      assertEquals(await subject.kept("room"), []);
      assertEquals(await subject.broker.position("room"), position);
      await subject.broker.publish(request);
      assertEquals(await subject.kept("room"), [3]);
    },
  );

  check(
    "what a smaller history has dropped does not come back with a larger one",
    async ({ subject }) => {
      for (const size of [1, 1, 3]) {
        const history = { size, ttlMs: 60_000 };
        const request = { channel: "room", payload: "x", history };
        await subject.broker.publish(request);
      }
      assertEquals(await subject.kept("room"), [2, 3]);
    },
  );

  check(
    "history that is removed is gone, and the position stays",
    async ({ subject }) => {
      const { broker } = subject;
      await subject.publishKept("room", "a", "b", "c");
      const position = await broker.position("room");
      await broker.removeHistory("room");
      assertEquals(await subject.kept("room"), []);
      assertEquals(await broker.position("room"), position);
      await subject.publishKept("room", "d");
      assertEquals(await subject.kept("room"), [4]);
      assertEquals((await broker.position("room")).epoch, position.epoch);
    },
  );

  check(
    "removing the history of a channel that has none is nothing",
    async ({ subject }) => {
      await subject.broker.removeHistory("room");
      assertEquals(await subject.kept("room"), []);
    },
  );
}

type Asked = Omit<HistoryQuery, "since"> & { readonly since?: number };

/** The offsets in the answer. */
async function read(
  { broker }: Member,
  { since, ...query }: Asked,
): Promise<number[]> {
  const position = await broker.position("room");
  const from = since === undefined
    ? undefined
    : { offset: since, epoch: position.epoch };
  const result = await broker.history("room", { ...query, since: from });
  assertEquals(result.position, position);
  assert(result.type === "history");
  return offsetsOf(result.publications);
}

function testReading(check: Check): void {
  const questions: readonly (readonly [string, Asked, number[]])[] = [
    ["all", { limit: -1 }, [3, 4, 5, 6]],
    ["no publication", { limit: 0 }, []],
    ["the oldest", { limit: 2 }, [3, 4]],
    ["more than there is", { limit: 100 }, [3, 4, 5, 6]],
    ["all backward", { limit: -1, reverse: true }, [6, 5, 4, 3]],
    ["the newest", { limit: 2, reverse: true }, [6, 5]],
    ["none backward", { limit: 0, reverse: true }, []],
    ["up to a cap", { limit: -1, cap: 3 }, [3, 4, 5]],
    ["less than the cap", { limit: 2, cap: 3 }, [3, 4]],
    ["a cap backward", { limit: 4, cap: 3, reverse: true }, [6, 5, 4]],
    ["what follows", { limit: -1, since: 4 }, [5, 6]],
    ["some of what follows", { limit: 1, since: 4 }, [5]],
    ["what follows the top", { limit: -1, since: 6 }, []],
    ["all that is kept, exactly", { limit: -1, since: 2 }, [3, 4, 5, 6]],
    ["more than is kept", { limit: -1, since: 1 }, [3, 4, 5, 6]],
    ["some of more than is kept", { limit: 2, since: 0 }, [3, 4]],
    ["what is ahead of the top", { limit: -1, since: 7 }, []],
    ["what was before", { limit: -1, since: 5, reverse: true }, [4, 3]],
    ["some of what was before", { limit: 1, since: 5, reverse: true }, [4]],
    ["what was before all", { limit: -1, since: 3, reverse: true }, []],
    [
      "what was before the memory",
      { limit: -1, since: 1, reverse: true },
      [],
    ],
  ];
  for (const [what, query, offsets] of questions) {
    check(
      `history reads ${what}: ${JSON.stringify(query)}`,
      async ({ subject }) => {
        const history = { ...KEEP_ALL, size: 4 };
        for (let times = 0; times < 6; times++) {
          await subject.broker.publish({
            channel: "room",
            payload: "x",
            history,
          });
        }
        assertEquals(await read(subject, query), offsets);
      },
    );
  }

  check(
    "history of another epoch is unrecoverable, an empty epoch fits",
    async ({ subject }) => {
      const { broker } = subject;
      await subject.publishKept("room", "a", "b");
      for (const reverse of [false, true]) {
        const ask = (epoch: string) =>
          broker.history("room", {
            since: { offset: 1, epoch },
            limit: -1,
            reverse,
          });
        assertEquals((await ask("another")).type, "unrecoverable");
        const found = await ask("");
        assert(found.type === "history");
        assertEquals(offsetsOf(found.publications), reverse ? [] : [2]);
      }
    },
  );

  check(
    "an answer has 300 publications at most, unless the question says otherwise",
    async ({ subject }) => {
      await subject.publishKept("room", ...new Array<string>(305).fill("x"));
      assertEquals((await read(subject, { limit: -1 })).length, 300);
      assertEquals((await read(subject, { limit: 304 })).length, 300);
      assertEquals((await read(subject, { limit: -1, cap: 302 })).length, 302);
    },
  );
}
