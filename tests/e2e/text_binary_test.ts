/** Binary frames of the text protocol: an address, a zero byte, and bytes that arrive alone. */

import { assertEquals } from "@std/assert";
import { concat } from "../../lib/base/bytes.ts";
import { TextClient } from "../support/text_client.ts";
import { connect, startServer, textUrl } from "./text_server.ts";

const MALFORMED =
  "error:400 expected a uid, all or #channel in UTF-8, a zero byte and the message";

/** Every byte there is, zero among them. */
const BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);

function addressed(to: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat([new TextEncoder().encode(`${to}\0`), payload]);
}

Deno.test("Bytes reach their uid as a binary frame without the address", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await connect(server, "bob");
  alice.send(addressed("bob", BYTES));
  assertEquals(await bob.next(), BYTES);
  bob.send(addressed("alice", new Uint8Array()));
  assertEquals(await alice.next(), new Uint8Array());
  alice.send("bob:text");
  assertEquals(await bob.next(), "text");
});

Deno.test("Bytes to all reach everybody", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await connect(server, "bob");
  alice.send(addressed("all", BYTES));
  assertEquals(await alice.next(), BYTES);
  assertEquals(await bob.next(), BYTES);
});

Deno.test("Bytes to a channel reach those who joined", async () => {
  await using server = await startServer();
  await using alice = await connect(server);
  await using bob = await connect(server);
  bob.send("+#room");
  assertEquals(await bob.next(), "+#room");
  alice.send(addressed("#room", BYTES));
  assertEquals(await bob.next(), BYTES);
});

Deno.test("Bytes to nobody are answered with error 404", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  alice.send(addressed("bob", BYTES));
  assertEquals(await alice.next(), 'error:404 no client is connected as "bob"');
});

Deno.test("With from=1 bytes still arrive alone", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "alice");
  await using bob = await TextClient.open(
    textUrl(server, { uid: "bob", from: "1" }),
  );
  alice.send(addressed("bob", BYTES));
  assertEquals(await bob.next(), BYTES);
});

Deno.test("The first bytes with an address claim its uid", async () => {
  await using server = await startServer();
  await using client = await connect(server);
  client.send(addressed("é", BYTES));
  assertEquals(await client.next(), BYTES);
});

const MISTAKES = {
  "an empty address": addressed("", BYTES),
  "no zero byte": BYTES.subarray(1),
  "an address that is no UTF-8": Uint8Array.of(0xff, 0xfe, 0, 1),
  "an address of a thousand bytes": addressed("a".repeat(1000), BYTES),
};

for (const [mistake, frame] of Object.entries(MISTAKES)) {
  Deno.test(`A binary frame with ${mistake} is a mistake`, async () => {
    await using server = await startServer();
    await using client = await connect(server);
    client.send(frame.slice());
    assertEquals(await client.next(), MALFORMED);
  });
}

Deno.test("A token does not come as bytes", async () => {
  await using server = await startServer();
  await using client = await connect(server);
  client.send(addressed("auth", BYTES));
  assertEquals(
    await client.next(),
    'error:400 expected "uid:message", "all:message" or "#channel:message"',
  );
});
