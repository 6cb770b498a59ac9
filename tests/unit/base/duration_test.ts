import { assertEquals } from "@std/assert";
import { parseDuration } from "../../../lib/base/duration.ts";

Deno.test("A duration is a number with a unit, and seconds without one", () => {
  const cases: [text: string, ms: number | undefined][] = [
    ["500ms", 500],
    ["60s", 60_000],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["60", 60_000],
    ["0", 0],
    ["1.5s", 1500],
    ["", undefined],
    ["-1s", undefined],
    ["1d", undefined],
    ["s", undefined],
    ["1 s", undefined],
    ["1s1s", undefined],
    ["Infinity", undefined],
    ["9".repeat(400), undefined],
  ];
  for (const [text, ms] of cases) assertEquals(parseDuration(text), ms, text);
});
