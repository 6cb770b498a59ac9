/** Capabilities: permissions on channels that a token adds to those of the namespaces. */

import * as v from "valibot";
import type { ChannelAction } from "../channel/channel_options.ts";
import { matchesPieces } from "../channel/pattern.ts";
import {
  exactly,
  expected,
  jsonObject,
  oneOf,
  type Parsed,
  parseJson,
} from "../base/json.ts";

/** Permission for the channels of some patterns. */
export interface Capability {
  /** Each pattern as the pieces between its wildcards; a single piece is a whole name. */
  readonly patterns: readonly (readonly string[])[];
  /** Allowed actions. */
  readonly allow: readonly ChannelAction[];
}

/** The capabilities of a token, in its order; the first that matches a channel decides. */
export type Caps = readonly Capability[];

const ACTIONS = {
  sub: "subscribe",
  pub: "publish",
  prs: "presence",
  hst: "history",
} as const satisfies Record<string, ChannelAction>;

const action = v.pipe(
  oneOf(["sub", "pub", "prs", "hst"]),
  v.transform((word) => ACTIONS[word]),
);

const capability = v.pipe(
  exactly({
    channels: v.array(
      v.pipe(
        v.string(expected("the name of a channel")),
        // Half a character would match the names that have the other half behind it.
        v.check(
          (pattern) => pattern.isWellFormed(),
          expected("well-formed Unicode"),
        ),
      ),
      expected("a list of channels"),
    ),
    match: v.exactOptional(oneOf(["exact", "wildcard"]), "exact"),
    allow: v.array(action, expected("a list of sub, pub, prs, hst")),
  }),
  v.transform(({ channels, match, allow }): Capability => ({
    patterns: channels.map((channel) =>
      match === "wildcard" ? channel.split("*") : [channel]
    ),
    allow,
  })),
);

const schema = v.pipe(
  jsonObject,
  v.object({
    caps: v.optional(
      v.array(capability, expected("a list of capabilities")),
      [],
    ),
  }),
);

/** Those of a token without any. */
export const NO_CAPS: Caps = Object.freeze([]);

/**
 * Reads the `caps` of a token's claims, such as
 * `[{ "channels": ["chat:*"], "match": "wildcard", "allow": ["sub", "pub"] }]`;
 * `match` is `exact` by default. An unknown key makes all of it invalid, because it
 * may have been meant as a restriction.
 */
export function parseCaps(claims: unknown): Parsed<Caps> {
  const parsed = parseJson(schema, claims);
  return parsed.ok ? { ok: true, value: parsed.value.caps } : parsed;
}

/** Actions that `caps` allow on a channel: those of the first capability that matches it. */
export function allowedBy(
  caps: Caps,
  channel: string,
): readonly ChannelAction[] {
  const capability = caps.find(({ patterns }) =>
    patterns.some((pieces) => matchesPieces(pieces, channel))
  );
  return capability?.allow ?? [];
}
