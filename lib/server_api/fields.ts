/** What the fields of the server API's bodies must be. */

import * as v from "valibot";
import { channelSchema } from "../auth/server_subscription.ts";
import { expected, jsonObject } from "../base/json.ts";

const describe = v.description;
/** Any text. */
export const text = v.string(expected("a string"));
/** Off, unless it says otherwise. */
export const flag = v.optional(v.boolean(expected("true or false")), false);

/** An object with these fields; what is missing is said to be. */
export function fields<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.object(
    entries,
    (issue) =>
      issue.path === undefined
        ? expected("an object")(issue)
        : "expected, but it is not there",
  );
}

/** A whole number that JSON can carry exactly. */
export function wholeNumber(least: number) {
  const what = `a whole number from ${least} on`;
  return v.pipe(
    v.number(expected(what)),
    v.safeInteger(expected(what)),
    v.minValue(least, expected(what)),
  );
}

/** Empty is as good as absent. */
export const optionalText = v.optional(
  v.pipe(text, v.transform((value) => value || undefined)),
);

/** Seconds since 1970; 0 is as good as absent. */
export const expireAt = v.optional(v.pipe(
  wholeNumber(0),
  describe("seconds since 1970; 0 is never"),
  v.transform((seconds) => seconds || undefined),
));

/** Where it is done. */
export const channel = v.pipe(channelSchema, describe("the channel's name"));

/** A place in the order of a channel. */
export const position = fields({
  offset: v.pipe(
    v.optional(wholeNumber(0), 0),
    describe("of the last publication that is known"),
  ),
  epoch: v.pipe(v.optional(text, ""), describe("as it was told with it")),
});

/** The bytes of text in base64 (RFC 4648, section 4). */
export const bytes = v.pipe(
  text,
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
    try {
      return Uint8Array.fromBase64(value).buffer;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      addIssue({ message: expected("base64") });
      return NEVER;
    }
  }),
);

/** Any names, `__proto__` too, which valibot's own records drop. */
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

/** Whose connections are meant; they fit all that is said. */
export const selection = {
  user: v.pipe(optionalText, describe("the uid of the connections")),
  client: v.pipe(optionalText, describe("the id of the only connection")),
  session: v.pipe(optionalText, describe("the session of the only one")),
};

/** An empty word must not mean everybody. */
export const isSomebody = ({ user, client, session }: {
  readonly user?: string;
  readonly client?: string;
  readonly session?: string;
}) => (user ?? client ?? session) !== undefined;
/** What is said where nobody is meant. */
export const SOMEBODY = "expected user, client or session";
