import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  BEGINNING,
  decodeEntry,
  decodeVersion,
  encodeEntry,
  encodeVersion,
} from "../../../../lib/broker/nats/codec.ts";
import { Subjects, tokenOf } from "../../../../lib/broker/nats/subjects.ts";

// Lone surrogates have no UTF-8, and no channel has one.
const text = fc.string({ unit: "grapheme" });
const payload = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes).buffer),
  fc.json({ noUnicodeString: true }).map((json) => ({ json })),
);
const request = fc.record({
  type: fc.constantFrom("publication", "join", "leave" as const),
  channel: text,
  payload,
  info: fc.option(
    fc.record({ client: text, user: text, connInfo: fc.json() }),
    { nil: undefined },
  ),
  tags: fc.option(
    fc.dictionary(text.filter((key) => key !== "__proto__"), text)
      .map((tags) => ({ ...tags })),
    { nil: undefined },
  ),
  history: fc.option(fc.record({ size: fc.nat(), ttlMs: fc.nat() }), {
    nil: undefined,
  }),
  version: fc.option(fc.record({ number: fc.maxSafeNat(), epoch: text }), {
    nil: undefined,
  }),
});

Deno.test("A message is read as it was written; a version counts with a history", () => {
  fc.assert(fc.property(request, (request) => {
    const { channel: _, history, version, ...rest } = request;
    assertEquals(decodeEntry(encodeEntry(request, history)), {
      ...rest,
      history,
      version: history && version,
    });
  }));
});

Deno.test("The beginning of a channel is no publication", () => {
  assertEquals(decodeEntry(BEGINNING), undefined);
});

Deno.test("A version is read as it was written", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), text, fc.nat(), (number, epoch, at) => {
      const version = { number, epoch };
      const read = decodeVersion(encodeVersion(version, at));
      assertEquals(read, { version, offset: at });
    }),
  );
});

Deno.test("Bytes that no hub wrote are refused, whatever they are", () => {
  const encoder = new TextEncoder();
  const refused = (bytes: Uint8Array) =>
    assertThrows(() => decodeEntry(bytes), SyntaxError);
  for (
    const line of [
      "",
      "{}",
      "[]\n",
      "1\n",
      "x\n",
      '{"t":"x"}\n',
      '{"info":1}\n',
      '{"tags":{"a":1}}\n',
      '{"h":[1]}\n',
      '{"h":1}\n',
      '{"v":["1",""]}\n',
    ]
  ) refused(encoder.encode(line));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    try {
      decodeEntry(bytes);
    } catch (error) {
      assert(error instanceof SyntaxError, String(error));
    }
  }));
});

Deno.test("Every name is one token of its own, without what means something in a subject", () => {
  const name = fc.oneof(
    text,
    fc.constantFrom("", "a.b", "a b", "*", ">", "=", "=2e", ".", "\0bob"),
  );
  fc.assert(fc.property(name, name, (one, other) => {
    const token = tokenOf(one);
    assert(/^[^\s.*>\0]+$/.test(token), token);
    assertEquals(token === tokenOf(other), one === other);
  }));
  const subjects = new Subjects("chat");
  assertEquals(subjects.stored("a.b"), "chat.p.a=2eb");
  assertEquals(subjects.stored(), "chat.p.>");
  assertEquals(subjects.lease("room", "c1"), "chat.e.room.c1");
  assertEquals(subjects.lease("room"), "chat.e.room.*");
});
