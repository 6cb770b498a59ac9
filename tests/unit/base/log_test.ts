import { assertEquals, assertThrows } from "@std/assert";
import { createLog, type LogLevel } from "../../../lib/base/log.ts";
import { FakeClock } from "../../support/fake_clock.ts";

function scene(level: LogLevel) {
  const lines: string[] = [];
  const levels: LogLevel[] = [];
  const log = createLog({
    level,
    clock: new FakeClock(),
    write: (level, line) => {
      levels.push(level);
      lines.push(line);
    },
  });
  return { log, lines, levels };
}

Deno.test("An event is one line of JSON with level, time, event and fields", () => {
  const { log, lines } = scene("info");
  log.info("listening", { port: 8000 });
  assertEquals(lines, [
    '{"level":"info","time":"2026-01-01T00:00:00.000Z","event":"listening","port":8000}',
  ]);
});

Deno.test("Events below the level are left out", () => {
  const { log, levels } = scene("warn");
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  assertEquals(levels, ["warn", "error"]);
});

Deno.test("What a client sent cannot break a line or steer a terminal", () => {
  const { log, lines } = scene("info");
  const hostile = "a\nb\r\x1b[31m\x7f\x9b\u2028\u202e\u2066";
  log.info("refused", { origin: hostile });
  const line = lines[0]!;
  assertEquals(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line), false);
  assertEquals(JSON.parse(line).origin, hostile);
});

Deno.test("An error is written with its stack", () => {
  const { log, lines } = scene("info");
  log.error("failed", { error: new TypeError("broken") });
  const { error } = JSON.parse(lines[0]!);
  assertEquals(error.startsWith("TypeError: broken\n    at "), true);
});

Deno.test("A field that has no JSON is written as well as can be, and the others whole", () => {
  const { log, lines } = scene("info");
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const angry = {
    toJSON() {
      throw new Error("not me");
    },
  };
  log.error("failed", { error: cyclic, connection: "1", nested: [1n, angry] });
  log.error("failed", { error: { big: 1n, symbol: Symbol("x") } });
  log.error("failed", { error: angry, other: new TypeError("broken") });
  const written = lines.map((line) => JSON.parse(line));
  assertEquals(written[0].error, "an unwritable object");
  assertEquals(written[0].connection, "1");
  assertEquals(written[0].nested, "an unwritable object");
  assertEquals(written[1].error, { big: "1", symbol: "Symbol(x)" });
  assertEquals(written[2].error, "an unwritable object");
  assertEquals(written[2].other.startsWith("TypeError: broken\n"), true);
});

Deno.test("A level that does not exist, and a misspelt option, are refused: the log would write everything", () => {
  const refused: readonly (readonly [options: unknown, message: string])[] = [
    ...["warning", "WARN", "", undefined, null, 1].map((level) =>
      [
        { level },
        `Cannot make a log with the level ${
          level === undefined ? "undefined" : JSON.stringify(level)
        }: expected one of debug, info, warn, error`,
      ] as const
    ),
    [
      { lvel: "error" },
      "Cannot make a log with lvel, no such option: did you mean level?",
    ],
    [
      { level: "error", wirte() {} },
      "Cannot make a log with wirte, no such option: did you mean write?",
    ],
    [
      undefined,
      "Cannot make a log with options of the type undefined: expected an object",
    ],
  ];
  for (const [options, message] of refused) {
    const make = () => createLog(options as never);
    assertEquals(assertThrows(make, TypeError).message, message);
  }
});
