import { assertEquals } from "@std/assert";
import { Backlog, type BacklogCounters } from "../../../lib/hub/backlog.ts";
import { Subscription } from "../../../lib/hub/subscription.ts";
import { Traffic } from "../../../lib/hub/traffic.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { scene } from "../../support/connection_scene.ts";
import { FakeTransport } from "../../support/fake_transport.ts";

const LIMITS = {
  maxBufferedBytes: 1_000,
  maxBacklogBytes: 16_000,
  slowGraceMs: 1_000,
};

/** A transport that holds what its client has not read. */
class FullTransport extends FakeTransport {
  override bufferedAmount = LIMITS.maxBufferedBytes;

  override send(frame: string): void {
    super.send(frame);
    this.bufferedAmount += frame.length;
  }

  /** Lets the client read. */
  read(bytes: number): void {
    this.bufferedAmount = Math.max(this.bufferedAmount - bytes, 0);
  }
}

function begin(unsent = LIMITS.maxBufferedBytes) {
  const transport = new FullTransport();
  transport.bufferedAmount = unsent;
  const counters: BacklogCounters = {
    slowConsumers: 0,
    droppedPublications: 0,
    backlogBytes: 0,
  };
  const backlog = new Backlog(transport, LIMITS, {
    counters,
    traffic: new Traffic(centrifugeProtocol, "websocket"),
    now: 0,
  });
  return { transport, counters, backlog };
}

function subscription(positioned = false): Subscription {
  return new Subscription(scene().connection, "news", { positioned });
}

/** Looks every 50 ms, and returns the states without repetitions. */
function watch(
  backlog: Backlog,
  { fromMs = 0, toMs, each = () => {} }: {
    readonly fromMs?: number;
    readonly toMs: number;
    readonly each?: () => void;
  },
): string[] {
  const states: string[] = [];
  for (let now = fromMs; now <= toMs; now += 50) {
    each();
    const state = backlog.look(now);
    if (states.at(-1) !== state) states.push(state);
    if (state === "slow" || state === "drained") break;
  }
  return states;
}

Deno.test("A backlog sends its frames in order as its client reads, and never more than the transport may hold", () => {
  const { transport, backlog, counters } = begin();
  const frames = Array.from({ length: 100 }, (_, n) => `${n}`.padEnd(300));
  for (const frame of frames.slice(0, 40)) backlog.push(frame);
  let most = 0;
  const states = watch(backlog, {
    toMs: 10_000,
    each: () => {
      transport.read(700);
      most = Math.max(most, transport.bufferedAmount);
    },
  });
  assertEquals(states, ["reading", "drained"]);
  assertEquals(transport.sent, frames.slice(0, 40));
  assertEquals(most <= LIMITS.maxBufferedBytes, true);
  assertEquals(counters.backlogBytes, 0);
});

Deno.test("A client that reads nothing, or too little, is slow after the grace time", () => {
  for (const bytes of [0, 40]) {
    const { transport, backlog } = begin();
    backlog.push("x".repeat(1_000));
    const each = () => transport.read(bytes);
    watch(backlog, { toMs: 950, each });
    assertEquals(watch(backlog, { fromMs: 1_000, toMs: 1_100, each }), [
      "slow",
    ]);
    assertEquals(transport.sent, []);
  }
});

Deno.test("A client that reads as much as its transport holds within each grace time is not slow, however long more comes", () => {
  const { transport, backlog } = begin();
  backlog.push("x".repeat(600));
  const states = watch(backlog, {
    toMs: 30_000,
    each: () => {
      backlog.push("x".repeat(30));
      backlog.push("x".repeat(30));
      transport.read(60);
    },
  });
  assertEquals(states, ["reading"]);
});

Deno.test("A process that stood still for longer than the grace time judges no client by that", () => {
  const { transport, backlog } = begin();
  backlog.push("x");
  assertEquals(backlog.look(60_000), "stuck");
  transport.read(1_000);
  assertEquals(backlog.look(60_050), "drained");
});

Deno.test("A client that is sent one frame beyond the bound has to read on, but need not hurry", () => {
  const { transport, backlog } = begin(60_000);
  backlog.push("later");
  const each = () => transport.read(10);
  assertEquals(watch(backlog, { toMs: 30_000, each }), ["reading"]);
  assertEquals(watch(backlog, { fromMs: 30_050, toMs: 40_000 }), [
    "stuck",
    "slow",
  ]);
});

