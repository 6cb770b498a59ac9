import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Link, type Post } from "../../../../lib/broker/isolates/link.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

/** Two ends, and what is on its way to each. */
class Line {
  readonly clock = new FakeClock();
  readonly received: readonly [unknown[], unknown[]] = [[], []];
  readonly posts: Post[] = [];
  readonly errors: unknown[] = [];
  dropped = 0;
  /** How many channels were closed. */
  closed = 0;
  /** Whether a post is lost. */
  lose: (post: Post) => boolean = () => false;
  /** How often a post arrives that is not lost. */
  copies = 1;
  readonly ends: readonly [Link<string>, Link<string>];
  readonly #waiting: (readonly [to: 0 | 1, post: Post])[] = [];
  readonly #receivers: [(post: Post) => void, (post: Post) => void] = [
    () => {},
    () => {},
  ];

  /** Counters of both ends together. */
  readonly counters = { gaps: 0, repairs: 0, drops: 0 };

  constructor(maxWaitingBytes = 10_000_000) {
    this.ends = [this.#end(0, maxWaitingBytes), this.#end(1, maxWaitingBytes)];
  }

  /** Sends a text as a message. */
  say(end: 0 | 1, reason: string): void {
    this.ends[end].send({ text: JSON.stringify(reason) });
  }

  /** Lets arrive what was posted, and what that leads to, while `ms` pass. */
  pass(ms: number): void {
    for (let passed = 0; passed <= ms; passed += 10) {
      for (let turns = 0; turns < 3; turns++) {
        this.clock.advance(0);
        this.arrive();
      }
      this.clock.advance(10);
    }
  }

  /** Lets what is on its way arrive. */
  arrive(): void {
    for (const [to, post] of this.#waiting.splice(0)) {
      if (this.lose(post)) continue;
      for (let copy = 0; copy < this.copies; copy++) {
        this.#receivers[to](post);
      }
    }
  }

  close(): void {
    for (const end of this.ends) end.close();
  }

  #end(index: 0 | 1, maxWaitingBytes: number): Link<string> {
    return new Link({
      clock: this.clock,
      counters: this.counters,
      maxWaitingBytes,
      gap: { text: '"gap"' },
      cluster: "test",
      node: `${index}`,
      other: index === 0 ? "1" : "0",
      openChannel: (name, receive) => {
        if (name.endsWith(`>${index}`)) this.#receivers[index] = receive;
        return {
          postMessage: (value) => {
            const post = value as Post;
            this.posts.push(post);
            this.#waiting.push([index === 0 ? 1 : 0, structuredClone(post)]);
          },
          close: () => this.closed++,
        };
      },
      onMessage: (message) => {
        this.received[index].push(message);
        if (message === "throw") throw new RangeError("thrown");
      },
      onError: (error) => this.errors.push(error),
      onDrop: (count) => this.dropped += count,
    });
  }
}

