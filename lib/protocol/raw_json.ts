/** Values inside a JSON text, as they were written: what was parsed has lost the digits of large numbers. */

/**
 * The text of the value that `path` leads to from the outermost object of `json`;
 * `undefined` if there is none. `json` must be valid. The result is on one line.
 */
export function rawValue(
  json: string,
  path: readonly string[],
): string | undefined {
  let start = skipSpace(json, 0);
  for (const key of path) {
    start = json[start] === "{" ? findMember(json, start, key) : -1;
    if (start < 0) return undefined;
  }
  const text = json.slice(start, endOfValue(json, start));
  // Strings hold no control characters, so these are white space between values.
  return text.replace(/[\r\n\t]/g, " ");
}

/** The texts of the elements of `json`, a valid array; none if it is no array. */
export function rawElements(json: string): string[] {
  const elements: string[] = [];
  let index = skipSpace(json, 0);
  if (json[index] !== "[") return elements;
  index = skipSpace(json, index + 1);
  while (json[index] !== "]") {
    const end = endOfValue(json, index);
    elements.push(json.slice(index, end));
    index = skipSpace(json, end);
    if (json[index] === ",") index = skipSpace(json, index + 1);
  }
  return elements;
}

/** Where the value of the last member called `key` starts, as `JSON.parse` takes it; -1 for none. */
function findMember(json: string, object: number, key: string): number {
  let found = -1;
  let index = skipSpace(json, object + 1);
  while (json[index] !== "}") {
    const nameEnd = endOfString(json, index);
    const name = JSON.parse(json.slice(index, nameEnd));
    const value = skipSpace(json, skipSpace(json, nameEnd) + 1);
    if (name === key) found = value;
    index = skipSpace(json, endOfValue(json, value));
    if (json[index] === ",") index = skipSpace(json, index + 1);
  }
  return found;
}

function skipSpace(json: string, index: number): number {
  while (json.charCodeAt(index) <= 0x20) index++;
  return index;
}

function endOfValue(json: string, index: number): number {
  const first = json[index];
  if (first === '"') return endOfString(json, index);
  if (first === "{" || first === "[") return endOfNested(json, index);
  while (index < json.length && !/[\s,\]}]/.test(json[index] ?? "")) index++;
  return index;
}

function endOfNested(json: string, index: number): number {
  let depth = 0;
  for (;;) {
    const char = json[index];
    if (char === '"') {
      index = endOfString(json, index);
      continue;
    }
    if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    index++;
    if (depth === 0) return index;
  }
}

function endOfString(json: string, index: number): number {
  for (let end = index + 1;; end++) {
    const char = json[end];
    if (char === "\\") end++;
    else if (char === '"') return end + 1;
  }
}
