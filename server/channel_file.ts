/** File of channel options: JSON with the options of each namespace. */

import * as v from "valibot";
import {
  CHANNEL_ACTIONS,
  type ChannelsConfig,
  MAX_HISTORY_SIZE,
  MAX_HISTORY_TTL_MS,
  MAX_RECOVERY_SIZE,
  SLOW_POLICIES,
} from "../lib/channel/channel_options.ts";
import { parseDuration } from "../lib/base/duration.ts";
import {
  exactly,
  expected,
  jsonObject,
  oneOf,
  type Parsed,
  parseJson,
} from "../lib/base/json.ts";
import { isName } from "../lib/base/names.ts";

const MAX_RATE = 1_000_000;
const MIN_HISTORY_TTL_MS = 1000;

const flag = v.boolean(expected("true or false"));

function countTo(most: number) {
  return v.custom<number>(
    (value) =>
      Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most,
    expected(`a whole number from 0 to ${most}`),
  );
}

const rate = v.custom<number>(
  (value) =>
    Number.isFinite(value) && Number(value) >= 0 && Number(value) <= MAX_RATE,
  expected(`a number from 0 to ${MAX_RATE}`),
);

/** Milliseconds of a duration; `NaN`, which is in no range, if the text is invalid. */
function msOf(text: string): number {
  return Math.round(parseDuration(text) ?? NaN);
}

const ttl = v.pipe(
  v.custom<string>(
    (text) => typeof text === "string" && !isNaN(msOf(text)),
    expected("a duration such as 300s or 1h"),
  ),
  v.check(
    (text) =>
      msOf(text) >= MIN_HISTORY_TTL_MS && msOf(text) <= MAX_HISTORY_TTL_MS,
    expected("a duration from 1s to 8760h"),
  ),
  v.transform(msOf),
);

function listOf<const Word extends string>(words: readonly Word[]) {
  return v.pipe(
    v.array(oneOf(words), expected(`a list of ${words.join(", ")}`)),
    v.transform((list) => Object.freeze(list)),
  );
}

/** Schema of one namespace, which inherits the options it omits. */
const stated = v.pipe(
  exactly({
    presence: v.exactOptional(flag),
    joinLeave: v.exactOptional(flag),
    historySize: v.exactOptional(countTo(MAX_HISTORY_SIZE)),
    historyTtl: v.exactOptional(ttl),
    forceRecovery: v.exactOptional(flag),
    recoveryMode: v.exactOptional(oneOf(["stream", "cache"])),
    autoCacheRecover: v.exactOptional(flag),
    recoverySize: v.exactOptional(countTo(MAX_RECOVERY_SIZE)),
    delta: v.exactOptional(listOf(["fossil"])),
    tagsFilter: v.exactOptional(flag),
    slowPolicy: v.exactOptional(oneOf(SLOW_POLICIES)),
    conflationKey: v.exactOptional(v.string(expected("the name of a tag"))),
    allow: v.exactOptional(listOf(CHANNEL_ACTIONS)),
    publishRate: v.exactOptional(rate),
    subscribeRate: v.exactOptional(rate),
    historyRate: v.exactOptional(rate),
    presenceRate: v.exactOptional(rate),
  }),
  v.transform(({ historyTtl, ...options }) =>
    historyTtl === undefined
      ? options
      : { ...options, historyTtlMs: historyTtl }
  ),
);

const namespaceName = v.custom<string>(
  (name) => typeof name === "string" && isName(name) && !/[:#$]/.test(name),
  expected('the name of a namespace, without ":", "#" and "$"'),
);

const schema = exactly({
  channels: v.exactOptional(exactly({
    default: v.exactOptional(stated),
    namespaces: v.exactOptional(v.pipe(
      jsonObject,
      // A record skips namespaces called `constructor` or `__proto__`.
      v.transform((namespaces) => new Map(Object.entries(namespaces))),
      v.map(namespaceName, stated),
    )),
  })),
});

/** Reads the file of channel options, as the hub takes them. */
export function parseChannelOptions(json: unknown): Parsed<ChannelsConfig> {
  const parsed = parseJson(schema, json);
  if (!parsed.ok) return parsed;
  const { default: inherited, namespaces = new Map() } =
    parsed.value.channels ?? {};
  const named = [...namespaces].map(([name, options]) =>
    [`${name}:*`, options] as const
  );
  const value = { "*": inherited, ...Object.fromEntries(named) };
  return { ok: true, value };
}
