/** How channels behave by the environment: the file that CONFIG names, and variables for the default namespace. */

import { parseChannelOptions } from "./channel_file.ts";
import type { ChannelsConfig } from "../lib/channel/channel_options.ts";
import type { Parsed } from "../lib/base/json.ts";

/** The key of the default namespace that each variable stands for, and how its text becomes JSON. */
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
  ["CHANNEL_DELTA", ["delta", toList]],
  ["CHANNEL_ALLOW", ["allow", toList]],
]);

/** Where the settings come from. */
export interface ChannelSources {
  /** Reads a variable; an empty one is `undefined`. */
  readonly read: (name: string) => string | undefined;
  /** Reads a file as text; throws if it cannot. */
  readonly readFile: (path: string) => string;
}

/** Reads how channels behave. A variable goes before what the file says of the default namespace. */
export function readChannelSettings(
  { read, readFile }: ChannelSources,
): Parsed<ChannelsConfig> {
  const problems: string[] = [];
  const stated: Record<string, unknown> = {};
  for (const [name, [key, convert]] of VARIABLES) {
    const text = read(name);
    if (text === undefined) continue;
    stated[key] = convert(text);
    problems.push(...problemsOf(name, key, stated[key]));
  }
  const path = read("CONFIG");
  const file = path === undefined ? {} : parseFile(path, readFile, problems);
  const known = parseChannelOptions(file);
  if (!known.ok) {
    problems.push(...known.problems.map((each) => `CONFIG: ${each}`));
  }
  if (problems.length > 0) return { ok: false, problems };
  return parseChannelOptions(withDefault(file, stated));
}

function parseFile(
  path: string,
  readFile: ChannelSources["readFile"],
  problems: string[],
): unknown {
  try {
    return JSON.parse(readFile(path));
  } catch (error) {
    // Whatever the file system or JSON has against it, its author must know.
    const why = error instanceof Error ? error.message : String(error);
    problems.push(
      `CONFIG: expected a file with JSON, but "${path}" is none: ${why}`,
    );
    return {};
  }
}

/** What is wrong with one variable, by its own name instead of the path in the file. */
function problemsOf(name: string, key: string, value: unknown): string[] {
  const parsed = parseChannelOptions({
    channels: { default: { [key]: value } },
  });
  if (parsed.ok) return [];
  return parsed.problems.map((each) =>
    `${name}: ${each.replace(/^[^:]*: /, "")}`
  );
}

/** The file with what is stated of the default namespace on top. */
function withDefault(file: unknown, stated: Record<string, unknown>): unknown {
  const channels = memberOf(file, "channels");
  const inherited = memberOf(channels, "default");
  return { channels: { ...channels, default: { ...inherited, ...stated } } };
}

function memberOf(object: unknown, key: string): object {
  const member = typeof object === "object" && object !== null
    ? Object.entries(object).find(([name]) => name === key)?.[1]
    : undefined;
  return typeof member === "object" && member !== null ? member : {};
}

function toFlag(text: string): unknown {
  return text === "true" ? true : text === "false" ? false : text;
}

function toNumber(text: string): unknown {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Words with commas between them; `none` is the empty list. */
function toList(text: string): unknown {
  return text === "none" ? [] : text.split(",").map((word) => word.trim());
}
