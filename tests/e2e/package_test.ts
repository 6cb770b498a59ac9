/** The package as programs on Node, Bun and Deno install it. */

import { assert, assertEquals } from "@std/assert";
import { Centrifuge } from "centrifuge";
import { deadline } from "../support/deadline.ts";
import { requireTool } from "../support/requirements.ts";
import { Shell } from "../support/shell.ts";
import { ROOT } from "../support/source_files.ts";

const npm = requireTool("npm");
const node = requireTool("node");

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

/** Packs the working tree, and installs it in a project of its own with what its programs need. */
async function install(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "thrum-package-" });
  await Deno.writeTextFile(
    `${folder}/package.json`,
    JSON.stringify({ private: true, type: "module" }),
  );
  await Deno.writeTextFile(`${folder}/imports.js`, IMPORTS);
  await Deno.copyFile(
    new URL("examples/node.mjs", ROOT),
    `${folder}/node.mjs`,
  );
  await using shell = new Shell(
    `deno pack --quiet --allow-dirty -o ${folder}/thrum.tgz && cd ${folder} && ` +
      "npm install --no-audit --no-fund --prefer-offline ./thrum.tgz ws bun",
  );
  assertEquals(await shell.exit, 0, shell.output);
  return folder;
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

Deno.test({
  name:
    "The package is imported and used by Node, Bun and Deno, and serves the sockets of ws on Node",
  ignore: npm.missing || node.missing,
  async fn() {
    const folder = await install();
    try {
      for (
        const runtime of [
          "node imports.js",
          "node_modules/.bin/bun imports.js",
          "deno run --node-modules-dir=manual -A imports.js",
        ]
      ) {
        await using shell = new Shell(`cd ${folder} && ${runtime}`);
        await shell.waitFor(/function 200 imported/);
        assertEquals(await shell.exit, 0, shell.output);
      }
      await using server = new Shell(`cd ${folder} && exec node node.mjs`, {
        env: { PORT: "0" },
      });
      const [, port] = await server.waitFor(/ws:\/\/localhost:(\d+)/);
      assert(port !== undefined);
      await deadline(assertTalks(Number(port)), {
        awaited: "a text client and an SDK to talk",
        timeoutMs: 20_000,
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
