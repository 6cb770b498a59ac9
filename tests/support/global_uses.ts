/** Where source files use certain globals; comments, strings and types do not count. */

import type { SourceFile } from "./source_files.ts";
import { visit } from "./syntax.ts";

const NO_USE = new Set(["TSTypeQuery", "TSQualifiedName"]);

/** Uses of the globals, each as `path:line: uses name`. */
export function findGlobalUses(
  file: SourceFile,
  names: readonly string[],
): string[] {
  return visit(file, (report, source) => {
    function check(node: Deno.lint.Node, text: string): void {
      const name = text.replace(/^globalThis\./, "");
      if (names.includes(name)) report(node, `uses ${name}`);
    }
    return {
      MemberExpression(node) {
        check(node, source.getText(node).replaceAll(/\s|\?/g, ""));
      },
      NewExpression(node) {
        if (node.arguments.length > 0) return;
        check(node, `new ${source.getText(node.callee)}`);
      },
      Identifier(node) {
        const { parent } = node;
        const isProperty = parent.type === "MemberExpression" &&
          parent.property.range[0] === node.range[0] && !parent.computed;
        if (!isProperty && !NO_USE.has(parent.type)) check(node, node.name);
      },
    };
  });
}
