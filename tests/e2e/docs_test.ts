/** Every command and program of the documentation, run as it stands there but for the port. */

import { assert, assertEquals } from "@std/assert";
import {
  assertBridges,
  assertConfigures,
  assertDeploys,
  assertExamines,
  assertInstalls,
  assertIsExample,
  assertMigratesPusher,
  assertMigratesSocketIo,
  assertReports,
  assertServesApp,
  assertSigns,
} from "./docs_programs_proofs.ts";
import { assertFillsOutbox } from "./docs_outbox_proof.ts";
import { readDocs } from "../support/docs.ts";
import { readSnippets, type Snippet } from "../support/snippets.ts";
import {
  assertProxies,
  assertSharesPostgres,
  assertSharesRedis,
} from "./docs_nodes_proofs.ts";
import { requirePostgres, requireTool } from "../support/requirements.ts";
import { assertHttpWorks, assertShowsMetrics } from "./docs_http_proofs.ts";
import { assertAsksOperators } from "./docs_inspector_proof.ts";
import { assertPublishesInSql } from "./docs_postgres_proof.ts";
import { assertAppends, assertReadsAlong } from "./docs_texts_proofs.ts";
import {
  assertAnswers,
  assertBrowserTalksToCurl,
  assertCallsApi,
  assertChecks,
  assertCurlListens,
  assertEmbedsHub,
  assertFilters,
  assertGreetsAll,
  assertMeasures,
  assertMountsHub,
  assertNamesFiles,
  assertNamesRooms,
  assertPacks,
  assertSdkTalks,
  assertServesApi,
  assertServesPage,
  assertShowsDefaults,
  assertTask,
  assertWantsToken,
} from "./docs_proofs.ts";

/** What the documentation says of some of its snippets, and how that is seen. */
interface Claim {
  readonly name: string;
  readonly language: string;
  /** Finds the snippets; everything else in them is the documentation's own. */
  readonly pattern: RegExp;
  /** What it takes besides Deno. */
  readonly tools?: readonly (keyof typeof tools)[];
  readonly prove: (text: string) => void | Promise<void>;
}

const docs = await readDocs();
const markdown = docs.map(({ text }) => text).join("\n");
const tools = {
  curl: requireTool("curl"),
  npm: requireTool("npm"),
  npx: requireTool("npx"),
  redis: requireTool("redis-server"),
  postgres: requirePostgres(),
  nginx: requireTool("nginx"),
};

