import { assertEquals } from "@std/assert";
import { ErrorBudget } from "../../../lib/limits/error_budget.ts";

/** Index of the first error, of those at these times in seconds, that is one too many. */
function firstTooMany(...seconds: number[]): number {
  const budget = new ErrorBudget();
  return seconds.findIndex((at) => budget.isOneTooMany(at * 1_000));
}

Deno.test("The tenth error in a minute is one too many", () => {
  assertEquals(firstTooMany(0, 1, 2, 3, 4, 5, 6, 7, 8, 59.9), 9);
});

Deno.test("Nine errors in any minute are allowed", () => {
  const seconds = Array.from({ length: 100 }, (_, index) => index * 6.7);
  assertEquals(firstTooMany(...seconds), -1);
});

Deno.test("A minute begins with any error, not only with the first", () => {
  const late = [60.5, 60.6, 60.7, 60.8, 60.9, 61, 61.1, 61.2, 61.3];
  assertEquals(firstTooMany(0, 59, ...late), 10);
});
