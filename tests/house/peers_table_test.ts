/** The column of Thrum in the README's table against peers: each claim has a test. */

import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../support/source_files.ts";

/** A file of the tests, and a part of its text that only this test has. */
type Proof = readonly [file: string, text: string];

/** Proofs of each part of a cell; the parts with commas between them are the cell. */
const CELLS: Readonly<Record<string, Readonly<Record<string, Proof>>>> = {
  "runs inside your program": {
    Deno: ["e2e/package_test.ts", "is mounted in an app on Deno"],
    Node: ["e2e/package_test.ts", "serves the sockets of ws on Node"],
    Bun: ["e2e/package_test.ts", "serves the sockets of ws on Bun"],
  },
  "missed in a cut": {
    recovered: [
      "conformance/sdk_recovery.ts",
      "deltas become what was published, before and after a cut",
    ],
    "exactly once": [
      "trials/scenarios/resume.ts",
      "A client resumes with each publication exactly once and in order",
    ],
  },
  "what cannot be recovered": {
    "the client is told": [
      "conformance/sdk_recovery.ts",
      "is not recovered, and the client is told",
    ],
  },
  "a gap on a live connection": {
    "the client is told": [
      "unit/hub/position_check_test.ts",
      "A subscriber that missed a publication gets 2500 with the next",
    ],
  },
  "one order of a channel on all nodes": {
    yes: [
      "conformance/broker_nodes.ts",
      "all nodes see one order, when all of them publish at once",
    ],
  },
  history: {
    yes: [
      "conformance/sdk_channels.ts",
      "history is read forward, in reverse and from a position",
    ],
  },
  presence: {
    yes: [
      "conformance/sdk_channels.ts",
      "presence tells who is there, and joins and leaves who comes and goes",
    ],
  },
  "without WebSocket": {
    "HTTP stream": ["e2e/sdk_http_stream_test.ts", 'testSdk("HTTP streaming"'],
    SSE: ["e2e/sdk_sse_test.ts", 'testSdk("SSE"'],
    "long poll": [
      "routes/poll_test.ts",
      "A poll without news waits for some, or until its time is up",
    ],
    curl: ["e2e/docs_test.ts", "Plain HTTP streams, polls and sends"],
  },
  "sticky sessions for that": {
    "not needed": [
      "e2e/emulation_nodes_test.ts",
      "With several isolates, commands reach their stream by any of them",
    ],
  },
  "several processes without other software": {
    "isolates of a process": [
      "e2e/isolates_test.ts",
      "a burst of 100 000 publications across three isolates",
    ],
  },
  "restarts tell clients when to return": {
    yes: [
      "regression/drained_clients_return_at_once_test.ts",
      "come back from a drain each at its time",
    ],
  },
  SDKs: {
    "Centrifugo's (see above)": [
      "house/sdk_table_test.ts",
      "The README says of the SDKs what the documentation says",
    ],
    "any WebSocket": [
      "e2e/docs_test.ts",
      "wscat says hello to everybody, and leaves",
    ],
    curl: ["e2e/docs_test.ts", "curl joins in, and hears what is said to it"],
  },
};

/** Rows of the table: its first column, and that of Thrum where it says something. */
async function readClaims(): Promise<[row: string, cell: string][]> {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const [, table = ""] = readme.split("\n## Beside others\n");
  const rows = table.split("\n## ")[0]!.split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  assertEquals(rows[0]?.[2], "Thrum");
  return rows.slice(2).flatMap(([, row = "", cell = ""]) =>
    cell === "" ? [] : [[row, cell]]
  );
}

Deno.test("Every claim of the README's table about Thrum has a proof, and every proof its claim", async () => {
  const claims = await readClaims();
  const proven = Object.entries(CELLS).map(([row, parts]) => [
    row,
    Object.keys(parts).join(", "),
  ]);
  assertEquals<string[][]>(claims, proven);
});

Deno.test("Every proof of the README's table is a test that is there", async () => {
  for (const parts of Object.values(CELLS)) {
    for (const [claim, [file, text]] of Object.entries(parts)) {
      const url = new URL(`tests/${file}`, ROOT);
      const found = (await Deno.readTextFile(url)).split(text).length - 1;
      assert(found === 1, `${claim}: ${file} has ${found} times "${text}"`);
    }
  }
});
