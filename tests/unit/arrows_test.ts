/** Who may know whom, and who may read time, chance and the environment. */

import { assert, assertEquals } from "@std/assert";
import {
  type ArrowRule,
  findForbiddenArrows,
  findForbiddenGlobals,
  type GlobalRule,
} from "../support/architecture_rules.ts";
import { readArrows, toArrows } from "../support/import_graph.ts";
import { readSourceFiles, ROOT } from "../support/source_files.ts";

/** Files that any room of lib may know, and that know only one another. */
const LEAVES = [
  "lib/channel_name.ts",
  "lib/channel_options.ts",
  "lib/channel_pattern.ts",
  "lib/clock.ts",
  "lib/config.ts",
  "lib/disconnect.ts",
  "lib/duration.ts",
  "lib/errors.ts",
  "lib/json.ts",
  "lib/log.ts",
  "lib/names.ts",
  "lib/publication.ts",
  "lib/recovery.ts",
  "lib/transport.ts",
  "lib/version.ts",
];

const ARROWS: readonly ArrowRule[] = [
  { from: "main.ts", to: ["routes/app.ts", "lib/**"] },
  {
    from: "routes/pages/**",
    to: ["routes/pages/*", "lib/client/mod.ts", "lib/clock.ts", "npm:hono"],
  },
  {
    from: "routes/reference/*",
    to: [
      "routes/reference/*",
      "lib/server_api.ts",
      "lib/{json,version}.ts",
      "npm:{hono,hono-openapi,valibot,@valibot/to-json-schema}",
    ],
  },
  {
    from: "routes/*",
    to: ["routes/{,reference/}*.ts", "lib/**", "npm:hono"],
  },
  { from: "examples/**", to: ["lib/mod.ts", "npm:*"] },

  { from: "lib/mod.ts", to: ["lib/**"] },
  { from: "lib/create_hub.ts", to: ["lib/**"] },
  { from: "lib/drain.ts", to: ["lib/hub.ts", ...LEAVES] },
  {
    from: "lib/commands{.ts,/*}",
    to: [
      "lib/commands/*",
      "lib/hub{,_deps}.ts",
      "lib/connection.ts",
      "lib/subscription.ts",
      "lib/attendance.ts",
      "lib/identity.ts",
      "lib/policy.ts",
      "lib/broker/types.ts",
      "lib/presence/types.ts",
      "lib/protocol/types.ts",
      "lib/auth/*",
      "lib/limits/*",
      ...LEAVES,
    ],
  },
  {
    from: "lib/control{.ts,/*}",
    to: [
      "lib/control/*",
      "lib/commands/{deps,join,permission,tokens}.ts",
      "lib/hub.ts",
      "lib/connection.ts",
      "lib/auth/server_subscription.ts",
      "npm:valibot",
      ...LEAVES,
    ],
  },
  {
    from: "lib/server_api{.ts,/*}",
    to: [
      "lib/server_api/*",
      "lib/control/questions.ts",
      "lib/commands/permission.ts",
      "lib/hub.ts",
      "lib/policy.ts",
      "lib/protocol/{raw_json,centrifuge_replies}.ts",
      "lib/auth/server_subscription.ts",
      "npm:valibot",
      ...LEAVES,
    ],
  },
  { from: "lib/sessions.ts", to: ["lib/connection.ts", "lib/clock.ts"] },
  {
    from: "lib/emulation.ts",
    to: ["lib/hub.ts", "lib/control/questions.ts", "npm:valibot"],
  },
  {
    from: "lib/hub{,_deps}.ts",
    to: [
      "lib/sessions.ts",
      "lib/hub_deps.ts",
      "lib/channels.ts",
      "lib/channel.ts",
      "lib/connection.ts",
      "lib/subscription.ts",
      "lib/identity.ts",
      "lib/broker/types.ts",
      "lib/presence/types.ts",
      "lib/protocol/types.ts",
      "lib/heartbeat/*",
      "lib/limits/{admission,hub_limits}.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/channels.ts",
    to: [
      "lib/channel.ts",
      "lib/connection.ts",
      "lib/subscription.ts",
      "lib/position_check.ts",
      "lib/quiet_turn.ts",
      "lib/broker/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/position_check.ts",
    to: [
      "lib/channel.ts",
      "lib/subscription.ts",
      "lib/broker/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/{channel,batch,subscription}.ts",
    to: [
      "lib/batch.ts",
      "lib/connection.ts",
      "lib/subscription.ts",
      "lib/protocol/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/attendance.ts",
    to: [
      "lib/subscription.ts",
      "lib/broker/types.ts",
      "lib/presence/types.ts",
      ...LEAVES,
    ],
  },
  {
    from: "lib/policy.ts",
    to: ["lib/connection.ts", "lib/auth/server_subscription.ts", ...LEAVES],
  },
  {
    from: "lib/connection.ts",
    to: [
      "lib/protocol/{types,frame_size}.ts",
      "lib/auth/caps.ts",
      "lib/heartbeat/beat.ts",
      ...LEAVES,
    ],
  },
  { from: "lib/identity.ts", to: ["lib/auth/caps.ts"] },
  { from: "lib/quiet_turn.ts", to: LEAVES },
  { from: "lib/protocol/delta.ts", to: ["npm:fossil-delta"] },
  {
    from: "lib/protocol/centrifuge*.ts",
    to: [
      "lib/protocol/{centrifuge_*,types,raw_json,delta}.ts",
      "lib/publication.ts",
      "lib/disconnect.ts",
      "lib/names.ts",
      "lib/version.ts",
    ],
  },
  {
    from: "lib/protocol/events.ts",
    to: [
      "lib/protocol/{types,cursor}.ts",
      "lib/publication.ts",
      "lib/errors.ts",
      "lib/disconnect.ts",
      "lib/names.ts",
    ],
  },
  {
    from: "lib/protocol/*",
    to: [
      "lib/protocol/types.ts",
      "lib/publication.ts",
      "lib/errors.ts",
      "lib/disconnect.ts",
      "lib/names.ts",
    ],
  },
  {
    from: "lib/broker/{broadcast,redis}/*",
    to: [
      "lib/broker/{broadcast,redis}/*",
      "lib/broker/{types,memory,history}.ts",
      "lib/presence/*",
      "lib/publication.ts",
      "lib/recovery.ts",
      "lib/clock.ts",
      "npm:redis",
    ],
  },
  {
    from: "lib/broker/*",
    to: [
      "lib/broker/{broadcast,redis}/*",
      "lib/broker/types.ts",
      "lib/broker/history.ts",
      "lib/publication.ts",
      "lib/recovery.ts",
      "lib/clock.ts",
      "npm:redis",
    ],
  },
  {
    from: "lib/presence/*",
    to: ["lib/presence/types.ts", "lib/publication.ts", "lib/clock.ts"],
  },
  {
    from: "lib/auth/*",
    to: ["lib/auth/*", "npm:jose", "npm:valibot", ...LEAVES],
  },
  { from: "lib/limits/*", to: ["lib/clock.ts", "lib/heartbeat/beat.ts"] },
  { from: "lib/heartbeat/*", to: ["lib/heartbeat/*", "lib/clock.ts"] },
  {
    from: "lib/transports/*",
    to: [
      "lib/connection.ts",
      "lib/hub.ts",
      "lib/identity.ts",
      "lib/protocol/{types,events,cursor,text}.ts",
      "lib/transports/{byte_stream,event_forms,event_lines}.ts",
      "lib/transports/{listen,place,shared_frames}.ts",
      ...LEAVES,
    ],
  },
  { from: "lib/metrics/*", to: ["lib/metrics/registry.ts", ...LEAVES] },
  // It runs in browsers, so it knows nothing that does not.
  {
    from: "lib/client/*",
    to: [
      "lib/client/*",
      "lib/clock.ts",
      "lib/disconnect.ts",
      "npm:partysocket",
    ],
  },
  {
    from: "lib/config.ts",
    to: ["lib/channel_settings.ts", "npm:valibot", ...LEAVES],
  },
  { from: "lib/channel_settings.ts", to: ["lib/channel_file.ts", ...LEAVES] },
  { from: "lib/channel_file.ts", to: ["npm:valibot", ...LEAVES] },
  { from: "lib/json.ts", to: ["npm:valibot"] },
  ...LEAVES.map((leaf) => ({ from: leaf, to: LEAVES })),
];

const GLOBALS: readonly GlobalRule[] = [
  {
    names: ["Deno.env"],
    within: ["main.ts", "lib/**", "routes/**"],
    only: ["main.ts", "lib/config.ts"],
  },
  {
    names: ["Deno.upgradeWebSocket"],
    within: ["main.ts", "lib/**", "routes/**"],
    only: ["routes/*"],
  },
  {
    // A simulation owns time and chance only if all of it goes through the clock.
    names: [
      "Date.now",
      "new Date",
      "performance.now",
      "setTimeout",
      "setInterval",
      "setImmediate",
      "Math.random",
      "crypto.randomUUID",
      "crypto.getRandomValues",
    ],
    within: ["lib/**", "routes/*"],
    only: ["lib/clock.ts"],
  },
];

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
