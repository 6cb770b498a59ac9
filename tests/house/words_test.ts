/** Plain words: how comments, texts and names of the product speak. */

import { assertEquals } from "@std/assert";
import { readSourceFiles } from "../support/source_files.ts";
import { findBadWords } from "../support/word_rules.ts";

const CLEAN = [
  "examples/",
  "routes/mod.ts",
  "routes/ws.ts",
  "lib/mod.ts",
  "lib/create_hub.ts",
  "lib/embedding/",
  "lib/channel/",
  "lib/hub/hooks.ts",
  "lib/transports/handshake.ts",
  "lib/transports/request_guard.ts",
  "lib/transports/web_socket.ts",
  "lib/broker/factory.ts",
  "lib/broker/redis/url.ts",
  "lib/auth/access.ts",
  "lib/auth/caps.ts",
  "lib/auth/claims.ts",
  "lib/auth/key_set.ts",
  "lib/auth/origin.ts",
  "lib/auth/permissions.ts",
  "lib/auth/server_subscription.ts",
  "lib/auth/token_error.ts",
  "lib/auth/token_verifier.ts",
  "lib/base/",
  "lib/broker/memory/",
  "lib/broker/redis/broker.ts",
  "lib/broker/redis/codec.ts",
  "lib/broker/redis/connect.ts",
  "lib/broker/redis/connection.ts",
  "lib/broker/redis/link.ts",
  "lib/broker/redis/presence.ts",
  "lib/broker/redis/publisher.ts",
  "lib/broker/redis/script_runs.ts",
  "lib/broker/redis/scripts.ts",
  "lib/broker/redis/stream.ts",
  "lib/broker/redis/topic_subscriptions.ts",
  "lib/broker/stream.ts",
  "lib/broker/types.ts",
  "lib/commands/",
  "lib/heartbeat/",
  "lib/hub/admission.ts",
  "lib/hub/channel.ts",
  "lib/hub/coalescer.ts",
  "lib/hub/connection.ts",
  "lib/hub/drain.ts",
  "lib/hub/fan_out.ts",
  "lib/hub/frame_queues.ts",
  "lib/hub/hub.ts",
  "lib/hub/identity.ts",
  "lib/hub/position_check.ts",
  "lib/hub/presence_leases.ts",
  "lib/hub/subscription.ts",
  "lib/hub/subscriptions.ts",
  "lib/limits/",
  "lib/node_calls/",
  "lib/presence/",
  "lib/protocol/",
  "lib/server_api/",
  "lib/transports/",
  "routes/guard/feed_query.ts",
  "routes/poll.ts",
  "routes/send.ts",
  "routes/stream.ts",
  "routes/stream_headers.ts",
  "server/",
  "main.ts",
];

Deno.test("comments, texts and names of the clean rooms use plain words", async () => {
  const files = await readSourceFiles(CLEAN);
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
