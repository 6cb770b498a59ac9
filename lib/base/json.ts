/** Checks of JSON from outside: schemas whose problems are sentences with a path. */

import * as v from "valibot";
import { isRecord, isTooDeep, type UnknownRecord } from "./record.ts";

/** Result of a check: the value, or all its problems. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

const MAX_SHOWN_LENGTH = 60;

function show(value: unknown): string {
  if (isTooDeep(value)) return "deeply nested JSON";
  const text = JSON.stringify(value) ?? "nothing";
  if (text.length <= MAX_SHOWN_LENGTH) return text;
  return `${text.slice(0, MAX_SHOWN_LENGTH)}…`;
}

/** Makes the message of a schema that expects `what`. */
export function expected(
  what: string,
): (issue: v.BaseIssue<unknown>) => string {
  return ({ input }) => `expected ${what}, but got ${show(input)}`;
}

/** Schema of one word of a list. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return v.picklist(words, expected(`one of ${words.join(", ")}`));
}

/** Schema of any object that is not an array. */
export const jsonObject = v.custom<UnknownRecord>(
  isRecord,
  expected("an object"),
);

/**
 * Schema of an object with these entries and no others. `v.strictObject` names only
 * the first of several unknown keys.
 */
export function exactly<Entries extends v.ObjectEntries>(entries: Entries) {
  const schema = v.object(entries, "expected, but missing");
  return v.pipe(
    jsonObject,
    v.rawTransform(({ dataset: { value: input }, addIssue, NEVER }) => {
      const { success, output, issues = [] } = v.safeParse(schema, input);
      for (const { message, path } of issues) addIssue({ message, path });
      for (const [key, value] of Object.entries(input)) {
        if (Object.hasOwn(entries, key)) continue;
        addIssue({
          message: "unknown key",
          path: [{ type: "object", origin: "key", input, key, value }],
        });
      }
      return success ? output : NEVER;
    }),
  );
}

function pathOf(items: readonly v.IssuePathItem[]): string {
  const steps = items.map(({ key }) => {
    const isWord = typeof key === "string" && /^[\w-]+$/.test(key);
    return isWord ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `$${steps.join("")}`;
}

/** Checks a value with a schema. A problem reads `$.path.to[0].it: expected this, but got that`. */
export function parseJson<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
): Parsed<v.InferOutput<Schema>> {
  const { success, output, issues } = v.safeParse(schema, json);
  if (success) return { ok: true, value: output };
  const problems = issues.map(({ path = [], message }) =>
    `${pathOf(path)}: ${message}`
  );
  return { ok: false, problems };
}
