import { assertEquals } from "@std/assert";
import {
  TimingWheel,
  type WheelItem,
} from "../../../lib/heartbeat/timing_wheel.ts";

interface Item extends WheelItem {
  readonly name: string;
}

function item(name: string): Item {
  return { name, slot: undefined };
}

function visits(wheel: TimingWheel<Item>, nowMs: number): string[] {
  const names: string[] = [];
  wheel.advance(nowMs, ({ name }) => names.push(name));
  return names;
}

Deno.test("An item is visited once, at its time and not before", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10 });
  wheel.schedule(item("a"), 100);
  assertEquals(visits(wheel, 99), []);
  assertEquals(visits(wheel, 100), ["a"]);
  assertEquals(visits(wheel, 10_000), []);
});

Deno.test("An item between two ticks is visited at the later one", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10 });
  wheel.schedule(item("a"), 101);
  assertEquals(visits(wheel, 109), []);
  assertEquals(visits(wheel, 110), ["a"]);
});

Deno.test("A sweep visits what is due and leaves the rest alone", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10 });
  for (const due of [10, 20, 30, 40]) wheel.schedule(item(`${due}`), due);
  assertEquals(visits(wheel, 30), ["10", "20", "30"]);
  assertEquals(visits(wheel, 40), ["40"]);
});

Deno.test("An item that is overdue when it is scheduled is visited with the next tick", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10 });
  wheel.advance(500, () => {});
  wheel.schedule(item("late"), 3);
  assertEquals(visits(wheel, 509), []);
  assertEquals(visits(wheel, 510), ["late"]);
});

Deno.test("A cancelled item is not visited, also in the middle of a sweep", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10 });
  const [first, second] = [item("first"), item("second")];
  wheel.schedule(first, 10);
  wheel.schedule(second, 10);
  const names: string[] = [];
  wheel.advance(10, ({ name }) => {
    names.push(name);
    wheel.cancel(first);
    wheel.cancel(second);
  });
  assertEquals(names, ["first"]);
  assertEquals(second.slot, undefined);
});

Deno.test("Scheduling again replaces the earlier time", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10 });
  const a = item("a");
  wheel.schedule(a, 10);
  wheel.schedule(a, 50);
  assertEquals(visits(wheel, 49), []);
  assertEquals(visits(wheel, 50), ["a"]);
});

Deno.test("A visit can schedule its item again, for every time from the next tick on", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10, slots: 4 });
  const a = item("a");
  wheel.schedule(a, 10);
  const times: number[] = [];
  for (let now = 10; now <= 50; now += 10) {
    wheel.advance(now, (visited) => {
      times.push(now);
      wheel.schedule(visited, now + 10);
    });
  }
  assertEquals(times, [10, 20, 30, 40, 50]);
});

Deno.test("An item beyond the horizon is visited early, and never late", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10, slots: 8 });
  wheel.schedule(item("far"), 1000);
  assertEquals(visits(wheel, 69), []);
  assertEquals(visits(wheel, 70), ["far"]);
});

Deno.test("A jump over more than a whole turn of the wheel visits each item once", () => {
  const wheel = new TimingWheel<Item>({ tickMs: 10, slots: 8 });
  for (let due = 10; due <= 70; due += 10) wheel.schedule(item(`${due}`), due);
  assertEquals(visits(wheel, 100_000).length, 7);
});
