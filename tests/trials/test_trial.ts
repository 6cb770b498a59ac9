/** Trials as tests, at the scale of CI. */

import { assertEquals } from "@std/assert";
import { whyNoNamespaces } from "../support/netns.ts";
import { requireTool } from "../support/requirements.ts";
import { formatFigure, isReached, type Trial } from "./scenarios/trial.ts";

/** Declares the test of a promise. Its name is the promise. */
export async function testTrial(trial: Trial): Promise<void> {
  const { promise, needs } = trial;
  let isMissing = false;
  let reason = "";
  for (const need of needs) {
    if (need === "namespaces") {
      const refusal = await whyNoNamespaces();
      isMissing ||= refusal !== undefined;
      reason = refusal === undefined ? "" : ` (skipped: ${refusal})`;
    } else isMissing ||= requireTool(need).missing;
  }
  Deno.test({
    name: `${promise}${reason}`,
    ignore: isMissing,
    async fn() {
      const figures = await trial.run("ci");
      const missed = figures.filter((figure) => !isReached(figure));
      assertEquals(missed.map(formatFigure), []);
    },
  });
}
