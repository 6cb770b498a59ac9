/** Texts of the values inside a JSON text: parsing would lose the digits of large numbers. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
/** White space between values that would end a line. */
const LINES = /[\r\n\t]/g;

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
  return text.replace(LINES, " ");
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
    const value = skipSpace(json, skipSpace(json, nameEnd) + 1);
    if (isName(json, index, nameEnd, key)) found = value;
    index = skipSpace(json, endOfValue(json, value));
    if (json[index] === ",") index = skipSpace(json, index + 1);
  }
  return found;
}

/** Checks whether the string from `start` to `end`, its quotes included, is `key`. */
function isName(
  json: string,
  start: number,
  end: number,
  key: string,
): boolean {
  if (json.startsWith(key, start + 1) && end - start === key.length + 2) {
    return !key.includes("\\");
  }
  const name = json.slice(start, end);
  return name.includes("\\") && JSON.parse(name) === key;
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
    switch (json.charCodeAt(index)) {
      case QUOTE:
        index = endOfString(json, index);
        continue;
      case BRACE:
      case BRACKET:
        depth++;
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        depth--;
    }
    index++;
    if (depth === 0) return index;
  }
}

function endOfString(json: string, index: number): number {
  for (
    let end = json.indexOf('"', index + 1);;
    end = json.indexOf('"', end + 1)
  ) {
    let escapes = end;
    while (json.charCodeAt(escapes - 1) === BACKSLASH) escapes--;
    if ((end - escapes) % 2 === 0) return end + 1;
  }
}
