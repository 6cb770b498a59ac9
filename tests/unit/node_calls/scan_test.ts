/** Walks over everything that a node holds: in slices, and with no more rows than are needed. */

import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { compareValues, FirstOf, scan } from "../../../lib/node_calls/scan.ts";
import { ApiScene } from "../../support/api_scene.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const numbers = Array.from({ length: 1_000 }, (_, index) => index);

Deno.test("A walk over many leaves what comes meanwhile its turns", async () => {
  const clock = new FakeClock();
  const events: string[] = [];
  let visited = 0;
  const walk = scan(clock, numbers, () => visited++);
  for (let turn = 0; turn < 10 && visited < 1_000; turn++) {
    events.push(`${visited} visited`);
    clock.advance(0);
    await Promise.resolve();
  }
  assertEquals(events, [
    "200 visited",
    "400 visited",
    "600 visited",
    "800 visited",
  ]);
  clock.advance(0);
  await walk;
});

Deno.test("A page of 2 000 connections is made in ten turns or more, and a client is answered in between", async () => {
  const scene = new ApiScene();
  for (let number = 0; number < 2_000; number++) scene.connect(`u${number}`);
  const bob = scene.connect("bob");
  let isThere = false;
  const page = scene.call("connections", { limit: 1, sort: "since" })
    .finally(() => isThere = true);
  let answers = 0;
  for (let turn = 0; turn < 100; turn++) {
    await scene.settle();
    if (isThere) break;
    bob.connection.receive("ping");
    answers += bob.transport.take().length;
    scene.clock.advance(0);
  }
  assert(answers >= 10, `${answers} answers`);
  await page;
});

Deno.test("The first ones are those of the whole order, however many there are", () => {
  fc.assert(fc.property(
    fc.array(fc.integer()),
    fc.integer({ min: 1, max: 20 }),
    fc.boolean(),
    (values, max, isReverse) => {
      const order = (a: number, b: number) => compareValues(a, b, isReverse);
      const first = new FirstOf(max, order);
      const all = [...values, ...numbers];
      for (const value of all) first.add(value);
      assertEquals(first.take(), all.sort(order).slice(0, max));
    },
  ));
});
