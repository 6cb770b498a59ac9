import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { ProtocolError } from "../../../lib/base/errors.ts";
import { EVERYONE, inboxOf } from "../../../lib/base/names.ts";
import {
  textProtocol,
  textProtocolWithSender,
} from "../../../lib/protocol/text.ts";
import type { Frame, Reply } from "../../../lib/protocol/types.ts";
import type { Payload, Publication } from "../../../lib/base/publication.ts";
import vectors from "./text_vectors.json" with { type: "json" };

function bytes(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

function publication(channel: string, payload: Payload): Publication {
  const info = { user: "alice", client: "1" };
  return {
    type: "publication",
    channel,
    payload,
    info,
    offset: 1,
    epoch: "e",
  };
}

/** The one command of a frame, without what the text protocol has no words for. */
function decode(frame: Frame): object {
  const [command, ...others] = textProtocol.decode(frame);
  assertEquals(others, []);
  const known = ["type", "uid", "channel", "payload", "token"];
  return Object.fromEntries(
    Object.entries(command ?? {}).filter(([name, value]) =>
      known.includes(name) &&
      !(command?.type === "subscribe" && name === "token" && value === "")
    ),
  );
}

function mistake(frame: Frame): ProtocolError {
  return assertThrows(() => textProtocol.decode(frame), ProtocolError);
}

for (const { frame, command } of vectors.decode) {
  Deno.test(`Text frame ${JSON.stringify(frame)} is read as ${command.type}`, () => {
    assertEquals(decode(frame), command);
  });
}

for (const frame of vectors.mistakes) {
  Deno.test(`Text frame ${JSON.stringify(frame)} is a mistake`, () => {
    assertEquals(mistake(frame).code, 400);
  });
}

Deno.test("The error of a malformed frame shows the expected form", () => {
  assertEquals(
    mistake("hello").message,
    'expected "uid:message", "all:message" or "#channel:message"',
  );
});

Deno.test("A binary frame has the address before its first zero byte", () => {
  const payload = new Uint8Array([0, 1, 58, 255]).buffer;
  const frame = (to: string) =>
    new Uint8Array([...new Uint8Array(bytes(`${to}\0`)), 0, 1, 58, 255]).buffer;
  assertEquals(decode(frame("bob")), {
    type: "direct",
    uid: "bob",
    payload,
  });
  assertEquals(decode(frame("all")), {
    type: "broadcast",
    payload,
  });
  assertEquals(decode(frame("#room")), {
    type: "publish",
    channel: "room",
    payload,
  });
});

Deno.test("A binary frame may address the longest name, and none longer", () => {
  const name = "n".repeat(255);
  assertEquals(decode(bytes(`#${name}\0x`)), {
    type: "publish",
    channel: name,
    payload: bytes("x"),
  });
  mistake(bytes(`#${name}n\0x`));
});

Deno.test("A binary frame without an address in UTF-8 is a mistake", () => {
  for (const frame of ["\0", "\0x", "bob", "auth\0token", "ping\0"]) {
    mistake(bytes(frame));
  }
  mistake(new Uint8Array([0xff, 0xfe, 0, 1]).buffer);
});

Deno.test("An empty frame of text or of bytes is a sign of life", () => {
  assertEquals(decode(""), { type: "pong" });
  assertEquals(decode(bytes("")), { type: "pong" });
});

Deno.test("A byte order mark is part of a name", () => {
  assertEquals(decode(bytes("\ufeffbob\0x")), {
    type: "direct",
    uid: "\ufeffbob",
    payload: bytes("x"),
  });
});

Deno.test("A direct message and a broadcast arrive bare, a channel's with its name", () => {
  const encode = textProtocol.encodePublication;
  assertEquals(encode(publication(inboxOf("bob"), "hello")), "hello");
  assertEquals(encode(publication(EVERYONE, "hello")), "hello");
  assertEquals(encode(publication("room", "a:b")), "#room:a:b");
});

Deno.test("With the sender, direct messages and broadcasts say who sent them", () => {
  const encode = textProtocolWithSender.encodePublication;
  assertEquals(encode(publication(inboxOf("bob"), "hi")), "alice>hi");
  assertEquals(encode(publication(EVERYONE, "hi")), "alice>hi");
  assertEquals(encode(publication("room", "hi")), "#room:hi");
  const nameless = { ...publication(EVERYONE, "hi"), info: undefined };
  assertEquals(encode(nameless), ">hi");
});

Deno.test("Bytes arrive unchanged in every kind of publication", () => {
  const payload = bytes("raw");
  for (const protocol of [textProtocol, textProtocolWithSender]) {
    for (const channel of [inboxOf("bob"), EVERYONE, "room"]) {
      assertStrictEquals(
        protocol.encodePublication(publication(channel, payload)),
        payload,
      );
    }
  }
});

Deno.test("Replies and pushes have the words of the specification", () => {
  const { encodeReply, encodePush } = textProtocol;
  const channel = "room";
  const result = {
    positioned: false,
    position: undefined,
    recovered: undefined,
    publications: [],
    delta: false,
  };
  const replies: [Reply, string | undefined][] = [
    [{ type: "subscribed", id: 0, channel, result }, "+#room"],
    [{ type: "unsubscribed", id: 0, channel }, "-#room"],
    [{ type: "pong", id: 0 }, "pong"],
    [{ type: "published", id: 0 }, undefined],
    [
      { type: "error", id: 0, code: 404, message: "nobody" },
      "error:404 nobody",
    ],
  ];
  for (const [reply, frame] of replies) assertEquals(encodeReply(reply), frame);
  assertEquals(encodePush({ type: "ping" }), "ping");
  assertEquals(encodePush({ type: "subscribed", channel, result }), "+#room");
  const push = {
    type: "unsubscribed",
    channel,
    code: 2000,
    reason: "",
  } as const;
  assertEquals(encodePush(push), "-#room");
});

Deno.test("Text clients read JSON strings bare and other JSON as its text, and hear of no joins", () => {
  const encode = textProtocol.encodePublication;
  const json = (text: string) => publication("room", { json: text });
  assertEquals(encode(json('"a\\n\u00e4"')), "#room:a\nä");
  assertEquals(encode(json('{"a":[1]}')), '#room:{"a":[1]}');
  assertEquals(encode({ ...publication("room", ""), type: "join" }), undefined);
});

Deno.test("Only a silent client receives the reason in a last frame", () => {
  const { encodeDisconnect } = textProtocol;
  assertEquals(
    encodeDisconnect(disconnects.silent),
    "Network connection timeout!",
  );
  assertEquals(encodeDisconnect(disconnects.shutdown), undefined);
});
