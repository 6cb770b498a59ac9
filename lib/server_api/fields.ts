/** Schemas of the fields of the server API's bodies. */

import { fromBase64 } from "../base/bytes.ts";
import * as v from "valibot";
import { channelSchema } from "../auth/server_subscription.ts";
import { expected, jsonObject } from "../base/json.ts";

const describe = v.description;
/** Schema of a text. */
export const text = v.string(expected("a string"));
/** Schema of a boolean; the default is `false`. */
export const flag = v.optional(v.boolean(expected("true or false")), false);

/** Schema of an object with these fields; a missing one is reported as missing. */
export function fields<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.object(
    entries,
    (issue) =>
      issue.path === undefined
        ? expected("an object")(issue)
        : "expected, but missing",
  );
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

/** Schema of a whole number that JSON carries exactly. */
export function wholeNumber(least: number) {
  const what = `a whole number from ${least} on`;
  return v.pipe(
    v.number(expected(what)),
    v.safeInteger(expected(what)),
    v.minValue(least, expected(what)),
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
