/** Signals that end the process: all mean the same, and the second one is urgent. */

import { assertEquals } from "@std/assert";
import { createLog } from "../../../lib/base/log.ts";
import { onSignals } from "../../../server/signals.ts";
import { FakeClock } from "../../support/fake_clock.ts";

function listen(missing: readonly Deno.Signal[] = []) {
  const clock = new FakeClock();
  const log = createLog({ level: "debug", clock, write: () => {} });
  const listeners = new Map<Deno.Signal, () => void>();
  const calls: string[] = [];
  onSignals({
    clock,
    log,
    onFirst: () => calls.push("first"),
    onAgain: () => calls.push("again"),
    listen(signal, listener) {
      if (missing.includes(signal)) throw new TypeError(`no ${signal}`);
      listeners.set(signal, listener);
    },
  });
  return { clock, calls, listeners };
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) {
  Deno.test(`${signal} drains, within half a second once, and later it is urgent`, () => {
    const { clock, calls, listeners } = listen();
    listeners.get(signal)!();
    listeners.get("SIGINT")!();
    assertEquals(calls, ["first"]);
    clock.advance(501);
    listeners.get(signal)!();
    assertEquals(calls, ["first", "again"]);
  });
}

Deno.test("A platform without a signal has the others", () => {
  const { listeners } = listen(["SIGQUIT", "SIGHUP"]);
  assertEquals([...listeners.keys()], ["SIGINT", "SIGTERM"]);
});
