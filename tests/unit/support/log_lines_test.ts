import { assertEquals, assertRejects } from "@std/assert";
import { DeadlineError } from "../../support/deadline.ts";
import { LogLines, parseLogLine } from "../../support/log_lines.ts";

Deno.test("parseLogLine sees through the prefix of deno serve --parallel", () => {
  assertEquals(
    parseLogLine('[serve-worker-1 ] {"event":"listening","port":1}'),
    { event: "listening", port: 1 },
  );
});

Deno.test("parseLogLine passes over what is no log line", () => {
  for (const text of ["", "Listening on …", "3", "null", '{"port":1}']) {
    assertEquals(parseLogLine(text), undefined);
  }
});

Deno.test("LogLines.waitFor takes a line already written or one to come", async () => {
  const log = new LogLines();
  log.push('{"event":"first"}');
  assertEquals(await log.waitFor("first"), { event: "first" });
  const second = log.waitFor("second");
  log.push('{"event":"other"}');
  log.push('{"event":"second","n":2}');
  assertEquals(await second, { event: "second", n: 2 });
});

Deno.test("LogLines.waitFor names the awaited event and what was logged instead", async () => {
  const log = new LogLines();
  log.push('{"event":"listening"}');
  await assertRejects(
    () => log.waitFor("drained", 1),
    DeadlineError,
    'Waited 1 ms for the log event "drained"; logged: listening',
  );
});

Deno.test("LogLines.waitFor rejects once the log has ended", async () => {
  const log = new LogLines();
  log.end("the server ended");
  await assertRejects(() => log.waitFor("drained"), Error, "ended");
});