const CLAIMS: readonly Claim[] = [
  {
    name: "deno task dev serves the page, and lets anybody in",
    language: "sh",
    pattern: /^deno task dev$/,
    prove: assertServesPage,
  },
  {
    name: "Without Deno, npx does the same",
    language: "sh",
    pattern: /^npx -y deno@\S+ task dev$/,
    tools: ["npx"],
    prove: assertServesPage,
  },
  {
    name: "The package has the name that the documentation gives it",
    language: "sh",
    pattern: /^deno pack --quiet$/,
    prove: (text) => assertPacks(text, markdown),
  },
  {
    name: "In production a server wants to know who is who",
    language: "sh",
    pattern: /^TOKEN_SECRET=\S+ deno task start$/,
    prove: assertWantsToken,
  },
  {
    name: "With an admin key the inspector asks for it, and lets in who has it",
    language: "sh",
    pattern: /^ADMIN_KEY=\S+ TOKEN_SECRET=\S+ deno task start$/,
    prove: assertAsksOperators,
  },
  {
    name: "curl joins in, and hears what is said to it",
    language: "sh",
    pattern: /^curl .*\/ws/,
    tools: ["curl"],
    prove: assertCurlListens,
  },
  {
    name: "A server that is given a key has a server API",
    language: "sh",
    pattern: /^API_KEY=\S+ (?:CHANNEL_.*|deno task dev$)/,
    prove: assertServesApi,
  },
  {
    name: "curl calls the server API, with the key, and it is done",
    language: "sh",
    pattern: /^curl .*\/api\/(?!append$)/,
    tools: ["curl"],
    prove: assertCallsApi,
  },
  {
    name: "The server API answers as the documentation shows",
    language: "json",
    pattern: /^\{"result":\{"offset":7/,
    prove: assertAnswers,
  },
  {
    name: "curl appends to a text",
    language: "sh",
    pattern: /^curl .*\/api\/append$/,
    tools: ["curl"],
    prove: assertAppends,
  },
  {
    name: "A reader of a growing text begins with the whole, and sees its end",
    language: "js",
    pattern: /delta: "fossil"/,
    prove: assertReadsAlong,
  },
  {
    name: "Three lines in a browser talk to curl, and print what alice is told",
    language: "js",
    pattern: /new WebSocket\(/,
    prove: assertBrowserTalksToCurl,
  },
  {
    name: "Plain HTTP streams, polls and sends",
    language: "sh",
    pattern: /^curl .*\/(?:sse|poll|send|connection\/http_stream)\b/,
    tools: ["curl"],
    prove: assertHttpWorks,
  },
  {
    name: "curl reads the metrics of a server on the same machine",
    language: "sh",
    pattern: /^curl .*\/metrics$/,
    tools: ["curl"],
    prove: assertShowsMetrics,
  },
  {
    name: "An SDK subscribes, and gets what it publishes",
    language: "js",
    pattern: /newSubscription\("news"\)/,
    prove: assertSdkTalks,
  },
  {
    name: "An SDK with a filter gets what fits",
    language: "js",
    pattern: /tagsFilter/,
    prove: assertFilters,
  },
  {
    name: "The file of channels is one, and shows the defaults",
    language: "json",
    pattern: /"sports"/,
    prove: assertShowsDefaults,
  },
  {
    name: "Nodes share a Redis, or a Redis Cluster",
    language: "sh",
    pattern: /^PORT=800[13] BROKER_URL=/,
    tools: ["redis"],
    prove: assertSharesRedis,
  },
  {
    name: "Nodes share a PostgreSQL",
    language: "sh",
    pattern: /^PORT=8002 BROKER_URL=/,
    tools: ["postgres"],
    prove: assertSharesPostgres,
  },
  {
    name: "An application publishes in a transaction",
    language: "sql",
    pattern: /thrum\.publish\(/,
    tools: ["postgres"],
    prove: assertPublishesInSql,
  },
  {
    name: "nginx leads to several nodes",
    language: "nginx",
    pattern: /^upstream/,
    tools: ["redis", "nginx"],
    prove: assertProxies,
  },
  {
    name: "wscat says hello to everybody, and leaves",
    language: "sh",
    pattern: /^npx -y wscat /,
    tools: ["npx"],
    prove: assertGreetsAll,
  },
  {
    name: "An app that mounts the hub serves it at its path",
    language: "ts",
    pattern: /route\("\/realtime", thrum\(hub\)/,
    prove: assertMountsHub,
  },
  {
    name: "The package is installed by its path",
    language: "sh",
    pattern: /^npm install \.\/thrum-/,
    tools: ["npm"],
    prove: assertInstalls,
  },
  {
    name: "The program for Node is the one that the tests of the package run",
    language: "js",
    pattern: /new WebSocketServer\(/,
    prove: assertIsExample,
  },
  {
    name: "An app that mounts the hub is served, and ends at a signal",
    language: "sh",
    pattern: /^deno serve -A --host 127\.0\.0\.1 app\.ts$/,
    prove: assertServesApp,
  },
  {
    name: "A program that embeds the hub serves, and drains at a signal",
    language: "ts",
    pattern: /hub\.upgrade\(/,
    prove: assertEmbedsHub,
  },
  {
    name: "The doctor examines a server, here or at a URL",
    language: "sh",
    pattern: /^deno task doctor/,
    prove: assertExamines,
  },
  {
    name: "The doctor reports as is shown",
    language: "text",
    pattern: /^ok +settings/,
    prove: assertReports,
  },
  {
    name: "A backend signs a token, and its client is let in",
    language: "ts",
    pattern: /SignJWT\(\{ sub: "alice", channels/,
    prove: assertSigns,
  },
  {
    name: "What was written for Socket.IO orders and hears of it",
    language: "js",
    pattern: /centrifuge\.rpc\(/,
    prove: assertMigratesSocketIo,
  },
  {
    name: "A server takes both a secret and a key",
    language: "sh",
    pattern: /^TOKEN_SECRET=\S+ API_KEY=\S+ deno task start$/,
    prove: assertServesApi,
  },
  {
    name: "What was written for Pusher gets tokens and hears of an order",
    language: "js",
    pattern: /ask\("\/token"\)/,
    prove: assertMigratesPusher,
  },
  {
    name: "The file of channels for those who come from Centrifugo is accepted",
    language: "json",
    pattern: /"allow": \[\] \}/,
    prove: assertConfigures,
  },
  {
    name: "A file of the bridge is accepted",
    language: "json",
    pattern: /"sources"/,
    prove: assertBridges,
  },
  {
    name: "A row of the outbox is published",
    language: "sql",
    pattern: /^insert into thrum_outbox/,
    tools: ["postgres"],
    prove: assertFillsOutbox,
  },
  {
    name: "The button leads to a new app of Deno Deploy",
    language: "md",
    pattern: /deno\.com\/button/,
    prove: assertDeploys,
  },
  {
    name: "A task that is spoken of exists",
    language: "sh",
    pattern: /^deno task (?:start|test|ok|bench|sim|soak)$/,
    prove: assertTask,
  },
  {
    name: "A scenario of the benchmark that is spoken of exists",
    language: "sh",
    pattern: /^deno task bench \w+$/,
    prove: assertMeasures,
  },
  {
    name: "The files of the maps are where they are said to be",
    language: "",
    pattern: /^/,
    prove: assertNamesFiles,
  },
  {
    name: "The rooms of the drawing exist",
    language: "floors",
    pattern: /^/,
    prove: assertNamesRooms,
  },
];

function isOf({ language, pattern }: Claim, snippet: Snippet): boolean {
  return snippet.language === language && pattern.test(snippet.text);
}

/** Programs are checked, those with a claim are run besides. */
function isProgram({ language, text }: Snippet): boolean {
  return language === "ts" && /^import /m.test(text);
}

function findUntested(markdown: string): Snippet[] {
  return readSnippets(markdown).filter((snippet) =>
    !isProgram(snippet) && !CLAIMS.some((claim) => isOf(claim, snippet))
  );
}

Deno.test("Documentation: its programs pass the type checker", async () => {
  const programs = readSnippets(markdown).filter(isProgram);
  assert(programs.length > 5, `${programs.length} programs`);
  await assertChecks(programs.map(({ text }) => text));
});

for (const claim of CLAIMS) {
  Deno.test({
    name: `Documentation: ${claim.name}`,
    ignore: claim.tools?.some((tool) => tools[tool].missing),
    async fn() {
      const snippets = readSnippets(markdown).filter((it) => isOf(claim, it));
      assert(snippets.length > 0, "the documentation says nothing of the kind");
      for (const { text } of snippets) await claim.prove(text);
    },
  });
}

for (const { path, text } of docs) {
  Deno.test(`Documentation: every command and every block of ${path} has its test here`, () => {
    assertEquals(findUntested(text), []);
  });
}

for (
  const [language, text] of [
    ["sh", "deno task deploy"],
    ["sh", "deno task dev --port 9000"],
    ["sh", "docker run thrum"],
    ["bash", "deno task dev\n"],
    ["js", 'await fetch("http://localhost:8000/healthz");\n'],
  ] as const
) {
  Deno.test(`Documentation: ${text.trim()} in a block of ${language} is reported as untested`, () => {
    const block = `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
    assertEquals(findUntested(block), [{ language, text }]);
  });
}
