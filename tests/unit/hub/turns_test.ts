import { assertEquals } from "@std/assert";
import { Turns, TurnShare } from "../../../lib/hub/turns.ts";
import { settled } from "../../support/connection_scene.ts";
import { FakeClock } from "../../support/fake_clock.ts";

/** How many messages of one client are carried out before it has to wait. */
function countWithin(share: TurnShare, work = 1): number {
  let count = 0;
  while (!share.isOver(work)) count++;
  return count;
}

Deno.test("One client has 64 messages of a turn, and as many of the next one", () => {
  const clock = new FakeClock();
  const share = new TurnShare(new Turns(clock));
  assertEquals(countWithin(share), 64);
  assertEquals(share.isOver(1), true);
  clock.advance(0);
  assertEquals(countWithin(share), 64);
});

Deno.test("Long messages are more work: few of them are one turn's share", () => {
  const share = new TurnShare(new Turns(new FakeClock()));
  assertEquals(countWithin(share, 59), 2);
});

Deno.test("Several clients share a turn: each has its first messages, and some of the rest", () => {
  const turns = new Turns(new FakeClock());
  const counts = Array.from(
    { length: 10 },
    () => countWithin(new TurnShare(turns)),
  );
  assertEquals(counts.slice(0, 2), [64, 64]);
  assertEquals(counts.at(-1), 16);
});

/** Clock whose turns a test ends one by one. */
class TurnClock {
  now = 0;
  #callbacks: (() => void)[] = [];

  soon(callback: () => void): () => void {
    this.#callbacks.push(callback);
    return () => {};
  }

  async endTurn(): Promise<void> {
    for (const callback of this.#callbacks.splice(0)) callback();
    await settled();
  }
}

Deno.test("Those who wait go on in their order, two in each turn", async () => {
  const clock = new TurnClock();
  const turns = new Turns(clock);
  const done: number[] = [];
  for (let client = 0; client < 5; client++) {
    turns.next().then(() => done.push(client));
  }
  const counts: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    counts.push(done.length);
    await clock.endTurn();
  }
  assertEquals(counts, [0, 2, 4, 5]);
  assertEquals(done, [0, 1, 2, 3, 4]);
});

Deno.test("Commands that are waited for have a quarter of a millisecond of each turn", async () => {
  const clock = new TurnClock();
  const share = new TurnShare(new Turns(clock));
  assertEquals(share.isLong(), false);
  clock.now += 0.2;
  assertEquals(share.isLong(), false);
  clock.now += 0.1;
  assertEquals(share.isLong(), true);
  await clock.endTurn();
  assertEquals(share.isLong(), false);
});
