/** Looks for syntax in source files, with the parser of `deno lint`. */
/// <reference lib="deno.unstable" />

import type { SourceFile } from "./source_files.ts";

/** Reports what stands at a node, or at a part of the text. */
export type Report = (
  place: { readonly range: Deno.lint.Range },
  message: string,
) => void;

/** Makes what is called for each node, by its type or a selector. */
export type CreateVisitor = (
  report: Report,
  source: Deno.lint.SourceCode,
) => Deno.lint.LintVisitor;

/** How many lines a node spans. */
export function countLines(text: string): number {
  return text.trimEnd().split("\n").length;
}

/** Visits a file's syntax tree and returns what was reported, each as `path:line: message`. */
export function visit(
  { path, text }: SourceFile,
  create: CreateVisitor,
): string[] {
  const plugin: Deno.lint.Plugin = {
    name: "architecture",
    rules: {
      visit: {
        create: (context) =>
          create(
            ({ range }, message) => context.report({ range, message }),
            context.sourceCode,
          ),
      },
    },
  };
  return Deno.lint.runPlugin(plugin, path, text).map(({ range, message }) => {
    const line = text.slice(0, range[0]).split("\n").length;
    return `${path}:${line}: ${message}`;
  });
}
