/** What a client may send: how long, and how often wrong. */

import { assert, assertEquals } from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import { encodeFragments, OPCODE, parseClose } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { connect, readHealth, startServer, textUrl } from "./text_server.ts";

const MAX_BYTES = 1000;
const LIMITED = { MAX_MESSAGE_BYTES: `${MAX_BYTES}` };

function tooBig(bytes: number) {
  const reason = `message too big: at most ${bytes} bytes (MAX_MESSAGE_BYTES)`;
  return { code: 1009, reason };
}

const LONGEST = {
  "text": `100:${"x".repeat(MAX_BYTES - 4)}`,
  "text of wide letters": `100:${"€".repeat((MAX_BYTES - 4) / 3)}`,
  "bytes": new TextEncoder().encode(`100\0${"x".repeat(MAX_BYTES - 4)}`),
};

for (const [kind, message] of Object.entries(LONGEST)) {
  Deno.test(`A message of MAX_MESSAGE_BYTES is taken, one byte more is too big: ${kind}`, async () => {
    await using server = await startServer(LIMITED);
    await using client = await connect(server);
    client.send(message);
    assertEquals((await client.next()).length, message.length - 4);
    client.send(
      typeof message === "string"
        ? `${message}x`
        : new Uint8Array([...message, 0]),
    );
    assertEquals(await closeOf(client), tooBig(MAX_BYTES));
    assertEquals((await readHealth(server)).connections, 0);
  });
}

Deno.test("A message in fragments counts as a whole", async () => {
  await using server = await startServer(LIMITED);
  await using socket = await RawSocket.open(textUrl(server));
  const send = async (payload: string) => {
    const message = { opcode: OPCODE.text, payload };
    for (const frame of encodeFragments(message, 100)) {
      await socket.write(frame);
    }
    return await socket.readFrame();
  };
  assertEquals((await send(LONGEST.text))?.payload.length, MAX_BYTES - 4);
  const close = await send(`${LONGEST.text}x`);
  assertEquals(
    parseClose(close?.payload ?? new Uint8Array()),
    tooBig(MAX_BYTES),
  );
});

Deno.test("By default a message may have 64 KiB", async () => {
  await using server = await startServer();
  await using client = await connect(server);
  const payload = "x".repeat(65_536 - 4);
  client.send(`100:${payload}`);
  assert(await client.next() === payload);
  client.send(`100:${payload}x`);
  assertEquals(await closeOf(client), tooBig(65_536));
});

Deno.test("The tenth mistake in a minute ends the connection", async () => {
  await using server = await startServer();
  await using client = await connect(server);
  for (let count = 1; count < 10; count++) client.send(`mistake ${count}`);
  // It is no mistake, and forgives none.
  client.send("ping");
  for (let count = 1; count < 10; count++) {
    assertEquals(
      await client.next(),
      'error:400 expected "uid:message", "all:message" or "#channel:message"',
    );
  }
  assertEquals(await client.next(), "pong");
  client.send("mistake 10");
  assertEquals(await closeOf(client), {
    code: 3509,
    reason: "too many errors",
  });
  assertEquals(client.pending, []);
});

Deno.test("MAX_CONNECTIONS is how many may be connected", async () => {
  await using server = await startServer({ MAX_CONNECTIONS: "2" });
  await using _one = await connect(server);
  await using _other = await connect(server);
  await using socket = await RawSocket.connect(textUrl(server));
  assertEquals((await socket.request()).status, 503);
});
