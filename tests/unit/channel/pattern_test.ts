import { assertEquals } from "@std/assert";
import { createPattern } from "../../../lib/channel/pattern.ts";

const FITS: Readonly<Record<string, readonly [string[], string[]]>> = {
  "news": [["news"], ["", "new", "newsy", "NEWS"]],
  "*": [["", "news", "chat:1"], []],
  "chat:*": [["chat:", "chat:1", "chat:a*b"], ["chat", "a chat:1"]],
  "*:1": [["chat:1", ":1"], ["chat:11", "1"]],
  "a*b*c": [["abc", "axbxc", "abbc"], ["ac", "acb", "abcd"]],
  "aa*aa": [["aaaa", "aabaa"], ["aa", "aaa"]],
  "[a-z]+.": [["[a-z]+."], ["b.", "bb"]],
};

for (const [pattern, [names, others]] of Object.entries(FITS)) {
  Deno.test(`${pattern} fits ${names.join(", ")}, and not ${others.join(", ") || "nothing"}`, () => {
    const fits = createPattern(pattern);
    for (const name of names) assertEquals(fits(name), true, name);
    for (const name of others) assertEquals(fits(name), false, name);
  });
}

Deno.test("A pattern of many wildcards takes no longer than its length allows", () => {
  const fits = createPattern("*a".repeat(10_000) + "b");
  assertEquals(fits("a".repeat(100_000)), false);
});
