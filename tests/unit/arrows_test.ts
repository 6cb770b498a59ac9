/** Who may know whom, and who may read time, chance and the environment. */

import { assert, assertEquals } from "@std/assert";
import { ARROWS } from "../support/architecture.ts";
import { GLOBALS } from "../support/architecture_globals.ts";
import {
  findForbiddenArrows,
  findForbiddenGlobals,
} from "../support/architecture_rules.ts";
import { readArrows, toArrows } from "../support/import_graph.ts";
import { readSourceFiles, ROOT } from "../support/source_files.ts";

const SOURCES = ["main.ts", "lib/", "routes/", "examples/"];

Deno.test("every import follows the architecture", async () => {
  const arrows = await readArrows(await readSourceFiles(SOURCES));
  const first = { from: "main.ts", to: "routes/app.ts" };
  assert(arrows.some(({ from, to }) => from === first.from && to === first.to));
  assertEquals(findForbiddenArrows(arrows, ARROWS), []);
});

Deno.test("time, chance, the environment and upgrades are used only in their rooms", async () => {
  const files = await readSourceFiles(SOURCES);
  assert(files.some(({ path }) => path === "lib/clock.ts"));
  assertEquals(findForbiddenGlobals(files, GLOBALS), []);
});

for (
  const [from, to] of [
    ["lib/hub.ts", "routes/app.ts"],
    ["lib/hub.ts", "npm:hono"],
    ["lib/hub.ts", "tests/support/server.ts"],
    ["lib/hub.ts", "lib/commands.ts"],
    ["lib/hub.ts", "lib/broker/memory.ts"],
    ["lib/channel.ts", "lib/hub.ts"],
    ["lib/connection.ts", "lib/channel.ts"],
    ["lib/connection.ts", "lib/protocol/text.ts"],
    ["lib/commands.ts", "lib/broker/redis.ts"],
    ["lib/protocol/text.ts", "lib/protocol/centrifuge.ts"],
    ["lib/protocol/text.ts", "lib/clock.ts"],
    ["lib/broker/redis.ts", "lib/broker/memory.ts"],
    ["lib/broker/memory.ts", "lib/hub.ts"],
    ["lib/broker/memory.ts", "lib/protocol/types.ts"],
    ["lib/client/mod.ts", "lib/config.ts"],
    ["lib/clock.ts", "lib/hub.ts"],
    ["lib/control.ts", "lib/server_api.ts"],
    ["lib/server_api.ts", "npm:hono"],
    ["lib/transports/long_poll.ts", "lib/transports/event_stream.ts"],
    ["lib/transports/event_stream.ts", "lib/protocol/centrifuge.ts"],
    ["lib/protocol/events.ts", "lib/protocol/text.ts"],
    ["lib/sessions.ts", "lib/hub.ts"],
    ["lib/emulation.ts", "lib/control.ts"],
    ["lib/server_api/clients.ts", "lib/commands/join.ts"],
    ["routes/reference/page.ts", "lib/hub.ts"],
    ["lib/log.ts", "npm:valibot"],
    ["lib/unheard_of.ts", "lib/clock.ts"],
    ["routes/app.ts", "routes/pages/console.tsx"],
    ["routes/app.ts", "main.ts"],
    ["routes/pages/console.tsx", "lib/hub.ts"],
    ["examples/chat.ts", "lib/hub.ts"],
    ["main.ts", "routes/ws.ts"],
    ["main.ts", "tests/support/server.ts"],
  ] as const
) {
  Deno.test(`an arrow from ${from} to ${to} is reported`, () => {
    const allowed = { from: "lib/hub.ts", to: "lib/channel.ts" };
    const reports = findForbiddenArrows([allowed, { from, to }], ARROWS);
    assertEquals(reports.length, 1);
    assertEquals(reports[0]?.startsWith(`${from} imports ${to}, `), true);
  });
}

Deno.test("the import graph counts type imports and packages without their version", () => {
  const arrows = toArrows({
    modules: [
      {
        specifier: `${ROOT}lib/hub.ts`,
        dependencies: [
          { type: { specifier: `${ROOT}lib/channel.ts` } },
          { code: { specifier: "npm:hono@4.13.19/secure-headers" } },
          { code: { specifier: "npm:/@scope/name@1.0.0/sub" } },
          { code: { specifier: "node:fs" } },
        ],
      },
      { specifier: "npm:/hono@4.13.19" },
    ],
  });
  assertEquals(arrows.map(({ to }) => to), [
    "lib/channel.ts",
    "npm:hono",
    "npm:@scope/name",
    "node:fs",
  ]);
});

for (
  const [path, code, name] of [
    ["lib/hub.ts", "Deno.env.get('PORT')", "Deno.env"],
    ["routes/ws.ts", "Deno.env.toObject()", "Deno.env"],
    ["lib/hub.ts", "Deno.upgradeWebSocket(request)", "Deno.upgradeWebSocket"],
    ["lib/hub.ts", "Date.now()", "Date.now"],
    ["lib/hub.ts", "const now = Date\n  .now", "Date.now"],
    ["lib/hub.ts", "new Date()", "new Date"],
    ["lib/hub.ts", "performance.now()", "performance.now"],
    ["lib/hub.ts", "setTimeout(tick, 1)", "setTimeout"],
    ["lib/hub.ts", "const later = { after: setTimeout }", "setTimeout"],
    ["lib/hub.ts", "globalThis.setTimeout(tick)", "setTimeout"],
    ["lib/client/mod.ts", "setInterval(tick, 1)", "setInterval"],
    ["routes/ws.ts", "setImmediate(tick)", "setImmediate"],
    ["lib/hub.ts", "Math.random()", "Math.random"],
    ["lib/hub.ts", "crypto.randomUUID()", "crypto.randomUUID"],
  ] as const
) {
  Deno.test(`${JSON.stringify(code)} in ${path} is reported`, () => {
    const text = `// The offence stands below.\n${code};\n`;
    assertEquals(findForbiddenGlobals([{ path, text }], GLOBALS), [
      `${path}:2: uses ${name}`,
    ]);
  });
}

Deno.test("globals are allowed in their rooms, and in comments, strings, types and other objects", () => {
  const files = [
    { path: "lib/clock.ts", text: "setTimeout(Date.now, Math.random());" },
    { path: "lib/config.ts", text: "Deno.env.get('PORT');" },
    { path: "routes/handshake.ts", text: "Deno.upgradeWebSocket(request);" },
    {
      path: "lib/hub.ts",
      text: `/** Not Date.now(). */
        const text = "setTimeout(Date.now)";
        let timer: ReturnType<typeof setTimeout>;
        clock.setTimeout(new Date(clock.now));`,
    },
  ];
  assertEquals(findForbiddenGlobals(files, GLOBALS), []);
});
