import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { rawValue } from "../../../lib/protocol/raw_json.ts";

Deno.test("A raw value keeps every digit, and its spaces but not its lines", () => {
  const json =
    '{"id":1, "publish" : {"data": [1e400,\t12345678901234567890,\r"\\n"] }}';
  assertEquals(
    rawValue(json, ["publish", "data"]),
    '[1e400, 12345678901234567890, "\\n"]',
  );
});

Deno.test("The last of several members counts, also with an escaped name", () => {
  assertEquals(rawValue('{"a":1,"\\u0061":2}', ["a"]), "2");
  assertEquals(rawValue('{"x":"}\\"{","a":"b\\\\"}', ["a"]), '"b\\\\"');
});

Deno.test("What is not there is undefined", () => {
  assertEquals(rawValue("{}", ["a"]), undefined);
  assertEquals(rawValue('{"a":[1]}', ["a", "b"]), undefined);
  assertEquals(rawValue('{"a":null}', ["a"]), "null");
});

Deno.test("A raw value parses to what the whole parses to", () => {
  fc.assert(fc.property(
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.constantFrom(undefined, 1, "\t"),
    (object, indent) => {
      const json = JSON.stringify(object, null, indent);
      for (const [key, value] of Object.entries(JSON.parse(json))) {
        const raw = rawValue(json, [key]);
        assertEquals(JSON.parse(raw ?? ""), value);
      }
    },
  ));
});

Deno.test("Quotes and backslashes at the ends of names and texts are read as JSON.parse reads them", () => {
  const parts = [
    "",
    "a",
    '"',
    "\\",
    '\\"',
    '"\\',
    "\\\\",
    "}",
    "{",
    "[]",
    "\u2028",
  ];
  const names = parts.flatMap((one) => parts.map((two) => one + two));
  for (const name of names) {
    const json = JSON.stringify({
      x: { [name]: 0 },
      [name]: [name, { name }],
      y: 1,
    });
    assertEquals(
      rawValue(json, [name]),
      JSON.stringify([name, { name }]),
      json,
    );
    const escaped = [...name].map((char) =>
      `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`
    ).join("");
    assertEquals(rawValue(`{"${escaped}":1,"z":2}`, [name]), "1", json);
    assertEquals(
      rawValue(`{"${escaped}":1}`, [escaped]),
      name === "" ? "1" : undefined,
    );
  }
});
