/** Bounds on the length of files and functions, and what exceeds them. */

import type { SourceFile } from "./source_files.ts";
import { countLines, visit } from "./syntax.ts";

type FunctionNode =
  | Deno.lint.ArrowFunctionExpression
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression;

/** A sentence for each file of more lines than that. */
export function findLongFiles(
  files: readonly SourceFile[],
  maxLines: number,
): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: countLines(text) }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ path, lines }) => `${path}: ${lines} lines, at most ${maxLines}`);
}

/** Whether a function is the body of a test: an argument of `Deno.test`, its `fn`, or what follows a sentence. */
function isTestBody(
  { parent }: FunctionNode,
  source: Deno.lint.SourceCode,
): boolean {
  const call = parent?.type === "Property" ? parent.parent.parent : parent;
  if (call?.type !== "CallExpression") return false;
  if (source.getText(call.callee).startsWith("Deno.test")) return true;
  // Suites register their tests through a function of their own: check("…", run).
  const [first] = call.arguments;
  return call === parent && first !== undefined &&
    /^["`]/.test(source.getText(first));
}

/** A sentence for each function of more lines than that; the bodies of tests do not count. */
export function findLongFunctions(
  files: readonly SourceFile[],
  maxLines: number,
): string[] {
  return files.flatMap((file) => {
    const isTest = file.path.startsWith("tests/");
    return visit(file, (report, source) => {
      /** Lines of test bodies inside each function that is being visited. */
      const exempt: number[] = [];
      function leave(node: FunctionNode): void {
        const inside = exempt.pop() ?? 0;
        const lines = countLines(source.getText(node));
        const isBody = isTest && isTestBody(node, source);
        const outer = exempt.length - 1;
        if (outer >= 0) exempt[outer]! += isBody ? lines : inside;
        if (isBody || lines - inside <= maxLines) return;
        report(
          node,
          `a function of ${lines - inside} lines, at most ${maxLines}`,
        );
      }
      const enter = () => void exempt.push(0);
      return {
        FunctionDeclaration: enter,
        FunctionExpression: enter,
        ArrowFunctionExpression: enter,
        "FunctionDeclaration:exit": leave,
        "FunctionExpression:exit": leave,
        "ArrowFunctionExpression:exit": leave,
      };
    });
  });
}
