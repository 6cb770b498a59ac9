/** Silence and its end: who is evicted, who is pinged, and who is left alone. */

import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import { parseClose } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import type { TextClient } from "../support/text_client.ts";
import { connect, readHealth, startServer, textUrl } from "./text_server.ts";

const TIMEOUT_MS = 500;
const TALK_EVERY_MS = 50;
const EVICTING = { HEARTBEAT_TIMEOUT: `${TIMEOUT_MS}ms` };

function after(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Asserts that `silent` is evicted while `talk` is called again and again. */
async function assertEvicted(
  silent: TextClient,
  talk: () => void,
): Promise<void> {
  const timer = setInterval(talk, TALK_EVERY_MS);
  try {
    assertEquals((await closeOf(silent)).code, 3012);
  } finally {
    clearInterval(timer);
  }
}

/** Asserts that `client` is connected, whatever it has received before. */
async function assertAlive(client: TextClient): Promise<void> {
  client.send("all:still here");
  while (await client.next("its own message") !== "still here");
}

Deno.test("A silent client is told, closed with 3012 and forgotten at once", async () => {
  await using server = await startServer(EVICTING);
  const start = performance.now();
  await using socket = await RawSocket.open(textUrl(server));
  const disconnectFrame = await socket.readFrame();
  assertGreaterOrEqual(performance.now() - start, TIMEOUT_MS);
  assertEquals(
    new TextDecoder().decode(disconnectFrame?.payload),
    "Network connection timeout!",
  );
  const close = await socket.readFrame();
  assertEquals(parseClose(close?.payload ?? new Uint8Array()), {
    code: 3012,
    reason: "Network connection timeout!",
  });
  // It has not answered the close, and holds its TCP connection.
  const { connections, closing } = await readHealth(server);
  assertEquals({ connections, closing }, { connections: 0, closing: 1 });
});

const SIGNS_OF_LIFE = [
  "",
  "pong",
  "ping",
  "all:hello",
  new TextEncoder().encode("all\0hello"),
];

Deno.test("A client that sends anything at all now and then is not evicted", async () => {
  await using server = await startServer(EVICTING);
  await using clients = new AsyncDisposableStack();
  const talkers: [TextClient, string | Uint8Array<ArrayBuffer>][] = [];
  for (const sign of SIGNS_OF_LIFE) {
    talkers.push([clients.use(await connect(server)), sign]);
  }
  const talk = () => talkers.forEach(([talker, sign]) => talker.send(sign));
  // Twice as long as it takes to be evicted.
  for (let round = 0; round < 2; round++) {
    await using silent = await connect(server);
    await assertEvicted(silent, talk);
  }
  for (const [talker] of talkers) await assertAlive(talker);
});

Deno.test("What a client receives is no sign of its life", async () => {
  await using server = await startServer(EVICTING);
  await using talker = await connect(server);
  await using listener = await connect(server);
  await assertEvicted(listener, () => talker.send("all:hello"));
  assertGreaterOrEqual(
    listener.pending.filter((frame) => frame === "hello").length,
    2,
  );
});

Deno.test("HEARTBEAT_TIMEOUT=0 pings every HEARTBEAT_INTERVAL and evicts nobody", async () => {
  const intervalMs = 100;
  const pings = 6;
  await using server = await startServer({
    HEARTBEAT_TIMEOUT: "0",
    HEARTBEAT_INTERVAL: `${intervalMs}ms`,
  });
  await using silent = await connect(server);
  const start = performance.now();
  for (let count = 0; count < pings; count++) {
    assertEquals(await silent.next(), "ping");
  }
  // The first one may have been due when the clock was started.
  assertGreaterOrEqual(performance.now() - start, (pings - 1) * intervalMs);
  await assertAlive(silent);
});

const MOMENTS = ["during it", "right after it"] as const;

for (const moment of MOMENTS) {
  Deno.test(`A stall of the server evicts nobody who talks ${moment}`, async () => {
    await using server = await startServer(EVICTING);
    await using clients = new AsyncDisposableStack();
    const talkers: TextClient[] = [];
    for (let index = 0; index < 20; index++) {
      talkers.push(clients.use(await connect(server)));
    }
    for (const talker of talkers) talker.send("ping");
    for (const talker of talkers) assertEquals(await talker.next(), "pong");

    server.signal("SIGSTOP");
    const ping = () => talkers.forEach((talker) => talker.send("ping"));
    if (moment === "during it") ping();
    await after(2 * TIMEOUT_MS);
    server.signal("SIGCONT");
    if (moment === "right after it") ping();
    for (const talker of talkers) assertEquals(await talker.next(), "pong");

    // The watch goes on: who stays silent from now on is evicted.
    for (const talker of talkers) {
      assertEquals((await closeOf(talker)).code, 3012);
    }
  });
}
