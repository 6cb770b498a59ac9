import { assertEquals, assertFalse } from "@std/assert";
import { Coalescer, Joining } from "../../../lib/hub/coalescer.ts";
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

const LIMITS = { maxJoinMs: 1, joinPatienceMs: 0.6, recipientsPerTurn: 60 };

function setUp(limits: Partial<typeof LIMITS> = {}) {
  const clock = new Turns();
  const coalescer = new Coalescer(clock, { ...LIMITS, ...limits });
  const sent: string[] = [];
  /** Something to send to so many recipients, which has just sent one publication. */
  const item = (name: string, recipients = 1) => ({
    joining: Object.assign(new Joining(), { lastCount: 1, sentAt: clock.now }),
    left: recipients,
    advance(max: number) {
      const count = Math.min(max, this.left);
      this.left -= count;
      // So that it can be added again.
      if (count === 0 || count < max) this.left = recipients;
      sent.push(count === 1 ? name : `${name} to ${count}`);
      return count;
    },
  });
  /** Turns until all is sent. */
  const turns = (ms = 0) => {
    let count = 0;
    for (; clock.awaited; count++) clock.next(ms);
    return count;
  };
  return { clock, coalescer, sent, item, turns };
}

Deno.test("What is added after a pause is sent at the end of the turn that brings it", () => {
  const { clock, coalescer, sent, item } = setUp();
  const a = item("a");
  clock.now += 1;
  coalescer.add(a);
  coalescer.add(a);
  clock.next();
  assertEquals(sent, ["a"]);
  assertFalse(clock.awaited);
});

Deno.test("What is added soon after another fan-out waits for one turn that brings nothing new", () => {
  const { clock, coalescer, sent, item } = setUp();
  coalescer.add(item("a"));
  clock.next();
  assertEquals(sent, []);
  clock.next();
  assertEquals(sent, ["a"]);
  assertFalse(clock.awaited);
});

Deno.test("Each turn that brings more to an item prolongs its wait, and not that of the others", () => {
  const { clock, coalescer, sent, item } = setUp();
  const a = item("a");
  coalescer.add(a);
  coalescer.add(item("b"));
  clock.next();
  coalescer.add(a);
  clock.next();
  assertEquals(sent, ["b"]);
  coalescer.add(a);
  clock.next();
  assertEquals(sent, ["b"]);
  clock.next();
  assertEquals(sent, ["b", "a"]);
});

Deno.test("Nothing waits longer than a millisecond, however much comes", () => {
  const { clock, coalescer, sent, item } = setUp();
  const a = item("a");
  coalescer.add(a);
  for (let turn = 0; turn < 3; turn++) {
    clock.next(0.3);
    coalescer.add(a);
  }
  assertEquals(sent, []);
  clock.next(0.3);
  assertEquals(sent, ["a"]);
});

Deno.test("What is added while others send has a wait of its own", () => {
  const { clock, coalescer, sent, item } = setUp({ joinPatienceMs: 0 });
  coalescer.add({
    joining: new Joining(),
    advance() {
      sent.push("a");
      coalescer.add(item("b"));
      return 0;
    },
  });
  clock.next();
  assertEquals(sent, ["a"]);
  clock.next();
  clock.next();
  assertEquals(sent, ["a", "b"]);
});

Deno.test("Once stopped, nothing is sent any more", () => {
  const { clock, coalescer, sent, item } = setUp();
  coalescer.add(item("a"));
  coalescer.send(item("b"));
  coalescer.stop();
  assertFalse(clock.awaited);
  clock.next();
  assertEquals(sent, []);
});

/** An item that has just sent so many publications, as it usually does. */
function sentTogether(
  { coalescer, item, turns, sent }: ReturnType<typeof setUp>,
  count: number,
) {
  const made = item("a");
  coalescer.add(made, count);
  turns();
  sent.length = 0;
  made.joining.usual = count;
  return made;
}

Deno.test("What is expected is usual: not as many as once among fan-outs of one, but as many as again and again", () => {
  const scene = setUp();
  const { clock, coalescer, turns } = scene;
  const a = sentTogether(scene, 1);
  /** Sends so many at once; returns for how many more it has waited. */
  const expectedOf = (count: number) => {
    clock.now += 0.5;
    coalescer.add(a, count);
    const { expected } = a.joining;
    turns();
    return expected;
  };
  assertEquals([1, 3, 1, 1, 3].map(expectedOf), [1, 1, 1, 1, 1]);
  const usual = Array.from({ length: 12 }, () => expectedOf(8));
  assertEquals(usual.at(-1), 8);
  assertEquals(expectedOf(1), 8);
});

Deno.test("Where one fan-out follows another, as many publications as last time are waited for", () => {
  const scene = setUp();
  const { clock, coalescer, sent } = scene;
  const a = sentTogether(scene, 3);
  clock.now += 0.5;
  coalescer.add(a);
  for (let turn = 0; turn < 5; turn++) clock.next(0.05);
  coalescer.add(a);
  for (let turn = 0; turn < 5; turn++) clock.next(0.05);
  assertEquals(sent, []);
  coalescer.add(a);
  clock.next();
  clock.next();
  assertEquals(sent, ["a"]);
});

