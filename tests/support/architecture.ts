/** The rooms of the house, from the top floor to the ground, and the rooms and packages that each may import. */

/** A room: a folder, or a file that stands alone. */
export interface Room {
  /** Path of the folder, or of the file. */
  readonly name: string;
  /** Rooms it may import, besides itself: each stands further down in the table. */
  readonly rooms: readonly string[];
  /** Packages it may import. */
  readonly packages?: readonly string[];
}

const BASE = "lib/base";

/** Ports and pure arithmetic below the hub. */
const BELOW_HUB = [
  "lib/broker",
  "lib/presence",
  "lib/protocol",
  "lib/auth",
  "lib/limits",
  "lib/heartbeat",
  "lib/channel",
  BASE,
];

/** What routes hand a request to. */
const LIBRARY = [
  "lib/server_api",
  "lib/node_calls",
  "lib/metrics",
  "lib/transports",
  "lib/hub",
  ...BELOW_HUB,
];

/** Every room, with a reason for each arrow that is not obvious. */
export const ROOMS: readonly Room[] = [
  {
    name: "main.ts",
    rooms: [
      "server",
      // Loaded where the setting DEMOS says so.
      "examples/demos",
      "routes",
      "routes/pages",
      "lib/create_hub.ts",
      "lib/embedding",
      "lib/auth",
      "lib/metrics",
      BASE,
    ],
    packages: ["node:process"],
  },
  {
    // The frame of the demos on the server.
    name: "examples/demos",
    rooms: [
      "examples/demos/*",
      "examples/demos/frame",
      "routes",
      "routes/guard",
      "routes/pages",
      "lib/mod.ts",
    ],
    packages: ["npm:hono"],
  },
  {
    // A demo knows the frame and what every program knows.
    name: "examples/demos/*",
    rooms: ["examples/demos/frame", "lib/mod.ts"],
    packages: ["npm:centrifuge", "npm:hono", "npm:uplot", "npm:yjs"],
  },
  {
    name: "examples/demos/frame",
    rooms: ["routes/pages", "lib/mod.ts"],
    packages: ["npm:centrifuge", "npm:hono"],
  },
  {
    // It uses a server as its clients and its operator do.
    name: "doctor",
    rooms: [
      "server",
      "lib/create_hub.ts",
      "lib/embedding",
      "lib/auth",
      BASE,
    ],
    packages: ["node:http", "node:https", "node:util", "npm:jose"],
  },
  {
    name: "examples",
    rooms: ["routes", "lib/mod.ts"],
    packages: ["npm:hono"],
  },
  {
    name: "routes",
    rooms: [
      "routes/docs",
      "routes/guard",
      "routes/pages",
      "routes/reference",
      "lib/embedding",
      ...LIBRARY,
    ],
    packages: ["npm:hono"],
  },
  {
    name: "routes/guard",
    rooms: LIBRARY,
    packages: ["npm:hono"],
  },
  {
    // It runs in browsers; what a node answers is checked there by the same schemas.
    name: "routes/pages/inspector",
    rooms: ["routes/pages", "lib/node_calls", BASE],
    packages: ["npm:hono", "npm:uplot", "npm:valibot"],
  },
  {
    name: "routes/docs",
    rooms: ["routes/pages", "routes/pages/assets", "docs"],
    packages: ["npm:hono", "npm:marked"],
  },
  {
    name: "routes/reference",
    rooms: ["routes/pages", "lib/server_api", BASE],
    packages: [
      "npm:@valibot/to-json-schema",
      "npm:hono",
      "npm:hono-openapi",
      "npm:valibot",
    ],
  },
  {
    // Its scripts run in browsers.
    name: "routes/pages",
    rooms: [
      "routes/pages/assets",
      "routes/pages/styles",
      "lib/client",
      BASE,
    ],
    packages: ["npm:hono"],
  },
  {
    name: "server",
    rooms: [
      "lib/broker/isolates",
      // It checks the URL of a broker before anything connects to it.
      "lib/broker/nats",
      "lib/broker/postgres",
      "lib/broker/redis",
      // It checks origins, keys and limits as the hub does.
      "lib/auth",
      "lib/limits",
      "lib/channel",
      "lib/metrics",
      // Requests take turns as clients do.
      "lib/hub",
      "lib/bridge",
      BASE,
    ],
    packages: [
      "npm:@opentelemetry/api",
      "npm:kafkajs",
      "npm:postgres",
      "npm:valibot",
    ],
  },
  {
    name: "lib/mod.ts",
    rooms: ["lib/create_hub.ts", "lib/embedding", "lib/bridge", ...LIBRARY],
  },
  {
    name: "lib/create_hub.ts",
    rooms: ["lib/embedding", "lib/bridge", "lib/hub", ...BELOW_HUB],
  },
  {
    // A hub as one thing: the only room that knows every broker.
    name: "lib/embedding",
    rooms: [
      ...LIBRARY,
      "lib/commands",
      "lib/bridge",
      "lib/broker/isolates",
      "lib/broker/nats",
      "lib/broker/postgres",
      "lib/broker/redis",
      "lib/broker/memory",
    ],
  },
  {
    name: "lib/server_api",
    rooms: [
      "lib/node_calls",
      "lib/metrics",
      "lib/commands",
      "lib/hub",
      ...BELOW_HUB,
    ],
    packages: ["npm:valibot"],
  },
  {
    name: "lib/node_calls",
    rooms: ["lib/metrics", "lib/commands", "lib/hub", ...BELOW_HUB],
    packages: ["npm:valibot"],
  },
  { name: "lib/metrics", rooms: ["lib/hub", ...BELOW_HUB] },
  { name: "lib/commands", rooms: ["lib/hub", ...BELOW_HUB] },
  { name: "lib/transports", rooms: ["lib/hub", ...BELOW_HUB] },
  { name: "lib/hub", rooms: BELOW_HUB },
  // Message systems behind the hub, which it reaches by one handler.
  {
    name: "lib/bridge",
    // A stream of NATS and an outbox are read by connections as the brokers have them, and bounds are checked as those of the hub.
    rooms: [
      "lib/broker/nats",
      "lib/broker/postgres",
      "lib/broker",
      "lib/limits",
      "lib/channel",
      BASE,
    ],
    packages: ["node:buffer"],
  },
  {
    // Its sequencer is a memory broker that the other isolates can reach.
    name: "lib/broker/isolates",
    rooms: ["lib/broker/memory", "lib/broker", "lib/presence", BASE],
  },
  {
    name: "lib/broker/nats",
    rooms: ["lib/broker", "lib/presence", BASE],
    packages: [
      "node:fs/promises",
      "node:net",
      "node:tls",
      "npm:@nats-io/transport-node",
    ],
  },
  {
    name: "lib/broker/postgres",
    rooms: ["lib/broker", "lib/presence", BASE],
    packages: ["node:net", "npm:postgres"],
  },
  {
    name: "lib/broker/redis",
    rooms: ["lib/broker", "lib/presence", BASE],
    packages: ["node:buffer", "node:crypto", "node:net", "node:tls"],
  },
  { name: "lib/broker/memory", rooms: ["lib/broker", BASE] },
  { name: "lib/broker", rooms: ["lib/presence", BASE] },
  { name: "lib/presence", rooms: [BASE] },
  { name: "lib/protocol", rooms: [BASE], packages: ["npm:fossil-delta"] },
  {
    name: "lib/auth",
    rooms: ["lib/channel", BASE],
    packages: ["node:crypto", "npm:jose", "npm:valibot"],
  },
  {
    name: "lib/limits",
    rooms: ["lib/heartbeat", BASE],
    packages: ["npm:ipaddr.js"],
  },
  { name: "lib/heartbeat", rooms: [BASE] },
  { name: "lib/channel", rooms: [BASE] },
  {
    // It runs in browsers, so it knows nothing that does not.
    name: "lib/client",
    rooms: [BASE],
  },
  { name: "routes/pages/assets", rooms: [] },
  { name: "routes/pages/styles", rooms: [] },
  { name: "docs", rooms: [] },
  { name: BASE, rooms: [], packages: ["npm:valibot"] },
];
