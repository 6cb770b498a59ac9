/** Clients that break every rule: the server sends them away and serves the others. */

import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { OPCODE, parseClose } from "../support/frame.ts";
import { parseLogLine } from "../support/log_lines.ts";
import { RawSocket } from "../support/raw_socket.ts";
import type { TestServer } from "../support/server.ts";
import { FATAL, MISTAKES, noise, TRUNCATED } from "./hostile_frames.ts";
import { connect, readHealth, startServer, textUrl } from "./text_server.ts";

/** How many hostile clients there are at once. */
const CONCURRENCY = 50;
const MISTAKES_UNTIL_CLOSED = 10;

/** Calls `attack` with 0, 1, … up to `count`, some at a time. */
async function repeat(
  count: number,
  attack: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: CONCURRENCY }, async () => {
    while (next < count) await attack(next++);
  });
  await Promise.all(workers);
}

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

Deno.test("Ten thousand malformed frames end no process, and harm no other client", async () => {
  await using server = await startServer();
  const url = textUrl(server);
  let sent = 0;

  await repeat(100 * FATAL.length, async (index) => {
    await using socket = await RawSocket.open(url);
    await socket.write(FATAL[index % FATAL.length]!);
    sent++;
    // Every other one does not wait to be sent away.
    if (index % 2 === 0) await socket.readToEnd();
  });

  await repeat(1000, async (index) => {
    await using socket = await RawSocket.open(url);
    await socket.write(TRUNCATED[index % TRUNCATED.length]!);
    sent++;
  });

  await repeat(500, async (index) => {
    await using socket = await RawSocket.open(url);
    await socket.write(noise(index, 64));
    sent++;
  });

  await repeat(600, async (index) => {
    await using socket = await RawSocket.open(url);
    for (let count = 1; count <= MISTAKES_UNTIL_CLOSED; count++) {
      await socket.write(MISTAKES[(index + count) % MISTAKES.length]!);
      sent++;
      const answer = await socket.readFrame();
      assert(answer, `an answer to mistake ${count} of client ${index}`);
      if (count < MISTAKES_UNTIL_CLOSED) {
        assertEquals(answer.opcode, OPCODE.text);
      } else {
        assertEquals(parseClose(answer.payload).code, 3509);
      }
    }
  });

  assertGreaterOrEqual(sent, 10_000);
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
