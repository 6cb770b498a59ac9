import { assertEquals } from "@std/assert";
import {
  formatBar,
  formatDuration,
  Progress,
} from "../../../bench/progress.ts";

Deno.test("durations are written as people say them", () => {
  assertEquals(formatDuration(59.4), "59 s");
  assertEquals(formatDuration(60), "1 min 0 s");
  assertEquals(formatDuration(605), "10 min 5 s");
  assertEquals(formatDuration(-1), "0 s");
});

Deno.test("the bar is as full as the work", () => {
  assertEquals(formatBar(0), "░".repeat(24));
  assertEquals(formatBar(0.5), "█".repeat(12) + "░".repeat(12));
  assertEquals(formatBar(7), "█".repeat(24));
});

Deno.test("where there is no terminal, each part is a line", () => {
  let text = "";
  {
    using progress = new Progress(2_000, {
      isTerminal: false,
      write: (more) => text += more,
    });
    progress.begin("first");
    progress.end(1_000);
    progress.begin("second");
  }
  const lines = text.trim().split("\n");
  assertEquals(lines.length, 2);
  assertEquals(/ {3}0 % {2}2 s left {2}first$/.test(lines[0]!), true);
  assertEquals(/ {2}50 % {2}0 s left {2}second$/.test(lines[1]!), true);
});
