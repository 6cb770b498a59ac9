/** The package as programs on Node, Bun and Deno install it. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { Centrifuge } from "centrifuge";
import { deadline } from "../support/deadline.ts";
import { requireTool } from "../support/requirements.ts";
import { Shell } from "../support/shell.ts";
import { readSnippets } from "../support/snippets.ts";
import { TextClient } from "../support/text_client.ts";
import { ROOT } from "../support/source_files.ts";

const npm = requireTool("npm");
const node = requireTool("node");

/** The machine may be busy. */
const START_MS = 60_000;

const IMPORTS = `
const doors = ["@thrum/thrum", "@thrum/thrum/hono", "@thrum/thrum/client"];
const modules = await Promise.all(doors.map((door) => import(door)));
const [{ createHub }, { thrum }, { TextClient }] = modules;
const hub = createHub({ access: "anonymous" });
const page = await thrum(hub).request("http://localhost/");
await hub.publish("news", new Uint8Array([1, 2, 3]));
await hub.drain();
console.log(typeof TextClient, page.status, "imported");
`;

/** Says hello to itself with the client of the package; where Node has no WebSocket, with that of ws. */
const CLIENT = `
import { TextClient } from "@thrum/thrum/client";
if (globalThis.WebSocket === undefined) {
  let refusal;
  try {
    new TextClient(process.argv[2], { uid: "carol" }).connect();
  } catch (error) {
    refusal = error.message;
  }
  if (!/package ws$/.test(refusal)) throw new Error("not refused: " + refusal);
}
const WebSocket = globalThis.WebSocket ?? (await import("ws")).WebSocket;
const client = new TextClient(process.argv[2], {
  WebSocket,
  uid: "carol",
  onMessage: (data) => {
    console.log("received", data);
    client.close();
  },
});
client.connect();
client.send("carol:hello");
`;

/** How each runtime runs a program of a project that npm has installed. */
const RUNTIMES = {
  node: "node",
  bun: "node_modules/.bin/bun",
  deno: "deno run --node-modules-dir=manual -A",
};

/** The program that a page of the documentation shows with this text in it. */
async function programOf(page: string, part: string): Promise<string> {
  const snippets = readSnippets(await Deno.readTextFile(new URL(page, ROOT)));
  const program = snippets.find(({ language, text }) =>
    /^[jt]s$/.test(language) && text.includes(part)
  );
  assert(program !== undefined, `${page} has no program with ${part}`);
  return program.text;
}

/** Packs the working tree, and installs it in a project of its own with what its programs need. */
async function install(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "thrum-package-" });
  await Deno.writeTextFile(
    `${folder}/package.json`,
    JSON.stringify({ private: true, type: "module" }),
  );
  const files = {
    "imports.js": IMPORTS,
    "client.js": CLIENT,
    "mounted.ts": await programOf("README.md", '.route("/realtime"'),
    "node_app.mjs": await programOf("docs/embedding.md", "@hono/node-server"),
    "alone.ts": await programOf("docs/embedding.md", "hub.upgrade("),
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  await Deno.copyFile(
    new URL("examples/node.mjs", ROOT),
    `${folder}/node.mjs`,
  );
  await using shell = new Shell(
    `deno pack --quiet --allow-dirty -o ${folder}/thrum.tgz && cd ${folder} && ` +
      "npm install --no-audit --no-fund --prefer-offline ./thrum.tgz ws hono @hono/node-server bun",
  );
  assertEquals(await shell.exit, 0, shell.output);
  return folder;
}

/** The program of the documentation serves the text protocol at its path. */
async function assertServes(
  folder: string,
  { command, path }: { readonly command: string; readonly path: string },
): Promise<void> {
  await using server = new Shell(`cd ${folder} && ${command}`, {
    env: { DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0" },
  });
  const [, host] = await server.waitFor(/http:\/\/([\d.:]+)/, START_MS);
  await using client = await TextClient.open(`ws://${host}${path}`);
  client.send("all:hello");
  assertEquals(await client.next(), "hello");
}

/** Resolves with the next text that a socket receives. */
function nextText(socket: WebSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(String(data));
    socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
  });
}

async function assertTalks(port: number): Promise<void> {
  const url = `ws://127.0.0.1:${port}`;
  const alice = new WebSocket(`${url}/?uid=alice`);
  await new Promise((resolve) => alice.onopen = resolve);
  const joined = nextText(alice);
  alice.send("+#news");
  assertEquals(await joined, "+#news");

  const sdk = new Centrifuge(`${url}/connection/websocket`, {
    websocket: WebSocket,
  });
  const news = sdk.newSubscription("news");
  const subscribed = new Promise((resolve) => news.on("subscribed", resolve));
  const published = new Promise((resolve) =>
    news.on("publication", ({ data }) => resolve(data))
  );
  news.subscribe();
  sdk.connect();
  await subscribed;
  const received = nextText(alice);
  await news.publish({ headline: "hello" });
  assertEquals(await published, { headline: "hello" });
  assertEquals(await received, '#news:{"headline":"hello"}');

  const closed = new Promise<CloseEvent>((resolve) => alice.onclose = resolve);
  alice.close();
  sdk.disconnect();
  await closed;
}

