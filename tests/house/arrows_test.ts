/** The architecture: rooms and their arrows, and the rooms of time, chance and the environment. */

import { assert, assertEquals } from "@std/assert";
import { ROOMS } from "../support/architecture.ts";
import { GLOBALS } from "../support/architecture_globals.ts";
import {
  findCircles,
  findForbiddenArrows,
  findForbiddenGlobals,
  findUpwardArrows,
} from "../support/architecture_rules.ts";
import { readArrows, toArrows } from "../support/import_graph.ts";
import { readSourceFiles, ROOT } from "../support/source_files.ts";

const SOURCES = [
  "main.ts",
  "lib/",
  "routes/",
  "server/",
  "doctor/",
  "examples/",
];

Deno.test("every import follows the architecture", async () => {
  const arrows = await readArrows(await readSourceFiles(SOURCES));
  const first = { from: "main.ts", to: "routes/mod.ts" };
  assert(arrows.some(({ from, to }) => from === first.from && to === first.to));
  assertEquals(findForbiddenArrows(arrows, ROOMS), []);
});

Deno.test("no file imports itself by way of others, types included", async () => {
  const arrows = await readArrows(await readSourceFiles(SOURCES));
  assertEquals(findCircles(arrows), []);
});

Deno.test("a circle is reported, without the files that lead to it or out of it", () => {
  const arrows = ["a b", "b c", "c b", "c d"].map((text) => {
    const [from = "", to = ""] = text.split(" ");
    return { from, to };
  });
  assertEquals(findCircles(arrows), ["b", "c"]);
  assertEquals(findCircles([{ from: "a", to: "a" }]), ["a"]);
  assertEquals(findCircles([{ from: "a", to: "b" }]), []);
});

Deno.test("no arrow of the architecture points upward, so none closes a circle", () => {
  assertEquals(findUpwardArrows(ROOMS), []);
});

Deno.test("an arrow that points upward is reported", () => {
  const rooms = [
    { name: "lib/hub", rooms: ["lib/base"] },
    { name: "lib/base", rooms: ["lib/hub"] },
  ];
  assertEquals(findUpwardArrows(rooms), [
    '"lib/base" may import "lib/hub", which is not below it',
  ]);
});

Deno.test("nothing but the door and the composition lies loose in lib", async () => {
  const loose = (await readSourceFiles(["lib/"]))
    .map(({ path }) => path)
    .filter((path) => path.split("/").length === 2);
  assertEquals(loose, ["lib/create_hub.ts", "lib/mod.ts"]);
});

Deno.test("time, chance, the environment and upgrades are used only in their rooms", async () => {
  const files = await readSourceFiles(SOURCES);
  assert(files.some(({ path }) => path === "lib/base/clock.ts"));
  assertEquals(findForbiddenGlobals(files, GLOBALS), []);
});

for (
  const [from, to] of [
    ["lib/hub/hub.ts", "routes/mod.ts"],
    ["lib/hub/hub.ts", "npm:hono"],
    ["lib/hub/hub.ts", "tests/support/server.ts"],
    ["lib/hub/hub.ts", "lib/commands/dispatch.ts"],
    ["lib/hub/hub.ts", "lib/broker/memory/broker.ts"],
    ["lib/commands/dispatch.ts", "lib/broker/redis/broker.ts"],
    ["lib/protocol/text.ts", "lib/hub/hub.ts"],
    ["lib/broker/redis/broker.ts", "lib/broker/memory/broker.ts"],
    ["lib/broker/memory/broker.ts", "lib/protocol/types.ts"],
    ["lib/client/mod.ts", "server/config.ts"],
    ["lib/base/clock.ts", "lib/hub/hub.ts"],
    ["lib/node_calls/answer.ts", "lib/server_api/server_api.ts"],
    ["lib/base/log.ts", "npm:hono"],
    ["lib/unknown/file.ts", "lib/base/clock.ts"],
    ["routes/app.ts", "main.ts"],
    ["routes/pages/console.tsx", "lib/hub/hub.ts"],
    ["examples/chat.ts", "lib/hub/hub.ts"],
    ["main.ts", "tests/support/server.ts"],
  ] as const
) {
  Deno.test(`an arrow from ${from} to ${to} is reported`, () => {
    const allowed = { from: "lib/hub/hub.ts", to: "lib/base/clock.ts" };
    const reports = findForbiddenArrows([allowed, { from, to }], ROOMS);
    assertEquals(reports.length, 1);
    assertEquals(reports[0]?.startsWith(`${from} imports ${to}: `), true);
  });
}

Deno.test("the import graph counts type imports and packages without their version", () => {
  const arrows = toArrows({
    modules: [
      {
        specifier: `${ROOT}lib/hub/hub.ts`,
        dependencies: [
          { type: { specifier: `${ROOT}lib/hub/channel.ts` } },
          { code: { specifier: "npm:hono@4.13.19/secure-headers" } },
          { code: { specifier: "npm:/@scope/name@1.0.0/sub" } },
          { code: { specifier: "node:fs" } },
        ],
      },
      { specifier: "npm:/hono@4.13.19" },
    ],
  });
  assertEquals(arrows.map(({ to }) => to), [
    "lib/hub/channel.ts",
    "npm:hono",
    "npm:@scope/name",
    "node:fs",
  ]);
});

for (
  const [path, code, name] of [
    ["lib/hub/hub.ts", "Deno.env.get('PORT')", "Deno.env"],
    ["routes/ws.ts", "Deno.env.toObject()", "Deno.env"],
    [
      "lib/hub/hub.ts",
      "Deno.upgradeWebSocket(request)",
      "Deno.upgradeWebSocket",
    ],
    ["lib/hub/hub.ts", "Date.now()", "Date.now"],
    ["lib/hub/hub.ts", "const now = Date\n  .now", "Date.now"],
    ["lib/hub/hub.ts", "new Date()", "new Date"],
    ["lib/hub/hub.ts", "performance.now()", "performance.now"],
    ["lib/hub/hub.ts", "setTimeout(tick, 1)", "setTimeout"],
    ["lib/hub/hub.ts", "const later = { after: setTimeout }", "setTimeout"],
    ["lib/hub/hub.ts", "globalThis.setTimeout(tick)", "setTimeout"],
    ["lib/client/mod.ts", "setInterval(tick, 1)", "setInterval"],
    ["routes/ws.ts", "setImmediate(tick)", "setImmediate"],
    ["lib/hub/hub.ts", "Math.random()", "Math.random"],
    ["lib/hub/hub.ts", "crypto.randomUUID()", "crypto.randomUUID"],
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
    { path: "lib/base/clock.ts", text: "setTimeout(Date.now, Math.random());" },
    { path: "server/config.ts", text: "Deno.env.get('PORT');" },
    {
      path: "lib/transports/web_socket.ts",
      text: "Deno.upgradeWebSocket(request);",
    },
    {
      path: "lib/hub/hub.ts",
      text: `/** Not Date.now(). */
        const text = "setTimeout(Date.now)";
        let timer: ReturnType<typeof setTimeout>;
        clock.setTimeout(new Date(clock.now));`,
    },
  ];
  assertEquals(findForbiddenGlobals(files, GLOBALS), []);
});
