/** What a Markdown file tells its reader to run. */

/** A command, or the whole text of a fenced block in another language. */
export interface Snippet {
  /** What stands behind the fence; `sh` for every command. */
  readonly language: string;
  readonly text: string;
}

const FENCE = /^ *(`{3,})(.*)\n([^]*?)^ *\1 *$/gm;
// Within a paragraph, where a line may be broken.
const CODE_SPAN = /`((?:[^`\n]|\n(?!\s*\n))+)`/g;
// `deno serve --port` and the like are mentioned, and not to be typed.
const COMMAND =
  /^(?:[A-Z_]+=\S* )*(?:deno (?!serve --)|(?:npx|npm|curl|wscat|docker|git) )/;

/** The lines of a block of commands; one that ends in a backslash goes on in the next. */
function splitCommands(block: string): string[] {
  return block.replaceAll(/\\\n\s*/g, "").split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Every command, in blocks and in sentences, and every other block; each once, blocks first. */
export function readSnippets(markdown: string): Snippet[] {
  const snippets = new Map<string, Snippet>();
  const add = (language: string, text: string) =>
    snippets.set(`${language}\n${text}`, { language, text });
  const prose = markdown.replace(
    FENCE,
    (_, _fence, info: string, body: string) => {
      const language = info.trim();
      if (language !== "sh") add(language, body);
      else splitCommands(body).forEach((text) => add(language, text));
      return "";
    },
  );
  for (const [, span = ""] of prose.matchAll(CODE_SPAN)) {
    const text = span.replaceAll(/\s+/g, " ");
    if (COMMAND.test(text)) add("sh", text);
  }
  return [...snippets.values()];
}
