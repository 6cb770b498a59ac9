/** Heartbeat of a client. */

import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { ClientHeartbeat } from "../../../lib/client/heartbeat.ts";
import { systemClock } from "../../../lib/base/clock.ts";

Deno.test("A client's heartbeat has stopped by the time it reports silence", () => {
  using time = new FakeTime();
  const seen: (number | string | undefined)[] = [];
  const heartbeat = new ClientHeartbeat({
    periodMs: 100,
    answerMs: 50,
    clock: systemClock,
    onBeat: () => seen.push("beat"),
    onSilence: () => seen.push("silence", heartbeat.nextAt),
  });
  heartbeat.start();
  time.tick(1_000);
  assertEquals(seen, ["beat", "silence", undefined]);
});

Deno.test("A client's heartbeat waits for the first answer that is missing, however often it asks", () => {
  using time = new FakeTime();
  const seen: string[] = [];
  const heartbeat = new ClientHeartbeat({
    periodMs: 10,
    answerMs: 35,
    clock: systemClock,
    onBeat: () => seen.push("beat"),
    onSilence: () => seen.push("silence"),
  });
  heartbeat.start();
  time.tick(1_000);
  assertEquals(seen, ["beat", "beat", "beat", "beat", "silence"]);
});
