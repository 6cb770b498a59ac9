/** The broker's script: recovery, at each boundary. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { RecoveryMode } from "../../lib/base/recovery.ts";
import type { Check } from "./broker.ts";
import { KEEP_ALL, type Member, offsetsOf } from "./broker_scene.ts";

interface Away {
  /** The newest offset that it has. */
  readonly offset: number;
  /** The epoch it has; the stream's if it is not given. */
  readonly epoch?: string;
  readonly mode?: RecoveryMode;
  /** Maximum number of missed publications. */
  readonly cap?: number;
}

/** Offsets of the recovered publications; `undefined` without recovery. */
async function recover(
  { broker }: Member,
  { offset, epoch, mode = "stream", cap }: Away,
): Promise<number[] | undefined> {
  const position = await broker.position("room");
  const since = { offset, epoch: epoch ?? position.epoch };
  const found = await broker.recover("room", { since, mode, cap });
  assertEquals(found.position, position);
  if (found.recovered) return offsetsOf(found.publications);
  assertEquals(found.publications, []);
  return undefined;
}

/** Registers the checks. */
export function testBrokerRecovery(check: Check): void {
  testStream(check);
  testMeanwhile(check);
  testCache(check);
  testLosses(check);
}

/** Reads that overlap with publications end where their position is. */
function testMeanwhile(check: Check): void {
  check(
    "recovery: while others publish a client recovers up to the position that it is given, and so far goes a history",
    async ({ subject, members }) => {
      const { broker } = subject;
      await subject.publishKept("room", ...new Array<string>(40).fill("x"));
      const { epoch } = await broker.position("room");
      const since = { offset: 1, epoch };
      for (let round = 0; round < 10; round++) {
        const publishing = members.map((each) =>
          each.publishKept("room", ..."yyyy")
        );
        for (let count = 0; count < 4; count++) {
          const [found, history] = await Promise.all([
            broker.recover("room", { since, mode: "stream" }),
            broker.history("room", { limit: -1 }),
          ]);
          assert(found.recovered && history.type === "history");
          for (const { publications, position } of [found, history]) {
            assertEquals(publications.at(-1)?.offset, position.offset);
          }
        }
        await Promise.all(publishing);
      }
    },
  );
}

/** Six publications, the newest four kept. */
async function publishSix(subject: Member): Promise<void> {
  const history = { ...KEEP_ALL, size: 4 };
  for (let times = 0; times < 6; times++) {
    await subject.broker.publish({ channel: "room", payload: "x", history });
  }
}

function testStream(check: Check): void {
  const cases: readonly (readonly [string, Away, number[] | undefined])[] = [
    ["who missed nothing gets nothing", { offset: 6 }, []],
    ["who missed one gets it", { offset: 5 }, [6]],
    ["who missed exactly what is kept gets it", { offset: 2 }, [3, 4, 5, 6]],
    ["who missed one more does not recover", { offset: 1 }, undefined],
    ["who has nothing of it does not recover", { offset: 0 }, undefined],
    ["who is ahead of the top does not recover", { offset: 7 }, undefined],
    ["another epoch does not recover", { offset: 5, epoch: "x" }, undefined],
    [
      "another epoch at the top does not either",
      { offset: 6, epoch: "x" },
      undefined,
    ],
    ["an empty epoch fits", { offset: 5, epoch: "" }, [6]],
    ["an empty epoch does not fill a gap", { offset: 1, epoch: "" }, undefined],
    ["a client that had to drop its state does not recover", {
      offset: 6,
      epoch: "_",
    }, undefined],
  ];
  for (const [sentence, away, offsets] of cases) {
    check(`recovery: ${sentence}`, async ({ subject }) => {
      await publishSix(subject);
      assertEquals(await recover(subject, away), offsets);
    });
  }

  check("recovery: a new stream has nothing to miss", async ({ subject }) => {
    assertEquals(await recover(subject, { offset: 0 }), []);
    assertEquals(await recover(subject, { offset: 0, epoch: "" }), []);
    assertEquals(await recover(subject, { offset: 1 }), undefined);
  });

  check("recovery: 300 missed are sent, 301 are not", async ({ subject }) => {
    await subject.publishKept("room", ...new Array<string>(305).fill("x"));
    const missed = await recover(subject, { offset: 5 });
    assertEquals(missed, Array.from({ length: 300 }, (_, index) => index + 6));
    assertEquals(await recover(subject, { offset: 4 }), undefined);
    const all = await recover(subject, { offset: 0, cap: 305 });
    assertEquals(all, Array.from({ length: 305 }, (_, index) => index + 1));
    const few = await recover(subject, { offset: 3, cap: 301 });
    assertEquals(few, undefined);
  });
}

function testCache(check: Check): void {
  const cases: readonly (readonly [string, Away, number[] | undefined])[] = [
    ["who was away gets the newest", { offset: 2 }, [6]],
    ["who has nothing gets the newest", { offset: 0, epoch: "" }, [6]],
    ["who has the newest gets nothing", { offset: 6 }, []],
    ["who has an offset of another epoch gets the newest", {
      offset: 6,
      epoch: "x",
    }, [6]],
    ["a client that had to drop its state does not recover", {
      offset: 6,
      epoch: "_",
    }, undefined],
  ];
  for (const [sentence, away, offsets] of cases) {
    check(`cache recovery: ${sentence}`, async ({ subject }) => {
      await publishSix(subject);
      assertEquals(await recover(subject, { ...away, mode: "cache" }), offsets);
    });
  }

  check(
    "cache recovery: with nothing kept, only who has the newest recovers",
    async ({ subject }) => {
      const mode = "cache";
      assertEquals(await recover(subject, { offset: 0, mode }), undefined);
      await publishSix(subject);
      await subject.broker.removeHistory("room");
      assertEquals(await recover(subject, { offset: 5, mode }), undefined);
      assertEquals(await recover(subject, { offset: 6, mode }), []);
    },
  );
}

function testLosses(check: Check): void {
  check("recovery: what was removed is missed", async ({ subject }) => {
    await publishSix(subject);
    await subject.broker.removeHistory("room");
    assertEquals(await recover(subject, { offset: 5 }), undefined);
    assertEquals(await recover(subject, { offset: 6 }), []);
  });

  check("recovery: what was not to be kept is missed", async ({ subject }) => {
    await publishSix(subject);
    await subject.broker.publish({ channel: "room", payload: "x" });
    assertEquals(await recover(subject, { offset: 6 }), undefined);
    assertEquals(await recover(subject, { offset: 7 }), []);
  });

  check("recovery: what took no place is not missed", async ({ subject }) => {
    const { broker } = subject;
    const channel = "room";
    await broker.subscribe(channel);
    await publishSix(subject);
    await broker.publish({ channel, payload: "x", skipHistory: true });
    await broker.publish({ channel, payload: "", type: "join" });
    assertEquals(await recover(subject, { offset: 6 }), []);
  });

  check(
    "recovery: the publications are those that were published",
    async ({ subject }) => {
      await subject.publishKept("room", "a", "b");
      const since = { offset: 1, epoch: "" };
      const found = await subject.broker.recover("room", {
        since,
        mode: "stream",
      });
      assert(found.recovered);
      const [publication] = found.publications;
      assertEquals(publication?.channel, "room");
      assertEquals(publication?.type, "publication");
      assertEquals(publication?.payload, "b");
      assertEquals(publication?.epoch, found.position.epoch);
      assertNotEquals(publication?.epoch, "");
    },
  );
}
