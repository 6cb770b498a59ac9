/** Names of settings: variables that look like one and are none are mistakes of the operator. */

import { nearestOf } from "../lib/base/nearest.ts";

/** Variables that name no setting. */
export interface UnknownSettings {
  /** Problems that prevent the start: no other program has variables of this prefix. */
  readonly problems: readonly string[];
  /** Warnings of variables that may belong to other programs. */
  readonly warnings: readonly string[];
}

/** Prefix of the options of channels. */
const CHANNEL_PREFIX = "CHANNEL_";
/** Prefix that no setting has, though an operator may expect it. */
const OWN_PREFIX = "THRUM_";
/** Ends of the variables that Kubernetes makes for a service called thrum. */
const SERVICE_VARIABLES = ["PORT", "HOST"];
/** Shorter names, such as PORT, are near to variables of other programs. */
const MIN_LENGTH = 8;
/** Shorter names with an S at the end, such as HOSTS, may well be variables of other programs. */
const MIN_SINGULAR = 7;
/** Longer ones belong to no other program, also with two letters changed, or with an addition such as `_MS`. */
const LONG_LENGTH = 12;

/** Finds variables that are like a setting's name, but not one. */
export function findUnknownSettings(
  names: readonly string[],
  known: readonly string[],
): UnknownSettings {
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const name of names) {
    if (known.includes(name)) continue;
    if (name.startsWith(CHANNEL_PREFIX)) {
      const options = known.filter((each) => each.startsWith(CHANNEL_PREFIX));
      const nearest = nearestOf(name, options, ({ length }) => length);
      problems.push(`${name}: no such setting: did you mean ${nearest}?`);
      continue;
    }
    const nearest = pluralOf(name, known, names) ?? likelyMeant(name, known);
    if (nearest !== undefined) {
      warnings.push(
        `${name}: no such setting, ignored: did you mean ${nearest}?`,
      );
    }
  }
  return { problems, warnings };
}

/** The setting whose plural a name is, such as API_KEYS, if that setting is left out. */
function pluralOf(
  name: string,
  known: readonly string[],
  names: readonly string[],
): string | undefined {
  return known.find((each) =>
    each.length >= MIN_SINGULAR && name === `${each}S` && !names.includes(each)
  );
}

function likelyMeant(
  name: string,
  known: readonly string[],
): string | undefined {
  if (name.startsWith(OWN_PREFIX)) {
    const rest = name.slice(OWN_PREFIX.length);
    if (SERVICE_VARIABLES.includes(rest)) return undefined;
    if (known.includes(rest)) return rest;
    return likelyMeant(rest, known);
  }
  const plural = name.replace(/Y?$/, (end) => end === "Y" ? "IES" : "S");
  if (name.length >= MIN_LENGTH && known.includes(plural)) return plural;
  const extended = known.find((each) =>
    each.length >= LONG_LENGTH && name.startsWith(`${each}_`)
  );
  return extended ?? nearestOf(name, known, ({ length }) => {
    if (length < MIN_LENGTH) return 0;
    return length < LONG_LENGTH ? 1 : 2;
  });
}
