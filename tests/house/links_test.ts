/** Links of the documentation: each leads to a file, and to a heading that the file has. */

import { assertEquals, assertLess } from "@std/assert";
import { slugOf } from "../../routes/docs/slug.ts";
import { type MarkdownFile, readDocs, readMarkdown } from "../support/docs.ts";
import { ROOT } from "../support/source_files.ts";

const FENCED = /^ *(`{3,})[^]*?^ *\1 *$/gm;
const LINK = /\]\(([^)\s]+)(?:\s[^)]*)?\)/g;

/** What its links lead to, as written. */
function targetsOf(text: string): string[] {
  const prose = text.replaceAll(FENCED, "");
  return [...prose.matchAll(LINK)].map(([, target = ""]) => target);
}

/** Anchors of its headings. */
function anchorsOf(text: string): string[] {
  return [...text.replaceAll(FENCED, "").matchAll(/^#+ (.+)$/gm)]
    .map(([, heading = ""]) => slugOf(heading));
}

async function exists(url: URL): Promise<boolean> {
  try {
    await Deno.stat(url);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function leadsNowhere(
  target: string,
  { path, text }: MarkdownFile,
): Promise<boolean> {
  if (/^https?:/.test(target)) return false;
  const url = new URL(target, new URL(path, ROOT));
  const anchor = decodeURIComponent(url.hash.slice(1));
  if (target.startsWith("#")) return !anchorsOf(text).includes(anchor);
  url.hash = "";
  if (!await exists(url)) return true;
  if (anchor === "") return false;
  return !anchorsOf(await Deno.readTextFile(url)).includes(anchor);
}

/** Links of a file that lead to nothing. */
async function brokenLinks(file: MarkdownFile): Promise<string[]> {
  const targets = targetsOf(file.text);
  const broken = await Promise.all(
    targets.map((target) => leadsNowhere(target, file)),
  );
  return targets.filter((_, index) => broken[index]);
}

for (const file of await readMarkdown()) {
  Deno.test(`Every link of ${file.path} leads to a file and a heading`, async () => {
    assertEquals(await brokenLinks(file), []);
  });
}

Deno.test("A link to no file, and one to no heading, are found", async () => {
  const text = `# One thing: \`it\`
[here](#one-thing-it), [there](settings.md), [far](https://example.com/none),
[up](../LICENSE), [no file](missing.md), [no heading](settings.md#missing)
\`\`\`md
[an example](missing.md)
\`\`\`
`;
  const file = { path: "docs/example.md", text };
  assertEquals(await brokenLinks(file), ["missing.md", "settings.md#missing"]);
});

Deno.test("The index of the documentation leads to each of its pages once", async () => {
  const docs = await readDocs();
  const index = docs.find(({ path }) => path === "docs/README.md")?.text ?? "";
  const pages = docs.map(({ path }) => path)
    .filter((path) => path !== "README.md" && path !== "docs/README.md");
  assertEquals(
    targetsOf(index).map((target) => `docs/${target}`).toSorted(),
    pages,
  );
});

Deno.test("The README has less than 250 lines", async () => {
  const text = await Deno.readTextFile(new URL("README.md", ROOT));
  assertLess(text.trimEnd().split("\n").length, 250);
});