/** Number of the batch in a post, if it has one. */
function batchOf([, , number]: Post): number | undefined {
  return number;
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index}`);
}

Deno.test("A link carries messages both ways, and all of a turn in one post", () => {
  const line = new Line();
  for (const text of numbers(100)) {
    line.say(0, text);
    line.say(1, text);
  }
  assertEquals(line.posts.length, 0);
  line.pass(0);
  assertEquals(line.received, [numbers(100), numbers(100)]);
  assertEquals(
    line.posts.filter((post) => batchOf(post) !== undefined).length,
    2,
  );
});

Deno.test("A link acknowledges after a while what nothing else goes back for", () => {
  const line = new Line();
  line.say(0, "a");
  line.pass(0);
  assertEquals(line.posts.length, 1);
  line.pass(30);
  assertEquals(line.posts.map(([ack]) => ack), [0, 1]);
  assert(line.ends[0].isIdle);
  line.pass(10_000);
  assertEquals(line.posts.length, 2);
});

Deno.test("A lost batch is asked for by the next one, and posted again at once", () => {
  const line = new Line();
  line.lose = (post) => batchOf(post) === 1;
  line.say(0, "a");
  line.clock.advance(0);
  line.arrive();
  line.lose = () => false;
  for (const text of ["b", "c", "d"]) {
    line.say(0, text);
    line.clock.advance(0);
  }
  for (let turns = 0; turns < 5; turns++) {
    line.arrive();
    line.clock.advance(0);
  }
  assertEquals(line.received[1], ["a", "b", "c", "d"]);
  assertEquals(line.clock.now, 0);
  assertEquals(line.posts.filter(([, flags]) => (flags & 1) !== 0).length, 1);
  // All four batches are posted again.
  assertEquals(line.counters, { gaps: 1, repairs: 4, drops: 0 });
});

Deno.test("A lost last batch is posted again in time, less and less often", () => {
  const line = new Line();
  line.lose = () => true;
  line.say(0, "a");
  line.pass(10_000);
  const count = line.posts.length;
  assert(count > 4 && count < 12, `${count} posts`);
  line.lose = () => false;
  line.pass(2_500);
  assertEquals(line.received[1], ["a"]);
  assert(line.ends[0].isIdle);
});

Deno.test("Somebody who reads nothing for long is not buried under posts", () => {
  const line = new Line();
  line.lose = () => true;
  for (let index = 0; index < 1_000; index++) {
    line.say(0, "x".repeat(10_000));
    line.clock.advance(0);
  }
  line.pass(10_000);
  assert(line.posts.length < 150, `${line.posts.length} posts`);
  line.lose = () => false;
  line.pass(10_000);
  assertEquals(line.received[1].length, 1_000);
});

Deno.test("What is longer than a post goes in pieces, and back together", () => {
  const line = new Line();
  const long = "aé🦌".repeat(300_000);
  for (const text of ["before", long, "after"]) line.say(0, text);
  line.pass(1_000);
  assertEquals(line.received[1], ["before", long, "after"]);
  for (const [, , , content = 0] of line.posts) {
    const bytes = typeof content === "number" ? content : content.length;
    assert(bytes <= 131_072);
  }
});

Deno.test("Above the bound deliveries are dropped and nothing else; the other side is told once, in its place", () => {
  const line = new Line(50_000);
  line.lose = () => true;
  const deliver = (payload: string) => {
    const text = JSON.stringify(payload);
    line.ends[0].send({ text, isDelivery: true });
  };
  const replies = numbers(20);
  for (const text of replies) {
    line.say(0, text);
    for (let count = 0; count < 50; count++) deliver("x".repeat(1_000));
  }
  assert(line.dropped > 900);
  assertEquals(line.counters.drops, line.dropped);
  line.lose = () => false;
  line.pass(5_000);
  deliver("after");
  line.pass(100);
  const got = line.received[1];
  assertEquals(got.filter((text) => replies.includes(`${text}`)), replies);
  const gap = got.indexOf("gap");
  assertEquals(got.lastIndexOf("gap"), gap);
  assertEquals(got.at(-1), "after");
});

Deno.test("A message whose handling throws takes nothing from the others", () => {
  const line = new Line();
  for (const text of ["a", "throw", "b"]) line.say(0, text);
  line.pass(100);
  assertEquals(line.received[1], ["a", "throw", "b"]);
  assertEquals(line.errors.length, 1);
});

Deno.test("A closed link leaves no timer and no channel", () => {
  const line = new Line();
  line.lose = () => true;
  for (const text of numbers(10)) line.say(0, text);
  line.clock.advance(0);
  line.say(1, "a");
  line.close();
  assertEquals(line.clock.pending, 0);
  assertEquals(line.closed, 4);
});

Deno.test("Whatever is lost or doubled, each message arrives once and in order", () => {
  const step = fc.record({
    end: fc.constantFrom<0 | 1>(0, 1),
    count: fc.nat(40),
    size: fc.constantFrom(1, 100, 40_000, 150_000),
    loss: fc.constantFrom(0, 0, 0.2, 0.6, 1),
    copies: fc.constantFrom(1, 1, 2),
    passMs: fc.constantFrom(0, 10, 50, 300),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 12 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (steps, random) => {
        const line = new Line(1_000_000_000);
        const said: [string[], string[]] = [[], []];
        for (const { end, count, size, loss, copies, passMs } of steps) {
          line.lose = () => (random.next().value ?? 1) < loss;
          line.copies = copies;
          for (let index = 0; index < count; index++) {
            const text = `${said[end].length} `.padEnd(size, "x");
            said[end].push(text);
            line.say(end, text);
          }
          line.pass(passMs);
        }
        line.lose = () => false;
        line.pass(10_000);
        assertEquals(line.received[1].length, said[0].length);
        assertEquals(line.received, [said[1], said[0]]);
        assert(line.ends[0].isIdle && line.ends[1].isIdle);
        line.close();
        assertEquals(line.clock.pending, 0);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("A text that goes on in the next batch keeps every character, also U+FEFF", () => {
  const line = new Line();
  const long = "\uFEFF".repeat(200_000);
  line.say(0, long);
  line.pass(1_000);
  assertEquals(line.received[1], [long]);
});
