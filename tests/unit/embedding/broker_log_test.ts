import { assertEquals } from "@std/assert";
import { brokerFailures, hostsOf } from "../../../lib/embedding/broker_log.ts";
import { createLog, type LogLevel } from "../../../lib/base/log.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const PLACES: readonly (readonly [string, string])[] = [
  ["redis://user:password@host:6379/0", "host:6379"],
  ["rediss://host", "host"],
  ["postgres://user:p@ss@host:5432/database?sslmode=require", "host:5432"],
  ["nats://user:password@a:4222,b:4222/name", "a:4222,b:4222"],
  ["nats://to/ken@host:4222", "host:4222"],
];

for (const [url, place] of PLACES) {
  Deno.test(`The place of a broker is its hosts alone: ${place}`, () => {
    assertEquals(hostsOf(url), place);
  });
}

Deno.test("A failure of the broker is a sentence, and the stack is for debugging", () => {
  const lines: (readonly [LogLevel, Record<string, unknown>])[] = [];
  const log = createLog({
    level: "debug",
    clock: new FakeClock(),
    write: (level, line) => lines.push([level, JSON.parse(line)]),
  });
  const onError = brokerFailures(log, "redis", "host:6379");
  onError(new Error("connection refused"), { stage: "connect" });
  const [[level, warning] = [], [debug, error] = []] = lines;
  assertEquals([level, debug], ["warn", "debug"]);
  assertEquals(warning?.event, "redis_failed");
  assertEquals(warning?.problem, "connection refused");
  assertEquals(warning?.place, "host:6379");
  assertEquals("error" in (warning ?? {}), false);
  assertEquals(String(error?.error).includes("broker_log_test"), true);
});
