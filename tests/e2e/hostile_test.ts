/** Clients that break every rule: the server sends them away and serves the others. */

import { assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { parseLogLine } from "../support/log_lines.ts";
import { RawSocket } from "../support/raw_socket.ts";
import type { TestServer } from "../support/server.ts";
import { type AttackSize, attackWarm, repeat } from "./hostile_attack.ts";
import { connect, readHealth, startServer } from "./text_server.ts";

/** Numbers of the attacks; those of the long run are ten times as many. */
const SIZE: AttackSize = { frames: 10_000, messages: 10_000 };
/** Growth of the memory that is no leak: that of a heap which is still warming up. */
const MAX_GROWTH = 1.1;

/** Asserts that `server` has let go of every hostile client, serves a friendly one, and has logged no error. */
async function assertUnharmed(server: TestServer): Promise<void> {
  await eventually(async () => {
    const { connections, closing } = await readHealth(server);
    return connections === 0 && closing === 0;
  }, { awaited: "0 connections" });
  {
    await using client = await connect(server);
    client.send("100:haha");
    assertEquals(await client.next(), "haha");
  }
  server.signal("SIGTERM");
  const { code, stderr } = await server.exit;
  assertEquals(code, 0);
  for (const text of stderr.split("\n")) {
    assertEquals(parseLogLine(text)?.level, "warn", text);
  }
}

Deno.test("Ten thousand malformed frames and messages end no process, harm no other client, and leave no handle or memory behind", async () => {
  await using server = await startServer();
  const { sent, before, after } = await attackWarm(server, {
    warmUp: SIZE,
    size: SIZE,
  });
  assertGreaterOrEqual(sent.frames, SIZE.frames);
  assertGreaterOrEqual(sent.messages, SIZE.messages);
  assertEquals(after.handles, before.handles);
  assertLess(after.rssBytes, before.rssBytes * MAX_GROWTH);
  await assertUnharmed(server);
});

Deno.test("Half and hostile handshakes harm nobody", async () => {
  await using server = await startServer();
  const host = new URL(server.url).host;
  const head = `GET /ws HTTP/1.1\r\nHost: ${host}\r\n`;
  const requests = [
    "",
    "GET /ws HT",
    head,
    `${head}Upgrade: websocket\r\nConnection: Upgrade\r\n`,
    `${head}X: ${"x".repeat(1_000_000)}\r\n\r\n`,
    `${head}${"X: y\r\n".repeat(10_000)}\r\n`,
    `GET /${"x".repeat(100_000)} HTTP/1.1\r\n\r\n`,
    `GET /ws?uid=${"%"} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET /ws?${"uid=x&".repeat(1000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `${head}Upgrade: websocket\r\nContent-Length: 99\r\n\r\nx`,
    "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
    "\r\n\r\n\r\n",
  ];
  await repeat(50 * requests.length, async (index) => {
    await using socket = await RawSocket.connect(server.url);
    await socket.write(requests[index % requests.length]!).catch((error) => {
      // The server need not read to the end what it refuses.
      const isCutOff = error instanceof Deno.errors.BrokenPipe ||
        error instanceof Deno.errors.ConnectionReset;
      if (!isCutOff) throw error;
    });
  });
  await assertUnharmed(server);
});
