/** Channels of the text protocol: joining, publishing and leaving. */

import { assertEquals } from "@std/assert";
import { connect, startServer } from "./text_server.ts";

Deno.test("A channel's message reaches those who joined, until they leave", async () => {
  await using server = await startServer();
  await using alice = await connect(server);
  await using bob = await connect(server);
  for (const client of [alice, bob]) {
    client.send("+#room");
    assertEquals(await client.next(), "+#room");
  }
  alice.send("#room:hello: world");
  assertEquals(await alice.next(), "#room:hello: world");
  assertEquals(await bob.next(), "#room:hello: world");

  bob.send("-#room");
  assertEquals(await bob.next(), "-#room");
  alice.send("#room:again");
  assertEquals(await alice.next(), "#room:again");
  bob.send("ping");
  assertEquals(await bob.next(), "pong");
});

Deno.test("Who publishes need not have joined, and then gets nothing back", async () => {
  await using server = await startServer();
  await using reader = await connect(server);
  await using writer = await connect(server);
  reader.send("+#news");
  assertEquals(await reader.next(), "+#news");
  for (const frame of ["#news:1", "#nobody:2", "ping"]) writer.send(frame);
  assertEquals(await reader.next(), "#news:1");
  assertEquals(await writer.next(), "pong");
});

Deno.test("To join twice is to join once, and to leave without having joined is no mistake", async () => {
  await using server = await startServer();
  await using client = await connect(server);
  const frames = ["-#room", "+#room", "+#room", "#room:once", "-#room", "ping"];
  for (const frame of frames) client.send(frame);
  const answers = [
    "-#room",
    "+#room",
    "+#room",
    "#room:once",
    "-#room",
    "pong",
  ];
  for (const answer of answers) assertEquals(await client.next(), answer);
});

Deno.test("Channels and uids of the same name are apart", async () => {
  await using server = await startServer();
  await using alice = await connect(server, "room");
  await using bob = await connect(server, "bob");
  bob.send("+#room");
  assertEquals(await bob.next(), "+#room");
  alice.send("room:to myself");
  alice.send("#room:to the channel");
  assertEquals(await alice.next(), "to myself");
  assertEquals(await bob.next(), "#room:to the channel");
  for (const client of [alice, bob]) {
    client.send("ping");
    assertEquals(await client.next(), "pong");
  }
});

const MISNAMED = ["+#", "-#", "#:hello", "+#a\nb", `+#${"a".repeat(256)}`];

for (const frame of MISNAMED) {
  const shown = JSON.stringify(frame.slice(0, 20));
  Deno.test(`${shown} names no channel`, async () => {
    await using server = await startServer();
    await using client = await connect(server);
    client.send(frame);
    assertEquals(
      await client.next(),
      "error:400 expected a channel name of 1 to 255 bytes of well-formed Unicode without control characters",
    );
  });
}