Deno.test("A backlog has a bound, also for empty frames", () => {
  const { backlog } = begin();
  let count = 0;
  while (backlog.push("")) count++;
  assertEquals(count, Math.floor(15_000 / 64));
});

Deno.test("Of the publications that may be dropped the oldest are, once more wait than the transport may hold", () => {
  const { transport, backlog, counters } = begin();
  const of = { subscription: subscription(), key: undefined };
  const text = (n: number) => `${n}`.padEnd(136);
  for (let n = 0; n < 20; n++) {
    backlog.pushDroppable(text(n), of);
  }
  // Five of 136 + 64 bytes each make 1000.
  assertEquals(counters.droppedPublications, 15);
  assertEquals(counters.backlogBytes, 1_000);
  transport.read(1_000);
  assertEquals(backlog.look(10), "drained");
  assertEquals(transport.sent, [15, 16, 17, 18, 19].map(text));
  assertEquals(counters.backlogBytes, 0);
});

Deno.test("Only the newest publication of each key waits, after those that came before it", () => {
  const { transport, backlog, counters } = begin();
  const sub = subscription();
  const push = (key: string, frame: string) =>
    backlog.pushDroppable(frame, { subscription: sub, key });
  push("a", "a1");
  push("b", "b1");
  backlog.push("pong");
  for (let n = 2; n < 1_000; n++) push("a", `a${n}`);
  push("c", "c1");
  assertEquals(counters.droppedPublications, 998);
  transport.read(1_000);
  assertEquals(backlog.look(10), "drained");
  assertEquals(transport.sent, ["b1", "pong", "a999", "c1"]);
  push("a", "again");
  assertEquals(counters.droppedPublications, 998);
});

Deno.test("A subscription with positions that loses one publication loses all that wait, and learns of it once", () => {
  for (const key of [undefined, "a"]) {
    const { transport, backlog, counters } = begin();
    const [sub, other] = [subscription(true), subscription(true)];
    const gaps: Subscription[] = [];
    assertEquals(
      backlog.pushDroppable("other", { subscription: other, key }),
      false,
    );
    const count = key === undefined ? 4 : 2;
    for (let n = 0; n < count; n++) {
      const frame = `${n}`.padEnd(200);
      const subscription = sub;
      if (backlog.pushDroppable(frame, { subscription, key })) gaps.push(sub);
    }
    assertEquals(gaps, [sub]);
    assertEquals(counters.droppedPublications, count);
    transport.read(1_000);
    assertEquals(backlog.look(10), "drained");
    assertEquals(transport.sent, ["other"]);
  }
});

Deno.test("A client with nothing but publications that may be dropped is not slow, unless it leaves unread what may not", () => {
  const { backlog } = begin();
  const of = { subscription: subscription(), key: "" };
  const each = () => backlog.pushDroppable("x", of);
  assertEquals(watch(backlog, { toMs: 20_000, each }), ["stuck"]);
  backlog.push("ping");
  const later = { fromMs: 20_050, toMs: 30_000, each };
  assertEquals(watch(backlog, later), ["stuck", "slow"]);
});

Deno.test("A client whose connection has ended is slow, too, where only publications wait that may be dropped: its transport would never be closed", () => {
  const { backlog } = begin();
  backlog.pushDroppable("a", { subscription: subscription(), key: undefined });
  assertEquals(watch(backlog, { toMs: 5_000 }), ["stuck"]);
  backlog.end();
  const states = watch(backlog, { fromMs: 5_050, toMs: 7_000 });
  assertEquals(states, ["stuck", "slow"]);
});

Deno.test("What was dropped leaves no memory behind in a client that is stuck", () => {
  const { backlog, counters } = begin();
  const sub = subscription();
  for (let n = 0; n < 100_000; n++) {
    const of = { subscription: sub, key: `${n % 3}` };
    backlog.pushDroppable("x", of);
  }
  assertEquals(counters.backlogBytes, 3 * 65);
  assertEquals(backlog.length < 10, true);
  backlog.clear();
  assertEquals([counters.backlogBytes, backlog.length], [0, 0]);
});
