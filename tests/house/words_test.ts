/** Plain words: how comments, texts and names of the product speak. */

import { assertEquals } from "@std/assert";
import { readSourceFiles } from "../support/source_files.ts";
import { findBadWords } from "../support/word_rules.ts";

const SOURCES = [
  "main.ts",
  "lib/",
  "routes/",
  "server/",
  "doctor/",
  "examples/",
];

Deno.test("comments, texts and names of the clean rooms use plain words", async () => {
  const files = await readSourceFiles(SOURCES);
  assertEquals(files.flatMap(findBadWords), []);
});

const path = "lib/hub/hub.tsx";

for (
  const [text, finding] of [
    [
      "/** What a hub holds. It is small. */",
      'begins with "What": What a hub holds.',
    ],
    [
      "/**\n * Whether it holds\n * a hub.\n */",
      'begins with "Whether": Whether it holds a hub.',
    ],
    ["/** A hub. Nobody may\n * see it. */", '"Nobody": Nobody may see it.'],
    ["/* It is none. */", '"is none": It is none.'],
    ["// Clients are told. They leave.", '"told": Clients are told.'],
    ["throw new Error(`Cannot read ${1}: it is odd`);", '"odd": : it is odd'],
    ['fail("Whoever reads");', '"Whoever": "Whoever reads"'],
    ["class Hub { #toldLoss = 1; }", '"told": toldLoss'],
    ["const NO_WISHES = 1;", '"WISHES": NO_WISHES'],
    ["const page = <p>Nobody</p>;", '"Nobody": Nobody'],
  ] as const
) {
  Deno.test(`reported: ${text}`, () => {
    const reports = findBadWords({ path, text });
    assertEquals(reports.map((report) => report.replace(/^[^ ]+ /, "")), [
      finding,
    ]);
  });
}

Deno.test("a finding names the file and the line", () => {
  const text = "/**\n * A hub.\n * Clients are told.\n */\n";
  assertEquals(findBadWords({ path, text }), [
    `${path}:3: "told": Clients are told.`,
  ]);
});

for (
  const text of [
    "/** Number of connections: how many, and which of them are open. */",
    "// What comes late is dropped.",
    "/* Where the line ends. */",
    "/** Howling is allowed, and an oddity; also a lot. */",
    'import { none } from "./told.ts";',
    "const oddity = none;",
  ]
) {
  Deno.test(`not reported: ${text}`, () => {
    assertEquals(findBadWords({ path, text }), []);
  });
}
