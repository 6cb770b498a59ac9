/** Violations of the rules of accessibility on a page, as axe finds them. */

import axe from "axe-core";
import type { Page } from "playwright-core";

/** A sentence for each violation, with the elements that it is of: of all rules, or of the named ones. */
export async function findViolations(
  page: Page,
  rules?: readonly string[],
): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify(rules ? { runOnly: rules } : {});
  const found = await page.evaluate(`axe.run(document, ${options})`);
  // deno-lint-ignore no-explicit-any -- the result of another program
  const { violations } = found as any;
  return violations.map(
    ({ id, help, nodes }: {
      id: string;
      help: string;
      nodes: { html: string }[];
    }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`,
  );
}
