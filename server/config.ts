/** Settings of the server: read once from the environment, all checked, frozen. */

import * as v from "valibot";
import { canMatch, ORIGIN_RULE } from "../lib/auth/allowed_origins.ts";
import { isApiKey, KEY_RULE } from "../lib/auth/api_key.ts";
import type { ChannelsConfig } from "../lib/channel/channel_options.ts";
import { MAX_DURATION_MS, problemsOf } from "../lib/limits/check_limits.ts";
import { type HubLimits, limitsOf } from "../lib/limits/hub_limits.ts";
import { CHANNEL_SETTINGS, readChannelSettings } from "./channel_env.ts";
import { findUnknownSettings } from "./setting_names.ts";
import { parseRedisUrl } from "../lib/broker/redis/url.ts";
import { parseDuration } from "../lib/base/duration.ts";
import { isNetwork } from "../lib/limits/client_address.ts";
import { LOG_LEVELS } from "../lib/base/log.ts";

/** Reads one variable of an environment. */
export type ReadVariable = (name: string) => string | undefined;

/** Reports invalid settings, each as `NAME="value": expected …`. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

function wholeNumber(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, expected),
    v.transform(Number),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  );
}

/** Number per second; 0 is no limit. */
const rate = wholeNumber(0, 1_000_000_000);

const networks = v.pipe(
  v.string(),
  v.transform((text) => text.split(",").map((network) => network.trim())),
  v.array(v.pipe(
    v.string(),
    v.check(
      isNetwork,
      "addresses and networks such as 10.0.0.0/8, with commas",
    ),
  )),
);

/** Deno refuses frames of 64 MiB and more. */
const MAX_BYTES = 64 * 1024 * 1024 - 1;

const MAX_DURATION = `${MAX_DURATION_MS / 3_600_000}h`;

function duration(leastMs: number) {
  const least = leastMs > 0 ? `at least ${leastMs}ms` : "or 0";
  const expected =
    `a duration such as 500ms, 60s or 2m, ${least}, at most ${MAX_DURATION}`;
  return v.pipe(
    v.string(),
    v.transform((text) => parseDuration(text) ?? NaN),
    // NaN fails every comparison.
    v.check((ms) => ms >= leastMs && ms <= MAX_DURATION_MS, expected),
  );
}

const origins = v.pipe(
  v.string(),
  v.transform((text) => text.split(",").map((origin) => origin.trim())),
  v.array(
    v.pipe(v.string(), v.check(canMatch, `commas between ${ORIGIN_RULE}`)),
  ),
);

const flag = v.pipe(
  v.picklist(["true", "false"], "true or false"),
  v.transform((text) => text === "true"),
);

const keysUrl = v.pipe(
  v.string(),
  v.check(isKeysUrl, "a URL of HTTP without a user and a password"),
);

function isKeysUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username === "" && url.password === "";
}

const redisUrl = v.pipe(
  v.string(),
  v.check(isRedisUrl, "a URL such as redis://user:password@host:6379/0"),
);

