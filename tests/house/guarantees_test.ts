/** The guarantees of the documentation, compared with the trials. */

import { assert, assertEquals } from "@std/assert";
import { trialsWith } from "../../bench/soak/trials.ts";
import { requireBroker } from "../support/shared_broker.ts";
import { ROOT } from "../support/source_files.ts";

const trials = trialsWith(requireBroker("Redis"));

/** A row that ends with a link to a file of the trials. */
const ROW =
  /^\| ([^|]+?) +\|.*\[`(\w+)`\]\(\.\.\/tests\/trials\/\2_test\.ts\) +\|$/gm;

Deno.test("every promise has a trial, a test and a row of the documentation, and each of these the others", async () => {
  const page = await Deno.readTextFile(new URL("docs/guarantees.md", ROOT));
  const matches = [...page.matchAll(ROW)];
  const rows = matches.map(([, , name = ""]) => name);
  // The name of a test begins with its promise.
  assertEquals(
    matches.map(([, promise = ""]) => promise).toSorted(),
    trials.map(({ promise }) => promise).toSorted(),
  );
  const files = [...Deno.readDirSync(new URL("tests/trials/", ROOT))]
    .flatMap(({ name }) => /^(\w+)_test\.ts$/.exec(name)?.[1] ?? []);
  assertEquals(rows.toSorted(), files.toSorted());
  assertEquals(files.length, trials.length);
  for (const file of files) {
    const url = new URL(`tests/trials/${file}_test.ts`, ROOT);
    const text = await Deno.readTextFile(url);
    const scenario = /"\.\/scenarios\/(\w+)\.ts"/.exec(text)?.[1];
    const list = await Deno.readTextFile(new URL("bench/soak/trials.ts", ROOT));
    assert(list.includes(`/scenarios/${scenario}.ts"`), file);
  }
});