Deno.test("What is expected of one item lets no other wait", () => {
  const scene = setUp();
  const { clock, coalescer, sent, item } = scene;
  coalescer.add(sentTogether(scene, 3));
  coalescer.add(item("b"));
  clock.next();
  clock.next();
  assertEquals(sent, ["b"]);
});

Deno.test("The newest waits 0.6 ms for the next, and then no more is expected than came", () => {
  const scene = setUp();
  const { clock, coalescer, sent, turns } = scene;
  const a = sentTogether(scene, 3);
  coalescer.add(a);
  for (let turn = 0; turn < 6; turn++) clock.next(0.1);
  assertEquals(sent, []);
  clock.next(0.1);
  assertEquals(sent, ["a"]);
  coalescer.add(a);
  assertEquals(turns(), 2);
});

Deno.test("While more is expected, nothing waits longer than a millisecond either", () => {
  const scene = setUp();
  const { clock, coalescer, sent } = scene;
  const a = sentTogether(scene, 100);
  coalescer.add(a);
  for (let turn = 0; turn < 9; turn++) {
    clock.next(0.1);
    if (turn % 2 === 0) coalescer.add(a);
  }
  assertEquals(sent, []);
  clock.next(0.11);
  assertEquals(sent, ["a"]);
});

Deno.test("After a pause nothing is expected", () => {
  const scene = setUp();
  const { clock, coalescer, turns } = scene;
  const a = sentTogether(scene, 3);
  clock.now += 1;
  coalescer.add(a);
  assertEquals(turns(), 1);
});

Deno.test("After a wait in vain nothing is expected once, then twice, then four times; a fulfilled one is the last that counts", () => {
  const scene = setUp({ maxJoinMs: 100 });
  const { clock, coalescer, turns } = scene;
  const a = sentTogether(scene, 3);
  const usually = { lastCount: 3, usual: 3 };
  /** Sends so many at once, soon after what was sent before; returns whether it has waited for more. */
  const hasWaited = (count: number) => {
    coalescer.add(a, count);
    const since = clock.now;
    turns(0.1);
    return clock.now - since > 0.3;
  };
  for (const doubts of [1, 2, 4]) {
    assertEquals(hasWaited(2), true);
    Object.assign(a.joining, usually);
    for (let index = 0; index < doubts; index++) {
      assertEquals(hasWaited(2), false, `${index} of ${doubts}`);
      Object.assign(a.joining, usually);
    }
  }
  a.joining.doubts = 0;
  assertEquals(hasWaited(3), false);
  assertEquals(hasWaited(2), true);
  Object.assign(a.joining, usually);
  assertEquals(hasWaited(2), false);
  Object.assign(a.joining, usually);
  assertEquals(hasWaited(2), true);
});

Deno.test("A clock that stands still ends the wait too", () => {
  const scene = setUp();
  scene.coalescer.add(sentTogether(scene, 3));
  scene.turns();
  assertEquals(scene.sent, ["a"]);
});

Deno.test("A turn sends to 60 recipients, of all items by turns", () => {
  const { clock, coalescer, sent, item, turns } = setUp();
  coalescer.add(item("a", 130));
  coalescer.add(item("b", 70));
  coalescer.add(item("c", 20));
  clock.next();
  clock.next();
  assertEquals(sent, ["a to 60"]);
  clock.next();
  assertEquals(sent.slice(1), ["b to 60"]);
  clock.next();
  assertEquals(sent.slice(2), ["c to 20", "a to 40"]);
  turns();
  assertEquals(sent.slice(4), ["b to 10", "a to 30"]);
});

Deno.test("What comes while a long fan-out is sent has its turn in between", () => {
  const { clock, coalescer, sent, item, turns } = setUp();
  coalescer.send(item("long", 300));
  clock.next();
  coalescer.add(item("short"));
  for (let turn = 0; turn < 3; turn++) clock.next();
  assertEquals(sent, [
    "long to 60",
    "long to 60",
    "long to 60",
    "short",
    "long to 59",
  ]);
  turns();
});

Deno.test("An item that follows those that wait sends after them, and without them not at all", () => {
  const { coalescer, sent, item, turns } = setUp();
  assertFalse(coalescer.follow(item("reply")));
  coalescer.add(item("a", 2));
  assertEquals(coalescer.follow(item("reply")), true);
  turns();
  assertEquals(sent, ["a to 2", "reply"]);
});

Deno.test("An item that follows a long fan-out does not wait for the end of it", () => {
  const { clock, coalescer, sent, item, turns } = setUp();
  coalescer.send(item("long", 250));
  clock.next();
  assertEquals(coalescer.follow(item("reply")), true);
  clock.next();
  clock.next();
  assertEquals(sent, ["long to 60", "long to 60", "reply", "long to 59"]);
  turns();
});