function isRedisUrl(text: string): boolean {
  try {
    parseRedisUrl(text);
    return true;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}

const schema = v.object({
  PORT: v.optional(wholeNumber(0, 65_535), "8000"),
  HOST: v.optional(v.string()),
  LOG_LEVEL: v.optional(
    v.picklist(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`),
    "info",
  ),
  ALLOWED_ORIGINS: v.optional(origins),
  MAX_CONNECTIONS: v.optional(wholeNumber(1, 10_000_000), "16000"),
  MAX_CONNECTIONS_PER_ADDRESS: v.optional(wholeNumber(1, 10_000_000), "4000"),
  MAX_CONNECTIONS_PER_USER: v.optional(wholeNumber(1, 10_000_000), "4000"),
  MAX_CHANNELS: v.optional(wholeNumber(1, 1_000_000), "128"),
  MAX_CHANNELS_IN_ALL: v.optional(wholeNumber(1, 100_000_000), "500000"),
  MAX_RPCS: v.optional(wholeNumber(1, 10_000_000), "1000"),
  MAX_HISTORY_BYTES: v.optional(wholeNumber(0, 2 ** 40), "268435456"),
  MESSAGE_RATE: v.optional(rate, "20000"),
  BYTE_RATE: v.optional(rate, "20971520"),
  PUBLISH_RATE: v.optional(rate, "20000"),
  SUBSCRIBE_RATE: v.optional(rate, "2000"),
  HISTORY_RATE: v.optional(rate, "100"),
  PRESENCE_RATE: v.optional(rate, "100"),
  REPLY_BYTE_RATE: v.optional(rate, "4194304"),
  FLOOD_RATE: v.optional(rate, "2000"),
  FLOOD_BURST: v.optional(duration(1), "10s"),
  REFUSAL_RATE: v.optional(rate, "100"),
  RATE_BURST: v.optional(duration(1), "2s"),
  USER_RATE_FACTOR: v.optional(wholeNumber(1, 1_000_000), "4"),
  CONNECT_RATE: v.optional(rate, "2000"),
  CONNECT_RATE_PER_ADDRESS: v.optional(rate, "200"),
  CONNECT_BURST: v.optional(duration(1), "5s"),
  TRUSTED_PROXIES: v.optional(networks),
  RECONNECT_RATE: v.optional(wholeNumber(1, 1_000_000), "200"),
  MAX_MESSAGE_BYTES: v.optional(wholeNumber(1, MAX_BYTES), "65536"),
  MAX_BUFFERED_BYTES: v.optional(wholeNumber(1, 2 ** 31), "1048576"),
  MAX_BACKLOG_BYTES: v.optional(wholeNumber(1, 2 ** 36)),
  SLOW_GRACE: v.optional(duration(0), "1s"),
  MAX_ZOMBIES: v.optional(wholeNumber(0, 10_000_000)),
  HEARTBEAT_TIMEOUT: v.optional(duration(0), "60s"),
  HEARTBEAT_INTERVAL: v.optional(duration(10), "12s"),
  PING_INTERVAL: v.optional(duration(100), "25s"),
  PONG_TIMEOUT: v.optional(duration(0), "10s"),
  TOKEN_SECRET: v.optional(v.string()),
  JWKS_URL: v.optional(keysUrl),
  TOKEN_AUDIENCE: v.optional(v.string()),
  TOKEN_ISSUER: v.optional(v.string()),
  TOKEN_CLOCK_TOLERANCE: v.optional(duration(0), "5s"),
  API_KEY: v.optional(v.pipe(v.string(), v.check(isApiKey, KEY_RULE))),
  METRICS_KEY: v.optional(v.pipe(v.string(), v.check(isApiKey, KEY_RULE))),
  BROKER_URL: v.optional(redisUrl),
  EXIT_ON_ISOLATE_FAILURE: v.optional(flag, "true"),
  INSECURE_ANONYMOUS_ALL: v.optional(flag, "false"),
  // A variable of Deno, which takes an invalid one for none.
  DENO_JOBS: v.optional(v.string()),
});

/** Settings of a server, in bytes and milliseconds. The tables in `docs/settings.md` and `docs/limits.md` describe each. */
export interface Config extends
  Omit<
    HubLimits,
    // No setting decides these, and those two follow others where they are left out.
    | "listenerPingMs"
    | "maxJoinMs"
    | "joinPatienceMs"
    | "recipientsPerTurn"
    | "authenticateWithinMs"
    | "maxBacklogBytes"
    | "maxZombies"
  > {
  readonly port: number;
  readonly host: string;
  readonly logLevel: typeof LOG_LEVELS[number];
  readonly allowedOrigins: readonly string[] | undefined;
  readonly maxHistoryBytes: number;
  readonly trustedProxies: readonly string[] | undefined;
  readonly maxBacklogBytes: number | undefined;
  readonly maxZombies: number | undefined;
  readonly channels: ChannelsConfig;
  readonly tokenSecret: string | undefined;
  readonly jwksUrl: string | undefined;
  readonly tokenAudience: string | undefined;
  readonly tokenIssuer: string | undefined;
  readonly tokenClockToleranceMs: number;
  readonly apiKey: string | undefined;
  readonly metricsKey: string | undefined;
  readonly brokerUrl: string | undefined;
  readonly exitOnIsolateFailure: boolean;
  readonly insecureAnonymousAll: boolean;
  /** Isolates that `deno serve --parallel` starts; `undefined`: one for each core. */
  readonly denoJobs: number | undefined;
  /** Sentences about variables that are used in another way than they are written, or not at all. */
  readonly warnings: readonly string[];
}

/** Settings whose values no message repeats. */
const SECRETS = ["TOKEN_SECRET", "API_KEY", "METRICS_KEY", "BROKER_URL"];

/** Sources of the settings besides the variables' values. */
export interface ConfigSources {
  /** Reads the file of CONFIG. @default {Deno.readTextFileSync} */
  readonly readFile?: (path: string) => string;
  /** Names of all variables, to find misspelt settings. @default {none} */
  readonly names?: readonly string[];
}

/** Names of the variables of this process; none where the permissions do not show them. */
export function variableNames(): readonly string[] {
  try {
    return Object.keys(Deno.env.toObject());
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return [];
  }
}

/** Values by which Deno's own setting `OTEL_DENO` turns telemetry on. */
const OTEL_ON: readonly (string | undefined)[] = ["true", "1"];

/** Checks whether Deno exports telemetry, which is no setting of the hub. */
export function isTelemetryOn(
  readVariable: ReadVariable = (name) => Deno.env.get(name),
): boolean {
  return OTEL_ON.includes(readVariable("OTEL_DENO"));
}

/**
 * Reads and checks the settings, by default those of this process. White space at the
 * ends of a variable does not count, and an empty one counts as unset.
 *
 * @throws {ConfigError} If any setting is invalid; it names all of them.
 */
export function loadConfig(
  readVariable: ReadVariable = (name) => Deno.env.get(name),
  { readFile = Deno.readTextFileSync, names = [] }: ConfigSources = {},
): Config {
  const read = (name: string) => trim(readVariable(name) ?? "") || undefined;
  const known = Object.keys(schema.entries);
  const values = Object.fromEntries(known.map((name) => [name, read(name)]));
  const { success, output, issues } = v.safeParse(schema, values);
  const channels = readChannelSettings({ read, readFile });
  const unknown = findUnknownSettings(names, [...known, ...CHANNEL_SETTINGS]);
  const invalid = (issues ?? []).map((issue) => {
    const name = String(issue.path?.[0]?.key);
    return problemOf(name, values[name], issue.message);
  });
  const problems = [
    // Each of several invalid origins is an issue of its own.
    ...new Set(invalid),
    ...channels.ok ? [] : channels.problems,
    ...unknown.problems,
    ...isSecured(values) ? [] : [UNSECURED],
  ];
  if (!success || !channels.ok || problems.length > 0) {
    throw new ConfigError(problems);
  }
  const warnings = [
    ...unknown.warnings,
    ...warnOfSecrets(readVariable),
  ];
  return checked(toConfig(output, { channels: channels.value, warnings }));
}

function problemOf(
  name: string,
  value: string | undefined,
  expected: string,
): string {
  const isShown = value !== undefined && !SECRETS.includes(name) &&
    // The user and the password of a URL.
    !(name.endsWith("_URL") && value.includes("@"));
  return `${name}${isShown ? `="${value}"` : ""}: expected ${expected}`;
}

/** White space and invisible characters at the ends of a text. */
const INVISIBLE_ENDS = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;
const QUOTED = /^(["'`]).*\1$/s;

function trim(text: string): string {
  return text.replace(INVISIBLE_ENDS, "");
}

/** A secret from a file has a line break at its end, or quotation marks around it, that were not meant. */
function warnOfSecrets(readVariable: ReadVariable): string[] {
  return SECRETS.flatMap((name) => {
    const value = readVariable(name) ?? "";
    const secret = trim(value);
    if (secret === "") return [];
    const isTrimmed = secret !== value
      ? [
        "white space at its ends was removed, such as the line break of a file",
      ]
      : [];
    const isQuoted = QUOTED.test(secret)
      ? ["the quotation marks around it are part of it"]
      : [];
    return [...isTrimmed, ...isQuoted].map((what) => `${name}: ${what}`);
  });
}

/** Checks the limits against each other, as a hub does. */
function checked(config: Config): Config {
  const problems = problemsOf(limitsOf(config), variableOf).map((problem) =>
    problemOf(
      variableOf(problem.name),
      String(problem.value),
      problem.expected,
    )
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The variable of a limit: `MAX_BUFFERED_BYTES` of `maxBufferedBytes`, `PING_INTERVAL` of `pingIntervalMs`. */
function variableOf(limit: string): string {
  return limit.replace(/Ms$/, "")
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase();
}

const UNSECURED =
  "TOKEN_SECRET: expected the secret that signs client tokens, " +
  "or JWKS_URL with the public keys; " +
  "to allow every client everything, set INSECURE_ANONYMOUS_ALL=true";

function isSecured(values: Record<string, string | undefined>): boolean {
  return values.TOKEN_SECRET !== undefined || values.JWKS_URL !== undefined ||
    values.INSECURE_ANONYMOUS_ALL === "true";
}

function toConfig(
  output: v.InferOutput<typeof schema>,
  { channels, warnings }: Pick<Config, "channels" | "warnings">,
): Config {
  return Object.freeze({
    port: output.PORT,
    // A server without authentication is not open to the network by default.
    host: output.HOST ??
      (output.INSECURE_ANONYMOUS_ALL ? "127.0.0.1" : "0.0.0.0"),
    logLevel: output.LOG_LEVEL,
    allowedOrigins: output.ALLOWED_ORIGINS,
    maxConnections: output.MAX_CONNECTIONS,
    maxConnectionsPerAddress: output.MAX_CONNECTIONS_PER_ADDRESS,
    maxConnectionsPerUser: output.MAX_CONNECTIONS_PER_USER,
    maxChannels: output.MAX_CHANNELS,
    maxChannelsInAll: output.MAX_CHANNELS_IN_ALL,
    maxRpcs: output.MAX_RPCS,
    maxHistoryBytes: output.MAX_HISTORY_BYTES,
    messageRate: output.MESSAGE_RATE,
    byteRate: output.BYTE_RATE,
    publishRate: output.PUBLISH_RATE,
    subscribeRate: output.SUBSCRIBE_RATE,
    historyRate: output.HISTORY_RATE,
    presenceRate: output.PRESENCE_RATE,
    replyByteRate: output.REPLY_BYTE_RATE,
    floodRate: output.FLOOD_RATE,
    floodBurstMs: output.FLOOD_BURST,
    refusalRate: output.REFUSAL_RATE,
    rateBurstMs: output.RATE_BURST,
    userRateFactor: output.USER_RATE_FACTOR,
    connectRate: output.CONNECT_RATE,
    connectRatePerAddress: output.CONNECT_RATE_PER_ADDRESS,
    connectBurstMs: output.CONNECT_BURST,
    trustedProxies: output.TRUSTED_PROXIES,
    reconnectRate: output.RECONNECT_RATE,
    maxMessageBytes: output.MAX_MESSAGE_BYTES,
    maxBufferedBytes: output.MAX_BUFFERED_BYTES,
    maxBacklogBytes: output.MAX_BACKLOG_BYTES,
    slowGraceMs: output.SLOW_GRACE,
    maxZombies: output.MAX_ZOMBIES,
    heartbeatTimeoutMs: output.HEARTBEAT_TIMEOUT,
    heartbeatIntervalMs: output.HEARTBEAT_INTERVAL,
    pingIntervalMs: output.PING_INTERVAL,
    pongTimeoutMs: output.PONG_TIMEOUT,
    channels,
    tokenSecret: output.TOKEN_SECRET,
    jwksUrl: output.JWKS_URL,
    tokenAudience: output.TOKEN_AUDIENCE,
    tokenIssuer: output.TOKEN_ISSUER,
    tokenClockToleranceMs: output.TOKEN_CLOCK_TOLERANCE,
    apiKey: output.API_KEY,
    metricsKey: output.METRICS_KEY,
    brokerUrl: output.BROKER_URL,
    exitOnIsolateFailure: output.EXIT_ON_ISOLATE_FAILURE,
    insecureAnonymousAll: output.INSECURE_ANONYMOUS_ALL,
    denoJobs: Number(output.DENO_JOBS) || undefined,
    warnings,
  });
}