/** Status of the answer to a handshake. */
async function statusOf(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const text = await rawRequest(port, {
    path,
    headers: {
      Host: `localhost:${port}`,
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...headers,
    },
  });
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
}

/** The head of the answer to a request that is written as it is. */
async function rawRequest(
  port: number,
  { path, headers }: {
    readonly path: string;
    readonly headers: Record<string, string>;
  },
): Promise<string> {
  using socket = await Deno.connect({ hostname: "127.0.0.1", port });
  const lines = Object.entries(headers).map((header) => header.join(": "));
  const head = [`GET ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
  await socket.write(new TextEncoder().encode(head));
  const bytes = new Uint8Array(4_096);
  const length = await socket.read(bytes) ?? 0;
  return new TextDecoder().decode(bytes.subarray(0, length));
}

/** The guards of a server on Deno hold, and no request ends the process. */
async function assertGuards(port: number, path: string): Promise<void> {
  const evil = "https://evil.example";
  const status = (query: string, headers?: Record<string, string>) =>
    statusOf(port, path + query, headers);
  assertEquals(await status("?uid="), 400);
  assertEquals(await status("?uid=%ff"), 400);
  assertEquals(await statusOf(port, "http://["), 400);
  assertEquals(await status("", { Origin: evil }), 403);
  assertEquals(await status("", { Host: "evil.example", Origin: evil }), 403);
  assertEquals(await status("", { Authorization: "Bearer a.b.c" }), 401);
  // It opens at a hub alone, and leads to nothing in an app.
  assert([101, 404].includes(await statusOf(port, "//")));
  assertEquals(await status("?uid=alice"), 101);
}

/** The programs for Node talk to clients, to the client of the package on each runtime, and keep their guards. */
async function assertServesWithWs(
  folder: string,
  command: string,
): Promise<void> {
  await using server = new Shell(`cd ${folder} && exec ${command} node.mjs`, {
    env: { PORT: "0" },
  });
  const [, port] = await server.waitFor(/ws:\/\/localhost:(\d+)/, START_MS);
  assert(port !== undefined);
  await assertGuards(Number(port), "/");
  await deadline(assertTalks(Number(port)), {
    awaited: "a text client and an SDK to talk",
    timeoutMs: 20_000,
  });
  for (const runtime of Object.values(RUNTIMES)) {
    const url = `ws://127.0.0.1:${port}/`;
    await using client = new Shell(
      `cd ${folder} && ${runtime} client.js ${url}`,
    );
    await client.waitFor(/^received hello$/m, START_MS);
    assertEquals(await client.exit, 0, client.output);
  }
}

/** The app of Hono serves its pages, its metrics for this machine, and WebSockets with all guards. */
async function assertServesApp(
  folder: string,
  command: string,
): Promise<void> {
  await using server = new Shell(
    `cd ${folder} && exec ${command} node_app.mjs`,
    { env: { PORT: "0" } },
  );
  const [, port] = await server.waitFor(
    /http:\/\/localhost:(\d+)/,
    START_MS,
  );
  await assertGuards(Number(port), "/realtime/ws");
  const base = `http://127.0.0.1:${port}/realtime`;
  for (const path of ["/", "/healthz", "/metrics"]) {
    const response = await fetch(base + path);
    await response.body?.cancel();
    assertEquals(response.status, 200, path);
  }
  const stream = await fetch(`${base}/sse?channel=news`);
  assertEquals(stream.status, 200);
  await using client = await TextClient.open(
    `ws://127.0.0.1:${port}/realtime/ws?uid=alice`,
  );
  client.send("#news:hello");
  let text = "";
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("hello")) break;
  }
  assertMatch(text, /^data: .*hello/m);
}

Deno.test({
  name: "The package in a new project",
  ignore: npm.missing || node.missing,
  async fn(t) {
    const folder = await install();
    try {
      for (const [name, runtime] of Object.entries(RUNTIMES)) {
        await t.step(`is imported by ${name}, each door of it`, async () => {
          await using shell = new Shell(
            `cd ${folder} && ${runtime} imports.js`,
          );
          await shell.waitFor(/function 200 imported/, START_MS);
          assertEquals(await shell.exit, 0, shell.output);
        });
      }
      await t.step("serves the sockets of ws on Node", async () => {
        await assertServesWithWs(folder, RUNTIMES.node);
      });
      await t.step("serves the sockets of ws on Bun", async () => {
        await assertServesWithWs(folder, RUNTIMES.bun);
      });
      await t.step("serves an app of Hono on Node", async () => {
        await assertServesApp(folder, RUNTIMES.node);
      });
      await t.step("serves an app of Hono on Bun", async () => {
        await assertServesApp(folder, RUNTIMES.bun);
      });
      const flags = "--node-modules-dir=manual --check -A";
      await t.step(
        "is mounted in an app on Deno, as in the README",
        async () => {
          const command = `deno serve ${flags} mounted.ts`;
          await assertServes(folder, { command, path: "/realtime/ws" });
        },
      );
      await t.step(
        "takes WebSockets itself on Deno, as in the documentation",
        async () => {
          const command = `deno run ${flags} alone.ts`;
          await assertServes(folder, { command, path: "/" });
        },
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
