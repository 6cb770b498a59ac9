import { assert, assertEquals, assertThrows } from "@std/assert";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import {
  encodeCommand,
  ReplyReader,
} from "../../../../lib/broker/redis/resp.ts";

/** What is read of a text that arrives in pieces of so many bytes; messages are marked. */
function readAll(text: string, size = Infinity): unknown[] {
  const found: unknown[] = [];
  const reader = new ReplyReader((reply, isPush) =>
    found.push(isPush ? { push: reply } : reply)
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    reader.push(bytes.subarray(at, at + size));
  }
  return found;
}

const REPLIES: readonly (readonly [string, unknown])[] = [
  ["+OK\r\n", "OK"],
  ["+é\r\n", "é"],
  [":-12\r\n", -12],
  [",1.5\r\n", 1.5],
  ["(12345678901234567890\r\n", "12345678901234567890"],
  ["#t\r\n", true],
  ["#f\r\n", false],
  ["_\r\n", null],
  ["$-1\r\n", null],
  ["*-1\r\n", null],
  ["$0\r\n\r\n", ""],
  ["$9\r\na\r\nb🦌\n\r\n", "a\r\nb🦌\n"],
  ["=15\r\ntxt:Some string\r\n", "Some string"],
  ["*0\r\n", []],
  ["~1\r\n:1\r\n", [1]],
  ["*3\r\n:1\r\n*2\r\n$1\r\na\r\n_\r\n*0\r\n", [1, ["a", null], []]],
  ["%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n:2\r\n", ["a", 1, "b", [2]]],
  [">2\r\n+message\r\n*1\r\n:1\r\n", { push: ["message", [1]] }],
];

Deno.test("Every type of RESP3 is read, however it is cut into pieces", () => {
  const text = REPLIES.map(([written]) => written).join("");
  const expected = REPLIES.map(([, reply]) => reply);
  for (let size = 1; size < 40; size++) {
    assertEquals(readAll(text, size), expected);
  }
  assertEquals(readAll(text), expected);
});

Deno.test("An error is an Error, in a list too", () => {
  const [simple, long, [nested]] = readAll(
    "-MOVED 1 a:1\r\n!7\r\nERR é\n\r\n*1\r\n-ERR x\r\n",
  ) as [Error, Error, [Error]];
  assertEquals(
    [simple, long, nested].map(({ message }) => message),
    ["MOVED 1 a:1", "ERR é\n", "ERR x"],
  );
  assert([simple, long, nested].every((error) => error instanceof Error));
});

Deno.test("What Redis cannot have written is refused", () => {
  for (const text of ["?1\r\n", "$x\r\n", "*\r\n", "*1.5\r\n", "\r\n"]) {
    assertThrows(() => readAll(text), SyntaxError, "Cannot read a reply");
  }
});

Deno.test("A command is written as the list of its texts, which are read again", () => {
  assertEquals(
    encodeCommand(["SET", "é", ""]),
    "*3\r\n$3\r\nSET\r\n$2\r\né\r\n$0\r\n\r\n",
  );
  const args = fc.array(fc.string({ unit: "binary" }), { minLength: 1 });
  fc.assert(fc.property(args, fc.integer({ min: 1, max: 9 }), (args, size) => {
    assertEquals(readAll(encodeCommand(args), size), [args]);
  }));
});

Deno.test("A text with half a character is written with the length that it has", () => {
  assertEquals(readAll(encodeCommand(["\ud800", "x"])), [["\ufffd", "x"]]);
});

Deno.test("A long text that arrives in many pieces is put together once", () => {
  const text = "x".repeat(20_000_000);
  const begin = performance.now();
  assertEquals(readAll(`$${text.length}\r\n${text}\r\n`, 4_096), [text]);
  // Put together for each piece, it would take a minute.
  assert(performance.now() - begin < 20_000);
});
