/** Trials as tests, at the scale of CI. */

import { assertEquals } from "@std/assert";
import { whyNoNamespaces } from "../support/netns.ts";
import { requireTool } from "../support/requirements.ts";
import { formatFigure, isReached, type Trial } from "./scenarios/trial.ts";

/** Declares the test of a promise. Its name is the promise, and the broker's. */
export async function testTrial(trial: Trial): Promise<void> {
  const { promise, needs, kind, machine } = trial;
  const missing = needs.filter((need) => requireTool(need).missing);
  const refusal = machine === undefined
    ? undefined
    : await whyNoNamespaces(machine);
  const broker = kind === undefined ? "" : ` (${kind.name})`;
  const reason = refusal === undefined ? "" : ` (skipped: ${refusal})`;
  Deno.test({
    name: `${promise}${broker}${reason}`,
    ignore: kind?.missing || missing.length > 0 || refusal !== undefined,
    async fn() {
      const figures = await trial.run("ci");
      const missed = figures.filter((figure) => !isReached(figure));
      assertEquals(missed.map(formatFigure), []);
    },
  });
}
