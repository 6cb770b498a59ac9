/** A client that stops reading: it is forgotten, and the others do not notice. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { encodeFrame, OPCODE } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { connect, readHealth, startServer, textUrl } from "./text_server.ts";

const READERS = 3;
/** Well within what may wait for a client that does read. */
const BURST = 50;
const MESSAGE_BYTES = 8 * 1024;
/** The network alone takes some megabytes for a client that does not read. */
const MAX_BURSTS = 250;

/** A message of its own for each number. */
function message(number: number): string {
  return `${number} ${"x".repeat(MESSAGE_BYTES)}`;
}

Deno.test("A client that never reads is closed as slow, and the readers of its channel get everything", async () => {
  await using server = await startServer({ LOG_LEVEL: "debug" });
  const join = encodeFrame({ opcode: OPCODE.text, payload: "+#news" });
  await using stuck = await RawSocket.open(`${textUrl(server)}?uid=stuck`);
  await stuck.write(join);
  assertEquals((await stuck.readFrame())?.opcode, OPCODE.text);
  await using clients = new AsyncDisposableStack();
  const readers = await Promise.all(
    Array.from(
      { length: READERS },
      (_, index) => connect(server, `reader ${index}`),
    ),
  );
  for (const reader of readers) {
    clients.use(reader);
    reader.send("+#news");
    assertEquals(await reader.next(), "+#news");
  }
  await using writer = await RawSocket.open(textUrl(server));

  const slow = () =>
    server.logs.find(({ uid, code }) => uid === "stuck" && code);
  let sent = 0;
  for (let burst = 0; burst < MAX_BURSTS && !slow(); burst++) {
    const first = sent;
    for (; sent < first + BURST; sent++) {
      const payload = `#news:${message(sent)}`;
      await writer.writeFrame({ opcode: OPCODE.text, payload });
    }
    for (const reader of readers) {
      for (let number = first; number < sent; number++) {
        // Compared here, for a difference of such messages is no good to read.
        assert(await reader.next() === `#news:${message(number)}`);
      }
    }
  }
  const end = slow();
  assertEquals([end?.event, end?.code, end?.reason], [
    "disconnected",
    3008,
    "slow",
  ]);

  // Its TCP connection cannot be cut off: it counts until the client lets go.
  const { connections, closing } = await readHealth(server);
  assertEquals({ connections, closing }, {
    connections: READERS + 1,
    closing: 1,
  });
  readers[0]?.send("stuck:are you there?");
  assertEquals(
    await readers[0]?.next(),
    'error:404 no client is connected as "stuck"',
  );
  await stuck.close();
  await eventually(async () => (await readHealth(server)).closing === 0, {
    awaited: "the stuck client's place",
  });
});

Deno.test("A client that stops reading for a while, and then reads, has lost nothing", async () => {
  await using server = await startServer();
  await using reader = await RawSocket.open(`${textUrl(server)}?uid=late`);
  await using writer = await connect(server);
  const count = 500;
  for (let number = 0; number < count; number++) writer.send(`late:${number}`);
  writer.send("ping");
  while (await writer.next() !== "pong");
  for (let number = 0; number < count; number++) {
    const frame = await reader.readFrame();
    assertEquals(new TextDecoder().decode(frame?.payload), `${number}`);
  }
});
