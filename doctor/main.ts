/** `deno task doctor`: examines a server, prints what it found, and ends with the code for it. */

import { examine } from "./examine.ts";
import { exitCodeOf, type Finding, summaryOf, toLines } from "./finding.ts";
import { type DoctorOptions, HELP, parseOptions } from "./options.ts";

/** Code for a mistake in the options. */
const USAGE = 2;

function optionsOrExit(): DoctorOptions {
  try {
    return parseOptions(Deno.args);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(error.message);
    Deno.exit(USAGE);
  }
}

const options = optionsOrExit();
if (options.help) {
  console.log(HELP);
} else {
  const findings: Finding[] = [];
  for await (const finding of examine(options, (name) => Deno.env.get(name))) {
    findings.push(finding);
    console.log(toLines(finding));
  }
  console.log(`\n${summaryOf(findings)}`);
  // Nothing that waits for a server holds the process up.
  Deno.exit(exitCodeOf(findings));
}
