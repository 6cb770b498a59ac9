/**
 * Node 20 and 22 have no global `CloseEvent`, which a socket over plain HTTP made at
 * its end: a refusal, an absent server or a `close()` was an error that nobody caught,
 * and ended the process.
 */

import { assertEquals } from "@std/assert";
import { requireTool } from "../support/requirements.ts";
import { Shell } from "../support/shell.ts";
import { AppServer } from "../routes/app_server.ts";

const node = requireTool("node");

/** Ends a socket or a client in one of several ways, and says how they ended. */
const PROGRAM = `
import { httpSocket, TextClient } from "./client.mjs";
const [transport, end, url] = process.argv.slice(2);
const HttpSocket = httpSocket(transport);
function socket(url) {
  const socket = new HttpSocket(url);
  socket.addEventListener("close", (event) => {
    const { code, wasClean } = event;
    console.log("closed", code, wasClean, event instanceof Event);
  });
  return socket;
}
const ends = {
  absent: () => socket("ws://127.0.0.1:9/ws?uid=alice"),
  refused: () => socket(url + "?uid=all"),
  closed: () => {
    const open = socket(url + "?uid=alice");
    open.addEventListener("open", () => open.close());
  },
  client: () => {
    const client = new TextClient(url, {
      uid: "alice",
      WebSocket: HttpSocket,
      onMessage: () => client.close(),
      onClose: ({ code, wasClean }) => console.log("closed", code, wasClean, true),
    });
    client.connect();
    client.join("news");
    client.send("#news:hello");
  },
};
ends[end]();
`;

const ENDS = {
  absent: "closed 1006 false true",
  refused: "closed 3500 true true",
  closed: "closed 1000 true true",
  client: "closed 1000 true true",
};

Deno.test({
  name: "On Node, a socket over plain HTTP closes with a code, however it ends",
  ignore: node.missing,
  async fn(t) {
    await using server = new AppServer();
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/program.mjs`, PROGRAM);
      await using bundle = new Shell(
        `deno bundle --quiet --platform browser -o ${folder}/client.mjs lib/client/mod.ts`,
      );
      assertEquals(await bundle.exit, 0, bundle.output);
      for (const transport of ["sse", "poll"]) {
        for (const [end, closed] of Object.entries(ENDS)) {
          await t.step(`${end}, over ${transport}`, async () => {
            await using program = new Shell(
              `node ${folder}/program.mjs ${transport} ${end} ${server.wsUrl}`,
            );
            assertEquals(await program.exit, 0, program.output);
            assertEquals(program.output, `${closed}\n`);
          });
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
