import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { helpText, parseOptions } from "../../../bench/options.ts";

const KNOWN = {
  joined: { summary: "SDK frames" },
  echo: { summary: "messages to oneself" },
  redis: { summary: "through Redis", isExtra: true },
};

Deno.test("without arguments all scenarios run, five rounds each", () => {
  const options = parseOptions([], KNOWN);
  assertEquals(options.scenarios, ["joined", "echo", "redis"]);
  assertEquals(options.rounds, 5);
  assertEquals(options.isQuick, false);
});

Deno.test("--quick is short, but for what is said otherwise", () => {
  const options = parseOptions(["--quick", "--rounds", "7"], KNOWN);
  assertEquals(options.rounds, 7);
  assertEquals(options.seconds < parseOptions([], KNOWN).seconds, true);
  assertEquals(options.scenarios, ["joined", "echo"]);
  const named = parseOptions(["--quick", "redis"], KNOWN);
  assertEquals(named.scenarios, ["redis"]);
});

Deno.test("names and --only choose scenarios, in the order of the report", () => {
  const args = ["redis", "--only", "joined,redis"];
  assertEquals(parseOptions(args, KNOWN).scenarios, ["joined", "redis"]);
});

for (
  const [args, message] of [
    [["fanout"], 'Cannot run "fanout": expected joined, echo, redis'],
    [["--only", "a"], 'Cannot run "a": expected joined, echo, redis'],
    [
      ["--rounds", "0"],
      "Cannot use --rounds 0: expected a whole number from 1 to 100",
    ],
    [
      ["--rounds", "1.5"],
      "Cannot use --rounds 1.5: expected a whole number from 1 to 100",
    ],
    [
      ["--seconds", "soon"],
      "Cannot use --seconds soon: expected a number from 0.1 to 10",
    ],
    [["--bytes", ""], "Cannot use --bytes : expected a whole number"],
  ] as const
) {
  Deno.test(`${args.join(" ")} is refused with what was expected`, () => {
    assertThrows(() => parseOptions(args, KNOWN), RangeError, message);
  });
}

Deno.test("an option that does not exist is refused", () => {
  assertThrows(() => parseOptions(["--fast"], KNOWN), TypeError, "--fast");
});

Deno.test("the help names every scenario", () => {
  assertEquals(parseOptions(["--help"], KNOWN).help, true);
  assertStringIncludes(helpText(KNOWN), "joined  SDK frames");
});
