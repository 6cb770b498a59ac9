/** A client that ends each text frame with a line feed collected errors, and was closed for good after ten. */

import { assertEquals } from "@std/assert";
import { Scene } from "../support/scene.ts";

const ENDS = ["", "\n", "\r\n", "\r"];

Deno.test("One line end behind a text frame is no part of it", async () => {
  for (const end of ENDS) {
    const scene = new Scene();
    const alice = scene.connect("alice");
    const say = async (frame: string) => {
      alice.connection.receive(frame + end);
      await scene.settle();
      scene.clock.advance(0);
      return alice.transport.take();
    };
    assertEquals(await say("ping"), ["pong"]);
    assertEquals(await say("pong"), []);
    assertEquals(await say(""), []);
    assertEquals(await say("+#room"), ["+#room"]);
    assertEquals(await say("#room:hello"), ["#room:hello"]);
    assertEquals(await say("-#room"), ["-#room"]);
    assertEquals(await say("alice:hello"), ["hello"]);
    assertEquals(await say("all:hello"), ["hello"]);
    for (let count = 0; count < 20; count++) await say("ping");
    assertEquals(alice.transport.closed, undefined);
  }
});

Deno.test("Line ends inside a text, and a second one behind it, are its own", () => {
  for (
    const [sent, received] of [
      ["one\ntwo", "one\ntwo"],
      ["one\n\n", "one\n"],
      ["one\r\n\r\n", "one\r\n"],
      ["one\n\r", "one\n"],
      ["\n", ""],
      ["one ", "one "],
    ] as const
  ) {
    const scene = new Scene();
    const { connection, transport } = scene.connect("alice");
    connection.receive(`alice:${sent}`);
    scene.clock.advance(0);
    assertEquals(transport.take(), [received]);
  }
});

Deno.test("Bytes are not lines", () => {
  const scene = new Scene();
  const { connection, transport } = scene.connect("alice");
  connection.receive(new TextEncoder().encode("alice\0one\n").buffer);
  scene.clock.advance(0);
  const [frame] = transport.take();
  assertEquals(new TextDecoder().decode(frame as ArrayBuffer), "one\n");
});
