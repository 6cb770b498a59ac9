import { assertEquals } from "@std/assert";
import { Coalescer } from "../../../lib/hub/coalescer.ts";
import { FakeClock } from "../../support/fake_clock.ts";

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
  const coalescer = new Coalescer(clock);
  const flushed: string[] = [];
  const item = (name: string) => ({ flush: () => void flushed.push(name) });
  return { clock, coalescer, flushed, item };
}

Deno.test("What is added waits for one turn that brings nothing new", () => {
  const { clock, coalescer, flushed, item } = setUp();
  coalescer.add(item("a"));
  clock.next();
  assertEquals(flushed, []);
  clock.next();
  assertEquals(flushed, ["a"]);
  assertEquals(clock.awaited, false);
});

Deno.test("Each turn that brings something new prolongs the wait of all, in their order", () => {
  const { clock, coalescer, flushed, item } = setUp();
  coalescer.add(item("a"));
  clock.next();
  coalescer.add(item("b"));
  clock.next();
  coalescer.touch();
  clock.next();
  assertEquals(flushed, []);
  clock.next();
  assertEquals(flushed, ["a", "b"]);
});

Deno.test("Nothing waits longer than a millisecond, however much comes", () => {
  const { clock, coalescer, flushed, item } = setUp();
  coalescer.add(item("a"));
  for (let turn = 0; turn < 3; turn++) {
    clock.next(0.3);
    coalescer.touch();
  }
  assertEquals(flushed, []);
  clock.next(0.3);
  assertEquals(flushed, ["a"]);
});

Deno.test("What is added while others are flushed has a wait of its own", () => {
  const { clock, coalescer, flushed, item } = setUp();
  coalescer.add({
    flush() {
      flushed.push("a");
      coalescer.add(item("b"));
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
  const { clock, coalescer, flushed, item } = setUp();
  coalescer.add(item("a"));
  coalescer.stop();
  assertEquals(clock.awaited, false);
  clock.next();
  assertEquals(flushed, []);
});
