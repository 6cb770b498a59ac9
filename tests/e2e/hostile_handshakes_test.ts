/** Handshakes that break every rule: the server refuses them and serves the others. */

import { assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { parseLogLine } from "../support/log_lines.ts";
import { RawSocket } from "../support/raw_socket.ts";
import type { TestServer } from "../support/server.ts";
import { repeat } from "../trials/scenarios/wait.ts";
import { connect, readHealth, startServer } from "./text_server.ts";

/** Hostile clients at once. */
const CONCURRENCY = 50;

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
  await repeat(50 * requests.length, CONCURRENCY, async (index) => {
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
