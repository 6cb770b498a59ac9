/** Patterns of paths: `*` stands for one segment's characters, `**` for anything, `{a,b}` for either. */

const cache = new Map<string, RegExp>();

function compile(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+?^$()[\]|\\]/g, "\\$&")
    .replaceAll(/\{(.*?)\}/g, (_, words) => `(${words.replaceAll(",", "|")})`)
    .replaceAll(/\*+/g, (stars) => stars === "*" ? "[^/]*" : ".*");
  return new RegExp(`^${source}$`);
}

/** Whether any of the patterns matches the whole path. */
export function matchesAny(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const expression = cache.get(pattern) ?? compile(pattern);
    cache.set(pattern, expression);
    return expression.test(path);
  });
}
