/** Words that comments, texts and names avoid, and the places where they stand. */

import type { SourceFile } from "./source_files.ts";
import { visit } from "./syntax.ts";

/** First words of a docstring that names its subject by a question. */
const QUESTION =
  /^\*\s*(?:\*\s*)?(what|who|whoever|whom|whose|where|how|which|whether)\b/i;

/** Words for which plain English has a better one. */
const BANNED =
  /\b(whoever|nobody|somebody|told|heard|wish(?:es)?|odd|borne|dearest|by[\s*/]+lot|is[\s*/]+none)\b/gi;

/** The sentence of a text around an index, on one line. */
function sentenceAt(text: string, index: number): string {
  const start = text.slice(0, index).search(/[.!?]\s[^.!?]*$/) + 1;
  const end = text.slice(index).search(/[.!?](?:\s|$)/);
  return text.slice(start, end < 0 ? undefined : index + end + 1)
    .replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, " ")
    .replace(/^[\s*]+/, "")
    .trim();
}

/** The words of a name, with spaces between them: `#toldLoss` is `told Loss`. */
function wordsOf(name: string): string {
  return name.replaceAll("_", " ").replaceAll(/([a-z\d])([A-Z])/g, "$1 $2");
}

/** Words that a file should not have, each as `path:line: "word": sentence`. */
export function findBadWords(file: SourceFile): string[] {
  return visit(file, (report, source) => {
    function check(text: string, start: number): void {
      for (const { 0: word, index } of text.matchAll(BANNED)) {
        const at = start + index;
        report(
          { range: [at, at + word.length] },
          `"${word}": ${sentenceAt(text, index)}`,
        );
      }
    }
    function checkText(node: Deno.lint.Node): void {
      check(source.getText(node), node.range[0]);
    }
    function checkName(
      node: Deno.lint.Identifier | Deno.lint.PrivateIdentifier,
    ) {
      for (const [word] of wordsOf(node.name).matchAll(BANNED)) {
        report(node, `"${word}": ${node.name}`);
      }
    }
    return {
      Program() {
        for (const { type, value, range } of source.getAllComments()) {
          const start = range[0] + 2;
          const [, word] = type === "Block" ? QUESTION.exec(value) ?? [] : [];
          if (word !== undefined) {
            const first = value.search(/\w/);
            report(
              { range: [start + first, start + first + word.length] },
              `begins with "${word}": ${sentenceAt(value, first)}`,
            );
          }
          check(value, start);
        }
      },
      Literal(node) {
        const isImport = /^(?:Import|Export)/.test(node.parent.type);
        if (typeof node.value === "string" && !isImport) checkText(node);
      },
      TemplateElement: checkText,
      JSXText: checkText,
      Identifier: checkName,
      PrivateIdentifier: checkName,
    };
  });
}
