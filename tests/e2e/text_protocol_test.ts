/** The text protocol between clients and a server process: who gets what, and nothing more. */

import { assertEquals } from "@std/assert";
import { TextClient } from "../support/text_client.ts";
import { connect, startServer, textUrl } from "./text_server.ts";

/** Asserts that nothing came before the answer to a ping. */
async function assertNothingMore(...clients: TextClient[]): Promise<void> {
  for (const client of clients) {
    client.send("ping");
    assertEquals(await client.next("the pong"), "pong");
  }
}

Deno.test("The printed client sends 100:haha and receives haha", async () => {
  await using server = await startServer();
  const printed: string[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const ws = new WebSocket(textUrl(server));
  ws.onopen = () => ws.send("100:haha");
  ws.onmessage = (event) => {
    printed.push(`received: ${event.data}`);
    ws.close();
  };
  ws.onclose = () => {
    printed.push("closed");
    resolve();
  };
  await closed;
  assertEquals(printed, ["received: haha", "closed"]);
});

Deno.test("A direct message reaches its uid alone", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await connect(server, "bob");
  await using carol = await connect(server, "carol");
  alice.send("bob:hello: world");
  assertEquals(await bob.next(), "hello: world");
  await assertNothingMore(alice, bob, carol);
});

Deno.test("A direct message reaches every connection of its uid", async () => {
  await using server = await startServer();
  await using phone = await connect(server, "bob");
  await using laptop = await connect(server, "bob");
  await using alice = await connect(server, "alice");
  alice.send("bob:hello");
  assertEquals(await phone.next(), "hello");
  assertEquals(await laptop.next(), "hello");

  await phone.close();
  alice.send("bob:still there?");
  assertEquals(await laptop.next(), "still there?");
  await assertNothingMore(alice, laptop);
});

Deno.test("A message to nobody is answered with error 404", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  alice.send("bob:hello");
  assertEquals(await alice.next(), 'error:404 no client is connected as "bob"');

  const bob = await connect(server, "bob");
  await bob.close();
  alice.send("bob:hello");
  assertEquals(await alice.next(), 'error:404 no client is connected as "bob"');
});

Deno.test("A message to all reaches everybody, the sender included", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await connect(server, "bob");
  await using nameless = await connect(server);
  alice.send("all:hello");
  for (const client of [alice, bob, nameless]) {
    assertEquals(await client.next(), "hello");
  }
  await assertNothingMore(alice, bob, nameless);
});

Deno.test("A ping is answered with pong; a pong and an empty frame with nothing", async () => {
  await using server = await startServer();
  await using client = await connect(server);
  for (const frame of ["pong", "", new Uint8Array(), "ping"]) {
    client.send(frame);
  }
  assertEquals(await client.next(), "pong");
  await assertNothingMore(client);
});

const MISTAKES = [
  "hello",
  ":hello",
  "PING",
  "ping:",
  "error:400 no",
  "a\u0007b:hello",
  `${"a".repeat(256)}:hello`,
];

for (const frame of MISTAKES) {
  const shown = JSON.stringify(frame.slice(0, 20));
  Deno.test(`${shown} is a mistake, and the connection goes on`, async () => {
    await using server = await startServer();
    await using client = await connect(server);
    client.send(frame);
    assertEquals(
      await client.next(),
      'error:400 expected "uid:message", "all:message" or "#channel:message"',
    );
    client.send("100:haha");
    assertEquals(await client.next(), "haha");
  });
}

Deno.test("With from=1 a direct message names its sender", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await TextClient.open(
    textUrl(server, { uid: "bob", from: "1" }),
  );
  await using laptop = await connect(server, "bob");
  alice.send("bob:hello");
  assertEquals(await bob.next(), "alice>hello");
  assertEquals(await laptop.next(), "hello");

  alice.send("bob:1 > 0");
  assertEquals(await bob.next(), "alice>1 > 0");
});

Deno.test("Messages of one sender arrive in their order, each once", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await connect(server, "bob");
  const messages = Array.from({ length: 1000 }, (_, index) => `${index}`);
  for (const message of messages) alice.send(`bob:${message}`);
  const received = [];
  for (const _ of messages) received.push(await bob.next());
  assertEquals(received, messages);
  await assertNothingMore(alice, bob);
});
