/** Channel options from the environment: the file named by CONFIG, and the variables of the default namespace. */

import { type FileSources, readJsonFile } from "./json_file.ts";
import { parseChannelOptions } from "./channel_file.ts";
import type { ChannelsConfig } from "../lib/channel/channel_options.ts";
import type { Parsed } from "../lib/base/json.ts";
import { isRecord, type UnknownRecord } from "../lib/base/record.ts";

/** Key of the default namespace and conversion to JSON, by variable. */
const VARIABLES: ReadonlyMap<
  string,
  readonly [string, (text: string) => unknown]
> = new Map([
  ["CHANNEL_PRESENCE", ["presence", toFlag]],
  ["CHANNEL_JOIN_LEAVE", ["joinLeave", toFlag]],
  ["CHANNEL_HISTORY_SIZE", ["historySize", toNumber]],
  ["CHANNEL_HISTORY_TTL", ["historyTtl", (text) => text]],
  ["CHANNEL_FORCE_RECOVERY", ["forceRecovery", toFlag]],
  ["CHANNEL_RECOVERY_MODE", ["recoveryMode", (text) => text]],
  ["CHANNEL_AUTO_CACHE_RECOVER", ["autoCacheRecover", toFlag]],
  ["CHANNEL_RECOVERY_SIZE", ["recoverySize", toNumber]],
  ["CHANNEL_DELTA", ["delta", toList]],
  ["CHANNEL_TAGS_FILTER", ["tagsFilter", toFlag]],
  ["CHANNEL_SLOW_POLICY", ["slowPolicy", (text) => text]],
  ["CHANNEL_CONFLATION_KEY", ["conflationKey", (text) => text]],
  ["CHANNEL_ALLOW", ["allow", toList]],
  ["CHANNEL_PUBLISH_RATE", ["publishRate", toNumber]],
  ["CHANNEL_SUBSCRIBE_RATE", ["subscribeRate", toNumber]],
  ["CHANNEL_HISTORY_RATE", ["historyRate", toNumber]],
  ["CHANNEL_PRESENCE_RATE", ["presenceRate", toNumber]],
]);

/** Names of the variables that are read here. */
export const CHANNEL_SETTINGS: readonly string[] = [
  "CONFIG",
  ...VARIABLES.keys(),
];

/** Reads the options of all channels. A variable overrides the default namespace of the file. */
export function readChannelSettings(
  sources: FileSources,
): Parsed<ChannelsConfig> {
  const problems: string[] = [];
  const stated: Record<string, unknown> = {};
  for (const [name, [key, convert]] of VARIABLES) {
    const text = sources.read(name);
    if (text === undefined) continue;
    stated[key] = convert(text);
    problems.push(...problemsOf(stated[key], { name, key, text }));
  }
  const path = sources.read("CONFIG");
  const json = readJsonFile("CONFIG", sources);
  if (json?.ok === false) problems.push(...json.problems);
  const file = json?.ok ? json.value : {};
  const known = parseChannelOptions(file);
  if (!known.ok) {
    problems.push(...known.problems.map((each) => `CONFIG="${path}": ${each}`));
  }
  if (problems.length > 0) return { ok: false, problems };
  return parseChannelOptions(withDefault(file, stated));
}

/** Problems of one variable, under its own name instead of a path in the file. */
function problemsOf(
  value: unknown,
  { name, key, text }: {
    readonly name: string;
    readonly key: string;
    readonly text: string;
  },
): string[] {
  const parsed = parseChannelOptions({
    channels: { default: { [key]: value } },
  });
  if (parsed.ok) return [];
  const got = `, but got ${JSON.stringify(value)}`;
  return parsed.problems.map((each) => {
    const expected = each.replace(/^[^:]*: /, "").replace(got, "");
    return `${name}="${text}": ${expected}`;
  });
}

/** Adds the stated options to the default namespace of the file. */
function withDefault(file: unknown, stated: Record<string, unknown>): unknown {
  const channels = memberOf(file, "channels");
  const inherited = memberOf(channels, "default");
  return { channels: { ...channels, default: { ...inherited, ...stated } } };
}

function memberOf(object: unknown, key: string): UnknownRecord {
  const member = isRecord(object) && Object.hasOwn(object, key)
    ? object[key]
    : undefined;
  return isRecord(member) ? member : {};
}

function toFlag(text: string): unknown {
  return text === "true" ? true : text === "false" ? false : text;
}

function toNumber(text: string): unknown {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Splits a list at its commas; `none` is the empty list. */
function toList(text: string): unknown {
  return text === "none" ? [] : text.split(",").map((word) => word.trim());
}
