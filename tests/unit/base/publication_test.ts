import { assertEquals } from "@std/assert";
import { fromBytes, toText } from "../../../lib/base/publication.ts";

/** The text that a client gets of the bytes of another one. */
function textOf(bytes: string): string | ArrayBuffer {
  return toText(fromBytes(new TextEncoder().encode(bytes)));
}

Deno.test("A string of JSON is its content as a text, whatever white space stands before it", () => {
  for (const space of ["", " ", "\t", "\r\n", "\n \n"]) {
    assertEquals(textOf(`${space}"abc"`), "abc");
    assertEquals(textOf(`${space}"a\\"b" `), 'a"b');
    assertEquals(textOf(`${space}["abc"]`), `${space}["abc"]`);
  }
});
