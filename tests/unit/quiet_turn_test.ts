import { assertEquals } from "@std/assert";
import { QuietTurn } from "../../lib/quiet_turn.ts";
import { FakeClock } from "../support/fake_clock.ts";

/** A clock whose turns of the event loop a test takes one by one, each as long as it says. */
class Turns extends FakeClock {
  #callbacks: (() => void)[] = [];

  override soon(callback: () => void): () => void {
    this.#callbacks.push(callback);
    return () => {
      this.#callbacks = this.#callbacks.filter((each) => each !== callback);
    };
  }

  /** Whether something waits for the end of this turn. */
  get awaited(): boolean {
    return this.#callbacks.length > 0;
  }

  next(ms = 0): void {
    this.now += ms;
    for (const callback of this.#callbacks.splice(0)) callback();
  }
}

function setUp() {
  const clock = new Turns();
  const quietTurn = new QuietTurn(clock);
  const flushed: string[] = [];
  const item = (name: string) => ({ flush: () => void flushed.push(name) });
  return { clock, quietTurn, flushed, item };
}

Deno.test("What is added waits for one turn that brings nothing new", () => {
  const { clock, quietTurn, flushed, item } = setUp();
  quietTurn.add(item("a"));
  clock.next();
  assertEquals(flushed, []);
  clock.next();
  assertEquals(flushed, ["a"]);
  assertEquals(clock.awaited, false);
});

Deno.test("Each turn that brings something new prolongs the wait of all, in their order", () => {
  const { clock, quietTurn, flushed, item } = setUp();
  quietTurn.add(item("a"));
  clock.next();
  quietTurn.add(item("b"));
  clock.next();
  quietTurn.touch();
  clock.next();
  assertEquals(flushed, []);
  clock.next();
  assertEquals(flushed, ["a", "b"]);
});

Deno.test("Nothing waits longer than a millisecond, however much comes", () => {
  const { clock, quietTurn, flushed, item } = setUp();
  quietTurn.add(item("a"));
  for (let turn = 0; turn < 3; turn++) {
    clock.next(0.3);
    quietTurn.touch();
  }
  assertEquals(flushed, []);
  clock.next(0.3);
  assertEquals(flushed, ["a"]);
});

Deno.test("What is added while others are flushed has a wait of its own", () => {
  const { clock, quietTurn, flushed, item } = setUp();
  quietTurn.add({
    flush() {
      flushed.push("a");
      quietTurn.add(item("b"));
    },
  });
  clock.next();
  clock.next();
  assertEquals(flushed, ["a"]);
  clock.next();
  clock.next();
  assertEquals(flushed, ["a", "b"]);
});

Deno.test("Once stopped, nothing is flushed any more", () => {
  const { clock, quietTurn, flushed, item } = setUp();
  quietTurn.add(item("a"));
  quietTurn.stop();
  assertEquals(clock.awaited, false);
  clock.next();
  assertEquals(flushed, []);
});
