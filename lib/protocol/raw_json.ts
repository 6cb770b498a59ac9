/** Texts of the values inside a JSON text: parsing would lose the digits of large numbers. */

/**
 * Returns the text of the value at `path` in the outermost object of `json`, on one
 * line; `undefined` if there is no such value. `json` must be valid.
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
  // Strings have no control characters, so these are white space between values.
  return text.replace(/[\r\n\t]/g, " ");
}

/** Returns the texts of the elements of `json`, which must be valid; none if it is not an array. */
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

/** Index of the value of the last member `key`, as with `JSON.parse`; -1 if there is no such member. */
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
