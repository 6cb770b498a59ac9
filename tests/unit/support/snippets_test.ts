import { assertEquals } from "@std/assert";
import { readSnippets } from "../../support/snippets.ts";

/** The texts in `lines`, where a ' stands for the backtick of Markdown. */
function read(...lines: string[]): string[] {
  return readSnippets(lines.join("\n").replaceAll("'", "`"))
    .map(({ language, text }) => `${language}: ${text}`);
}

Deno.test("readSnippets takes the commands of a block one by one, without comments", () => {
  assertEquals(
    read("'''sh", "# First", "deno task a", "", "deno \\", "  task b", "'''"),
    ["sh: deno task a", "sh: deno task b"],
  );
});

Deno.test("readSnippets takes any other block as a whole, indented or not", () => {
  assertEquals(
    read(
      "'''ts",
      "one();",
      "",
      "two();",
      "'''",
      "- x",
      "  '''",
      "map",
      "  '''",
    ),
    ["ts: one();\n\ntwo();\n", ": map\n"],
  );
});

Deno.test("readSnippets takes a longer fence with the shorter ones in it", () => {
  assertEquals(read("''''md", "'''sh", "a", "'''", "''''"), [
    "md: ```sh\na\n```\n",
  ]);
});

Deno.test("readSnippets takes commands out of sentences, each once", () => {
  assertEquals(
    read(
      "With 'deno task a' or 'A=1 B= deno task a', 'npx -y x' or 'deno",
      "task a'; 'deno serve --port' and 'denomination' are none, nor is 'PORT'.",
    ),
    ["sh: deno task a", "sh: A=1 B= deno task a", "sh: npx -y x"],
  );
});
