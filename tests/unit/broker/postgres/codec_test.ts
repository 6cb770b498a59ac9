import { assertEquals, assertFalse, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import {
  decodeEntry,
  encodeEntry,
  escapeName,
  fromArray,
  NODE_PREFIX,
  toArray,
  unescapeName,
} from "../../../../lib/broker/postgres/codec.ts";
import type { PublishRequest } from "../../../../lib/broker/types.ts";

const position = { offset: 3, epoch: "e" };

/** A request as it comes back from the columns of the table. */
function roundTrip(request: PublishRequest) {
  const { form, data, info, tags } = encodeEntry(request);
  return decodeEntry([form, data, info, tags], request.channel, position);
}

Deno.test("A name without NUL comes back as it was, and no two names are the same", () => {
  fc.assert(fc.property(
    fc.string({ unit: fc.constantFrom("\0", "\x01", "0", "1", "a", "n") }),
    (name) => {
      const text = escapeName(name);
      assertFalse(text.includes("\0"));
      assertFalse(text.startsWith(NODE_PREFIX));
      assertEquals(unescapeName(text), name);
    },
  ));
  assertEquals(escapeName("chat:lobby"), "chat:lobby");
});

Deno.test("A publication comes back with its payload, sender and tags", () => {
  const info = { client: "c\0", user: "é", connInfo: "{}" };
  for (
    const payload of [
      "",
      'a "text"\\',
      "with\0NUL and \ud800",
      { json: '{"a":"\\u0000"}' },
      new Uint8Array([0, 255, 10]).buffer,
    ]
  ) {
    const request = { channel: "room", payload, info, tags: { a: "\0" } };
    const type = "publication";
    assertEquals(roundTrip(request), { type, ...request, ...position });
  }
  const join = { channel: "room", payload: "", type: "join", info } as const;
  assertEquals(roundTrip(join), { ...join, ...position });
});

Deno.test("Columns that no node wrote are an error", () => {
  for (
    const columns of [
      [null, "x"],
      ["xs", "x"],
      ["px", "x"],
      ["pb", "no base64!"],
      ["ps", "x", "[]"],
      ["ps", "x", null, '{"a":1}'],
    ]
  ) assertThrows(() => decodeEntry(columns, "room", position), SyntaxError);
});

Deno.test("Arrays are written as PostgreSQL reads them", () => {
  assertEquals(toArray([]), "{}");
  assertEquals(
    toArray([1, null, "a", 'b"\\', ""]),
    '{1,NULL,"a","b\\"\\\\",""}',
  );
  assertEquals(fromArray('{"a 1","b 2"}'), ["a 1", "b 2"]);
  assertEquals(fromArray("{}"), []);
});
