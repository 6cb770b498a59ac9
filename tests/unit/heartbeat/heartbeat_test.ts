import { assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import type { Intervals } from "../../../lib/heartbeat/intervals.ts";
import {
  Heartbeat,
  type WatchedConnection,
} from "../../../lib/heartbeat/heartbeat.ts";
import { FakeClock } from "../../support/fake_clock.ts";

interface Scene extends Disposable {
  readonly clock: FakeClock;
  readonly heartbeat: Heartbeat<WatchedConnection>;
  readonly verdicts: string[];
}

/** Silence after which a connection is evicted. */
function silence(silenceMs: number): Intervals {
  return { silenceMs, pingMs: 0, pongMs: 0 };
}

/** Intervals of a pinged connection, with or without pongs. */
function pings(pingMs: number, pongMs = 0): Intervals {
  return { silenceMs: 0, pingMs, pongMs };
}

function scene(shortestMs = 60_000): Scene {
  const clock = new FakeClock();
  const verdicts: string[] = [];
  const heartbeat = new Heartbeat<WatchedConnection>({
    shortestMs,
    clock,
    onVerdict: (connection, verdict) => {
      verdicts.push(verdict);
      if (verdict !== "ping") heartbeat.remove(connection);
    },
  });
  heartbeat.start();
  return {
    clock,
    heartbeat,
    verdicts,
    [Symbol.dispose]: () => heartbeat.stop(),
  };
}

function beating(
  overrides: Partial<WatchedConnection> = {},
): WatchedConnection {
  return {
    slot: undefined,
    intervals: silence(60_000),
    lastMessageTime: 0,
    pingedAt: 0,
    pingAt: 0,
    authenticateBy: Infinity,
    expireBy: Infinity,
    ...overrides,
  };
}

Deno.test("Heartbeat evicts a connection silent for the whole timeout, within a second of it", () => {
  using s = scene();
  s.heartbeat.add(beating());
  s.clock.advance(60_000);
  assertEquals(s.verdicts, []);
  s.clock.advance(1_000);
  assertEquals(s.verdicts, ["silent"]);
  s.clock.advance(600_000);
  assertEquals(s.verdicts, ["silent"]);
});

Deno.test("Heartbeat keeps a connection that speaks just before its timeout, for ever", () => {
  using s = scene();
  const connection = beating();
  s.heartbeat.add(connection);
  for (let beat = 0; beat < 100; beat++) {
    s.clock.advance(59_900);
    connection.lastMessageTime = s.heartbeat.now;
  }
  assertEquals(s.verdicts, []);
});

Deno.test("Heartbeat counts the silence from the last frame, not from the last look", () => {
  using s = scene();
  const connection = beating();
  s.heartbeat.add(connection);
  s.clock.advance(50_000);
  connection.lastMessageTime = s.heartbeat.now;
  s.clock.advance(60_000);
  assertEquals(s.verdicts, []);
  s.clock.advance(1_200);
  assertEquals(s.verdicts, ["silent"]);
});

for (const timeoutMs of [100, 500, 5_000]) {
  Deno.test(`Heartbeat is exact for a timeout of ${timeoutMs} ms`, () => {
    using s = scene(timeoutMs);
    s.heartbeat.add(beating({ intervals: silence(timeoutMs) }));
    while (s.verdicts.length === 0 && s.clock.now < 10_000) s.clock.advance(1);
    assertGreaterOrEqual(s.clock.now, timeoutMs);
    assertLess(s.clock.now, timeoutMs * 1.25 + 50);
  });
}

Deno.test("A stall of any length evicts no connection that speaks as soon as it ends", () => {
  using s = scene();
  const connections = Array.from({ length: 100 }, () => beating());
  for (const connection of connections) {
    s.heartbeat.add(connection);
    s.clock.advance(300);
  }
  s.clock.advance(30_000);
  for (const stall of [1_000, 60_000, 120_000, 3_600_000]) {
    s.clock.stall(stall);
    // The frames that came during the stall are read before the next tick.
    for (const connection of connections) {
      connection.lastMessageTime = s.heartbeat.now;
    }
    s.clock.advance(59_000);
    assertEquals(s.verdicts, [], `${stall} ms`);
  }
});

Deno.test("A stall does not save a silent connection", () => {
  using s = scene();
  s.heartbeat.add(beating());
  s.clock.advance(30_000);
  s.clock.stall(300_000);
  s.clock.advance(31_500);
  assertEquals(s.verdicts, ["silent"]);
});

Deno.test("A jump of the wall clock evicts no connection", () => {
  using s = scene();
  s.heartbeat.add(beating());
  s.clock.wallOffset += 3_600_000;
  s.clock.advance(1_000);
  s.clock.wallOffset -= 7_200_000;
  s.clock.advance(50_000);
  assertEquals(s.verdicts, []);
});

Deno.test("Without a timeout every connection is pinged at each interval and none is evicted", () => {
  using s = scene(12_000);
  s.heartbeat.add(beating({ intervals: pings(12_000) }));
  s.clock.advance(12_500);
  assertEquals(s.verdicts, ["ping"]);
  s.clock.advance(120_000);
  assertEquals(s.verdicts, Array(11).fill("ping"));
});

Deno.test("A connection that never answers is found, also when pings are more frequent than answers must be", () => {
  using s = scene(5_000);
  s.heartbeat.add(beating({ intervals: pings(5_000, 10_000) }));
  s.clock.advance(60_000);
  assertEquals(s.verdicts, ["ping", "ping", "ping", "noPong"]);
});

Deno.test("The first ping may come sooner than the others", () => {
  using s = scene(10_000);
  s.heartbeat.add(beating({ intervals: pings(25_000, 10_000) }), 13_000);
  s.clock.advance(12_900);
  assertEquals(s.verdicts, []);
  s.clock.advance(400);
  assertEquals(s.verdicts, ["ping"]);
});

Deno.test("A connection that does not answer a ping in time is found, one that does is pinged again", () => {
  using s = scene(10_000);
  const [silent, awake] = [1, 2].map(() =>
    beating({ intervals: pings(25_000, 10_000) })
  );
  s.heartbeat.add(silent!);
  s.clock.advance(25_400);
  assertEquals(s.verdicts, ["ping"]);
  s.clock.advance(9_000);
  assertEquals(s.verdicts, ["ping"]);
  s.clock.advance(2_000);
  assertEquals(s.verdicts, ["ping", "noPong"]);
  s.heartbeat.add(awake!);
  for (let beat = 0; beat < 3; beat++) {
    s.clock.advance(25_400);
    awake!.lastMessageTime = s.heartbeat.now;
  }
  assertEquals(s.verdicts, ["ping", "noPong", "ping", "ping", "ping"]);
});

Deno.test("A client that does not authenticate in time is found stale", () => {
  using s = scene();
  const connection = beating({ authenticateBy: 10_000 });
  s.heartbeat.add(connection);
  s.clock.advance(9_900);
  connection.lastMessageTime = s.heartbeat.now;
  assertEquals(s.verdicts, []);
  s.clock.advance(400);
  assertEquals(s.verdicts, ["stale"]);
});

Deno.test("A token that ends is found within a second, also when it was given later", () => {
  using s = scene();
  const late = beating();
  s.heartbeat.add(beating({ expireBy: s.clock.now + 5_000 }));
  s.heartbeat.add(late);
  s.clock.advance(6_000);
  assertEquals(s.verdicts, ["expired"]);
  s.heartbeat.remove(late);
  const renewed = {
    ...late,
    slot: undefined,
    expireBy: s.clock.now + 2_000,
  };
  s.heartbeat.reschedule(renewed);
  s.clock.advance(3_000);
  assertEquals(s.verdicts, ["expired", "expired"]);
});

Deno.test("A sweep looks at each connection about once per timeout, however many frames come", () => {
  using s = scene();
  let looks = 0;
  for (let i = 0; i < 1_000; i++) {
    const connection = beating();
    Object.defineProperty(connection, "authenticateBy", {
      get: () => {
        looks++;
        return Infinity;
      },
    });
    Object.defineProperty(connection, "lastMessageTime", {
      get: () => s.heartbeat.now - 5,
      set: () => {},
    });
    s.heartbeat.add(connection);
  }
  looks = 0;
  s.clock.advance(600_000);
  // One read to check and one to plan the next look, ten times each.
  assertLess(looks, 1_000 * 10 * 2 + 1);
});

Deno.test("A heartbeat that was stopped leaves no timer behind", () => {
  const s = scene();
  assertEquals(s.clock.pending, 1);
  s.heartbeat.stop();
  assertEquals(s.clock.pending, 0);
});

Deno.test("A connection that is added late has the whole timeout", () => {
  using s = scene();
  s.clock.advance(600_000);
  s.heartbeat.add(beating());
  s.clock.advance(60_000);
  assertEquals(s.verdicts, []);
  s.clock.advance(1_000);
  assertEquals(s.verdicts, ["silent"]);
});

Deno.test("A connection is pinged only once it has authenticated", () => {
  using s = scene(1_000);
  const connection = {
    ...beating({ intervals: pings(1_000, 1_000) }),
    authenticateBy: 10_000,
  };
  s.heartbeat.add(connection);
  s.clock.advance(9_000);
  assertEquals(s.verdicts, []);
  connection.authenticateBy = Infinity;
  s.heartbeat.reschedule(connection);
  s.clock.advance(100);
  assertEquals(s.verdicts, ["ping"]);
});

Deno.test("A connection that a ping ends is not watched any more", () => {
  const clock = new FakeClock();
  const heartbeat = new Heartbeat<WatchedConnection>({
    shortestMs: 10_000,
    clock,
    onVerdict: (connection) => heartbeat.remove(connection),
  });
  heartbeat.start();
  const connection = beating({ intervals: pings(10_000) });
  heartbeat.add(connection);
  clock.advance(11_000);
  heartbeat.stop();
  assertEquals(connection.slot, undefined);
});
