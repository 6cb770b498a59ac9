import { assertEquals, assertGreater, assertThrows } from "@std/assert";
import fc from "fast-check";
import { applyDelta, createDelta as createByteDelta } from "fossil-delta";
import { createDelta } from "../../../lib/protocol/delta.ts";
import vectors from "./delta_vectors.json" with { type: "json" };

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const DIGITS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";

/** Many share their first bytes, and some are written with escapes in a JSON string. */
const CHARACTERS = 'aab{}":,\\\n\u00e9бвгджз日本時間語😀😁🚀\u0301\ufeff'.match(
  /./gsu,
)!;

/** Text that a client restores: the library checks sizes and the checksum. */
function patch(base: string, delta: string): string {
  return decoder.decode(
    applyDelta(encoder.encode(base), encoder.encode(delta)),
  );
}

/** Applies a delta piece by piece, and throws where a piece is not whole characters. */
function patchText(base: string, delta: string): string {
  const [from, bytes] = [encoder.encode(base), encoder.encode(delta)];
  let index = 0;
  const number = () => {
    let value = 0;
    for (;; index++) {
      const digit = DIGITS.indexOf(String.fromCharCode(bytes[index]!));
      if (digit < 0) return value;
      value = value * 64 + digit;
    }
  };
  let text = "";
  number();
  while (++index < bytes.length) {
    const length = number();
    if (bytes[index] === 0x3a) {
      text += decoder.decode(bytes.subarray(index + 1, index + 1 + length));
      index += length;
    } else if (bytes[index] === 0x40) {
      index++;
      const start = number();
      text += decoder.decode(from.subarray(start, start + length));
    }
  }
  return text;
}

function jsonBytes(text: string): number {
  return encoder.encode(JSON.stringify(text)).length;
}

interface Edit {
  /** From 0 to 1 of the text. */
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** Edits a text by characters. */
function edited(text: string, edits: readonly Edit[]): string {
  const characters = [...text];
  for (const { at, remove, insert } of edits) {
    characters.splice(Math.floor(at * characters.length), remove, ...insert);
  }
  return characters.join("");
}

function texts(bounds: fc.StringConstraints): fc.Arbitrary<string> {
  return fc.string({ ...bounds, unit: fc.constantFrom(...CHARACTERS) });
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(8),
  insert: texts({ maxLength: 8 }),
});

for (const { name, base, target, delta } of vectors) {
  Deno.test(`A delta is written as in the golden vectors: ${name}`, () => {
    assertEquals(createDelta(base, target), delta);
    assertEquals(patch(base, delta), target);
    assertEquals(patchText(base, delta), target);
  });
}

Deno.test("A delta does not tear a character, though the library's own does", () => {
  const base = '{"text":"абвгдежзийклмнопб"}';
  const target = base.replace('б"', 'в"');
  const torn = createByteDelta(encoder.encode(base), encoder.encode(target));
  assertThrows(() => decoder.decode(torn), TypeError);
  assertEquals(patchText(base, createDelta(base, target)!), target);
});

Deno.test("A delta of two distant edits leaves out what lies between them", () => {
  const base = JSON.stringify({ first: 1, text: "é".repeat(2_000), last: 1 });
  const target = base.replaceAll(":1", ":2");
  const delta = createDelta(base, target)!;
  assertEquals(patch(base, delta), target);
  assertGreater(jsonBytes(target) / 50, jsonBytes(delta));
});

Deno.test("There is no delta that takes as many bytes as the target", () => {
  for (
    const [base, target] of [
      ["", ""],
      ["", '{"a":1}'],
      ['{"a":1}', '{"a":2}'],
      ['{"a":1}', ""],
      ["a".repeat(100), "b".repeat(100)],
    ] as const
  ) {
    assertEquals(createDelta(base, target), undefined);
  }
});

Deno.test("A delta is weighed as it is sent, with the escapes of a JSON string", () => {
  const [plain, quoted] = ["[0,1,2,3,4,5,6,7]", '[1,2,3,4,"5,6,7"]'];
  // One character less than the target, but the line feed is written as two.
  assertEquals(createDelta(plain, `<${plain}>`), undefined);
  // As long as the target, but its quotes are written as two characters each.
  const delta = createDelta(quoted, `<${quoted}>`)!;
  assertEquals(delta.length, `<${quoted}>`.length);
  assertEquals(patch(quoted, delta), `<${quoted}>`);
});

Deno.test("A text with half a character has no delta, since the client would get another text", () => {
  const text = "the quick brown fox jumps over the lazy dog";
  assertEquals(createDelta(`${text}\ud83d`, text), undefined);
  assertEquals(createDelta(text, `${text}\ude00`), undefined);
});

Deno.test("The bound of bytes is 65 536, unless another is given", () => {
  const base = "x".repeat(65_536);
  assertEquals(createDelta(base, `${base}y`), undefined);
  assertGreater(createDelta(base, base.slice(1))?.length ?? 0, 0);
});

Deno.test("A text over the bound of bytes has no delta, one at the bound has", () => {
  const [short, long] = ["é".repeat(100), "é".repeat(101)];
  const at = { maxBytes: 200 };
  assertEquals(patch(short, createDelta(short, short, at)!), short);
  assertEquals(createDelta(short, long, at), undefined);
  assertEquals(createDelta(long, short, at), undefined);
});

Deno.test("A delta makes the target of any two texts, by whole characters and in fewer bytes", () => {
  fc.assert(
    fc.property(
      texts({ maxLength: 400 }),
      fc.array(edit, { maxLength: 6 }),
      (base, edits) => {
        const target = edited(base, edits);
        const delta = createDelta(base, target);
        if (delta === undefined) return;
        assertEquals(patch(base, delta), target);
        assertEquals(patchText(base, delta), target);
        assertGreater(jsonBytes(target), jsonBytes(delta));
      },
    ),
    { numRuns: 1_000 },
  );
});

for (const [where, at] of [["beginning", 0], ["middle", 0.5], ["end", 1]]) {
  Deno.test(`A small edit at the ${where} of a long text has a delta`, () => {
    fc.assert(fc.property(
      texts({ minLength: 200, maxLength: 400 }),
      edit,
      (base, edit) => {
        const target = edited(base, [{ ...edit, at: Number(at) }]);
        assertEquals(patchText(base, createDelta(base, target)!), target);
      },
    ));
  });
}

Deno.test("Two distant edits of a long text have a delta", () => {
  fc.assert(fc.property(
    texts({ minLength: 300, maxLength: 400 }),
    edit,
    edit,
    (base, one, other) => {
      const edits = [{ ...other, at: 0.9 }, { ...one, at: 0.1 }];
      const target = edited(base, edits);
      assertEquals(patchText(base, createDelta(base, target)!), target);
    },
  ));
});
