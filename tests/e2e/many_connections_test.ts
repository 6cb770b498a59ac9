/** Ten thousand connections in one process. */

import { assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { OPCODE } from "../support/frame.ts";
import { Crowd } from "./crowd.ts";
import { connect, readHealth, startServer, textUrl } from "./text_server.ts";

const COUNT = 10_000;

Deno.test("Ten thousand connections are held at once, and a broadcast reaches them all", async () => {
  await using server = await startServer();
  await using crowd = await Crowd.open(textUrl(server), COUNT);
  await using sender = await connect(server);
  // A client has its handshake before the server has the connection.
  const connections = async () => (await readHealth(server)).connections;
  await eventually(async () => await connections() === COUNT + 1, {
    awaited: "every connection",
  });

  sender.send("all:hello");
  assertEquals(await sender.next(), "hello");
  // One after the other: a busy machine would not give all of them their time at once.
  const received = [];
  for (const socket of crowd.sockets) received.push(await socket.readFrame());
  const hellos = received.filter((frame) =>
    frame?.opcode === OPCODE.text &&
    new TextDecoder().decode(frame.payload) === "hello"
  );
  assertEquals(hellos.length, COUNT);
  // Whoever closes first keeps the ports of all of them for a minute: not this side,
  // whose other tests need some too.
  await server[Symbol.asyncDispose]();
});
