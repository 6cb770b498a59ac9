import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { errors, ProtocolError } from "../../../lib/base/errors.ts";
import {
  grow,
  MAX_TEXT_BYTES,
  readText,
  requireGrowing,
  writeText,
} from "../../../lib/channel/growing_text.ts";
import { DEFAULT_CHANNEL_OPTIONS } from "../../../lib/channel/channel_options.ts";

const OPEN = { text: "so far", closed: false };
const CLOSED = { text: "so far", closed: true };

function assertCode(code: number, run: () => void): void {
  assertEquals(assertThrows(run, ProtocolError).code, code);
}

Deno.test("A text grows by its parts, until one closes it", () => {
  const first = grow(readText(undefined), { text: "a" });
  assertEquals(first, { text: "a", closed: false });
  const second = grow(first, { text: " b", close: true });
  assertEquals(second, { text: "a b", closed: true });
  assertCode(errors.textClosed.code, () => grow(second, { text: "c" }));
  assertCode(409, () => grow(second, { text: "", close: true }));
});

Deno.test("A restart begins another text, whatever is there", () => {
  const expected = { text: "new", closed: false };
  for (const before of [OPEN, CLOSED, undefined]) {
    assertEquals(grow(before, { text: "new", restart: true }), expected);
  }
  assertEquals(grow(CLOSED, { text: "", restart: true, close: true }), {
    text: "",
    closed: true,
  });
});

Deno.test("A text is read as it was written", () => {
  const text = fc.record({
    text: fc.string({ unit: "binary" }),
    closed: fc.boolean(),
  });
  fc.assert(fc.property(text, (text) => {
    const written = writeText(text);
    assertEquals(readText(written), text);
    assertEquals(JSON.parse(written.json), text);
  }));
});

Deno.test("A character that is cut into two parts is whole again", () => {
  const [high = "", low = ""] = "😀".split("");
  const half = readText(writeText(grow(OPEN, { text: high })));
  const whole = grow(half, { text: low });
  assertEquals(whole.text, "so far😀");
  assertEquals(writeText(whole).json, '{"closed":false,"text":"so far😀"}');
});

Deno.test("What is no text is not appended to", () => {
  const others = [
    "so far",
    new ArrayBuffer(2),
    { json: '"so far"' },
    { json: "[]" },
    { json: "null" },
    { json: '{"text":"so far"}' },
    { json: '{"text":1,"closed":false}' },
    { json: '{"text":"so far","closed":"no"}' },
  ];
  for (const other of others) {
    assertEquals(readText(other), undefined);
    assertCode(107, () => grow(readText(other), { text: "a" }));
  }
});

Deno.test("A text has 65 536 bytes as JSON at most", () => {
  const frame = writeText({ text: "", closed: false }).json.length;
  for (
    const [unit, bytes] of [["a", 1], ["б", 2], ["\n", 2], ["\u0001", 6], [
      "\ud800",
      6,
    ]] as const
  ) {
    const room = Math.floor((MAX_TEXT_BYTES - frame) / bytes);
    const full = grow(readText(undefined), { text: unit.repeat(room) });
    assertEquals(full.text.length, room);
    assertCode(106, () => grow(full, { text: unit }));
    // It can still be closed, and begun again.
    assertEquals(grow(full, { text: "", close: true }).closed, true);
    assertEquals(grow(full, { text: unit, restart: true }).text, unit);
  }
});

Deno.test("A channel keeps a text in the mode cache, with a history", () => {
  const cache = {
    ...DEFAULT_CHANNEL_OPTIONS,
    recoveryMode: "cache",
  } as const;
  requireGrowing(cache);
  assertCode(108, () => requireGrowing(DEFAULT_CHANNEL_OPTIONS));
  assertCode(108, () => requireGrowing({ ...cache, historySize: 0 }));
  assertCode(108, () => requireGrowing({ ...cache, historyTtlMs: 0 }));
});
