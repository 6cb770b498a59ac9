/** The end of a server by a signal: clients are told, and the process ends in time. */

import {
  assertEquals,
  assertGreater,
  assertLess,
  assertLessOrEqual,
} from "@std/assert";
import { readCloseReason } from "../../lib/base/disconnect.ts";
import { closeOf } from "../support/close_of.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { OPCODE, parseClose } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import type { TestServer } from "../support/server.ts";
import type { TextClient } from "../support/text_client.ts";
import { Crowd } from "./crowd.ts";
import { connect, readHealth, startServer, textUrl } from "./text_server.ts";

/** What a platform grants between its signal and the kill. */
const GRACE_MS = 5000;
const MODES = ["serve", "run"] as const;
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const;

/** Asserts that `server` ends by itself, with `code`, in the time it is granted. */
async function assertExit(
  server: TestServer,
  { code = 0, withinMs = GRACE_MS } = {},
): Promise<void> {
  const exit = await deadline(server.exit, {
    awaited: "the server's end",
    timeoutMs: withinMs,
  });
  assertEquals({ code: exit.code, signal: exit.signal }, {
    code,
    signal: null,
  });
  assertEquals(server.logs.filter(({ level }) => level === "error"), []);
}

for (const mode of MODES) {
  for (const signal of SIGNALS) {
    Deno.test(`${signal} under deno ${mode} closes every client with 3001, then the process ends`, async () => {
      await using server = await startServer({}, { mode });
      await using clients = new AsyncDisposableStack();
      const all: TextClient[] = [];
      for (let index = 0; index < 20; index++) {
        all.push(clients.use(await connect(server)));
      }
      server.signal(signal);
      for (const client of all) {
        assertEquals(await closeOf(client), { code: 3001, reason: "shutdown" });
      }
      await assertExit(server);
      assertEquals(server.logs.at(-1)?.event, "stopped");
    });
  }

  Deno.test(`A signal that comes again at once under deno ${mode} is the same signal`, async () => {
    await using server = await startServer({}, { mode });
    await using _stuck = await RawSocket.open(textUrl(server));
    // A terminal signals deno task and the server, and deno task passes it on.
    server.signal("SIGINT");
    await server.waitForLog("signal");
    server.signal("SIGINT");
    await assertExit(server);
    assertEquals(server.logs.at(-1)?.event, "stopped");
  });

  Deno.test(`A second signal under deno ${mode} ends the process at once`, async () => {
    await using server = await startServer({}, { mode });
    await using _stuck = await RawSocket.open(textUrl(server));
    server.signal("SIGTERM");
    await server.waitForLog("draining");
    // Again and again: what comes within a moment is no second signal.
    const impatience = setInterval(() => server.signal("SIGINT"), 100);
    await assertExit(server, { code: 1, withinMs: 1200 })
      .finally(() => clearInterval(impatience));
  });

  Deno.test(`A drain under deno ${mode} does not wait for ever for a client that never answers the close`, async () => {
    await using server = await startServer({}, { mode });
    await using stuck = await RawSocket.open(textUrl(server));
    server.signal("SIGTERM");
    const close = await stuck.readFrame();
    assertEquals(close?.opcode, OPCODE.close);
    assertEquals(parseClose(close?.payload ?? new Uint8Array()).code, 3001);
    await assertExit(server);
  });

  Deno.test(`A drain under deno ${mode} does not wait for ever for a client that never reads`, async () => {
    const env = { MAX_BUFFERED_BYTES: "100000000" };
    await using server = await startServer(env, { mode });
    await using _stuck = await RawSocket.open(textUrl(server));
    await using writer = await RawSocket.open(textUrl(server));
    // More than the network takes for a client that does not read.
    const payload = `all:${"x".repeat(60_000)}`;
    for (let count = 0; count < 400; count++) {
      await writer.writeFrame({ opcode: OPCODE.text, payload });
      assertEquals((await writer.readFrame())?.opcode, OPCODE.text);
    }
    server.signal("SIGTERM");
    assertEquals((await writer.readFrame())?.opcode, OPCODE.close);
    await assertExit(server);
  });

  Deno.test(`A drain under deno ${mode} does not wait for ever for a request that is never finished`, async () => {
    await using server = await startServer({}, { mode });
    await using unfinished = await RawSocket.connect(server.url);
    await unfinished.write("GET /ws HTTP/1.1\r\nHost:");
    // Answered after the server has seen the other.
    await (await connect(server)).close();
    server.signal("SIGTERM");
    await assertExit(server);
  });
}

Deno.test("A server without clients ends at once", async () => {
  await using server = await startServer();
  server.signal("SIGTERM");
  await assertExit(server, { withinMs: 1000 });
});

Deno.test("What was sent before the signal arrives before the close", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await connect(server, "bob");
  const messages = Array.from({ length: 500 }, (_, index) => `${index}`);
  for (const message of messages) alice.send(`bob:${message}`);
  alice.send("alice:done");
  assertEquals(await alice.next(), "done");
  server.signal("SIGTERM");
  assertEquals((await closeOf(bob)).code, 3001);
  assertEquals(bob.pending, messages);
  await assertExit(server);
});

Deno.test("During a drain nobody comes in, and many clients leave one after another, each with a time to come back", async () => {
  const count = 1000;
  await using server = await startServer({ LOG_LEVEL: "debug" });
  await using crowd = await Crowd.open(textUrl(server), count);
  // A client has its handshake before the server has the connection.
  const connections = async () => (await readHealth(server)).connections;
  await eventually(async () => await connections() === count, {
    awaited: "every connection",
  });
  server.signal("SIGTERM");
  await server.waitForLog("draining");
  const start = performance.now();
  const returns: number[] = [];
  const leaving = crowd.sockets.map(async (socket) => {
    const { payload = new Uint8Array() } = await socket.readFrame() ?? {};
    const { code, reason: text } = parseClose(payload);
    const { reason, retryAfterMs = NaN } = readCloseReason(text);
    assertEquals([code, reason], [3001, "shutdown"]);
    assertLessOrEqual(payload.length, 125);
    returns.push(performance.now() - start + retryAfterMs);
  });

  const response = await fetch(`${server.url}/readyz`);
  assertEquals(response.status, 503);
  assertEquals(await response.json(), { status: "draining" });
  await using late = await RawSocket.connect(textUrl(server));
  assertEquals((await late.request()).status, 503);

  await Promise.all(leaving);
  // 200 a second come back.
  assertEquals(returns.length, count);
  for (let from = 1_000; from < 5_000; from += 1_000) {
    const those = returns.filter((at) => at >= from && at < from + 1_000);
    assertGreater(those.length, 100, `from ${from} ms`);
    assertLess(those.length, 300, `from ${from} ms`);
  }
  await late.close();
  await crowd[Symbol.asyncDispose]();
  await assertExit(server);
  // By the time of the server: this process may be too busy to see them one by one.
  const times = server.logs.filter(({ code }) => code === 3001)
    .map(({ time }) => Date.parse(String(time)));
  assertEquals(times.length, count);
  const spreadMs = Math.max(...times) - Math.min(...times);
  // Two clients a millisecond.
  assertGreater(spreadMs, count / 2 / 2);
  assertLess(spreadMs, GRACE_MS / 2);
});
