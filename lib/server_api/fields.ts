/** Schemas of the fields of the server API's bodies. */

import { fromBase64 } from "../base/bytes.ts";
import * as v from "valibot";
import { channelSchema } from "../auth/server_subscription.ts";
import { expected, jsonObject } from "../base/json.ts";

const describe = v.description;
/** Bound of whole numbers: between larger ones JavaScript, and so JSON for many, has gaps. */
const EXACT = `at most ${Number.MAX_SAFE_INTEGER} (2^53 - 1)`;

/** Schema of a text. */
export const text = v.string(expected("a string"));
/** Schema of a boolean. */
export const truth = v.boolean(expected("true or false"));
/** Schema of a boolean; the default is `false`. */
export const flag = v.optional(truth, false);

/** Schema of an object with these fields; of a missing one it says what was expected. */
export function fields<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.object(entries, (issue) => {
    const key = issue.path?.[0]?.key;
    if (typeof key !== "string") return expected("an object")(issue);
    const entry = entries[key];
    const { issues: [first] = [] } = entry === undefined
      ? {}
      : v.safeParse(entry, undefined);
    return first?.message ?? "expected, but missing";
  });
}

/** Schema of an array of at most `max` items. Their number is checked first: a body has room for many, and an error for each. */
export function list<Item extends v.GenericSchema>(
  item: Item,
  { max, items }: { readonly max: number; readonly items: string },
) {
  const problem = `expected at most ${max} ${items}`;
  const schema = v.array(item, expected("an array"));
  const tooLong = v.pipe(v.array(v.unknown()), v.maxLength(max, problem));
  const bounded: v.GenericSchema<v.InferInput<Item>[], v.InferOutput<Item>[]> =
    {
      ...schema,
      "~run"(dataset, config) {
        const { value } = dataset;
        const items = Array.isArray(value) ? value : [];
        const { issues } = v.safeParse(tooLong, items);
        return issues === undefined
          ? schema["~run"](dataset, config)
          // Untyped, so that the rest of the pipe does not repeat the problem.
          : { value, typed: false, issues };
      },
    };
  // Said once more, for the reference.
  return v.pipe(bounded, v.maxLength(max, problem));
}

/**
 * Schema of a whole number that JSON carries exactly. A larger one is refused: the parser
 * has rounded it, and two of them may be one.
 */
export function wholeNumber(least: number) {
  const what = expected(`a whole number from ${least} on`);
  return v.pipe(
    v.number(what),
    v.integer(what),
    v.minValue(least, what),
    v.maxValue(Number.MAX_SAFE_INTEGER, expected(EXACT)),
  );
}

/** Schema of a text that counts as absent if it is empty. */
export const optionalText = v.optional(
  v.pipe(text, v.transform((value) => value || undefined)),
);

/** Schema of a time in seconds since 1970; 0 counts as absent. */
export const expireAt = v.optional(v.pipe(
  wholeNumber(0),
  describe("seconds since 1970; 0 is never"),
  v.transform((seconds) => seconds || undefined),
));

/** Schema of a channel's name. */
export const channel = v.pipe(channelSchema, describe("the channel's name"));

/** Schema of a position in a channel's stream. */
export const position = fields({
  offset: v.pipe(
    v.optional(wholeNumber(0), 0),
    describe("of the last known publication"),
  ),
  epoch: v.pipe(v.optional(text, ""), describe("as received with the offset")),
});

/** Schema of bytes in base64 (RFC 4648, section 4). */
export const bytes = v.pipe(
  text,
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
    try {
      return fromBase64(value).buffer;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      addIssue({ message: expected("base64") });
      return NEVER;
    }
  }),
);

/** Schema of strings by name, also by `__proto__`, which valibot's records drop. */
export const tags = v.pipe(
  jsonObject,
  v.check(
    (tags) => Object.values(tags).every((value) => typeof value === "string"),
    expected("strings by name"),
  ),
  v.transform((tags): Record<string, string> =>
    Object.fromEntries(
      Object.entries(tags).map(([name, value]) => [name, String(value)]),
    )
  ),
);

/** Schemas of the fields that select connections; a connection must fit all of them. */
export const selection = {
  user: v.pipe(optionalText, describe("the uid of the connections")),
  client: v.pipe(optionalText, describe("the id of the only connection")),
  session: v.pipe(optionalText, describe("the session of the only connection")),
};

/** Checks that a body selects connections: without a selection it would mean all of them. */
export const isSelective = ({ user, client, session }: {
  readonly user?: string;
  readonly client?: string;
  readonly session?: string;
}) => (user ?? client ?? session) !== undefined;
/** Error of a body that selects no connections. */
export const SELECTION = "expected user, client or session";
