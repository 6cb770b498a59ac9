/** Settings of the server: read once from the environment, all checked, frozen. */

import * as v from "valibot";
import type { DirectMessages } from "../lib/auth/direct_messages.ts";
import type { ChannelsConfig } from "../lib/channel/channel_options.ts";
import { problemsOf } from "../lib/limits/check_limits.ts";
import { type HubLimits, limitsOf } from "../lib/limits/hub_limits.ts";
import { CHANNEL_SETTINGS, readChannelSettings } from "./channel_env.ts";
import { type BridgeFile, readBridgeFile } from "./bridge_file.ts";
import { findUnknownSettings } from "./setting_names.ts";
import { SETTINGS } from "./settings.ts";
import type { LogLevel } from "../lib/base/log.ts";

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
  readonly logLevel: LogLevel;
  readonly allowedOrigins: readonly string[] | undefined;
  readonly maxHistoryBytes: number;
  readonly trustedProxies: readonly string[] | undefined;
  readonly maxBacklogBytes: number | undefined;
  readonly maxZombies: number | undefined;
  readonly channels: ChannelsConfig;
  readonly tokenSecret: string | undefined;
  readonly jwksUrl: string | undefined;
  /** `null`: the claim is not checked. */
  readonly tokenAudience: string | null;
  /** `null`: the claim is not checked. */
  readonly tokenIssuer: string | null;
  readonly tokenClockToleranceMs: number;
  readonly apiKey: string | undefined;
  readonly adminKey: string | undefined;
  readonly metricsKey: string | undefined;
  readonly brokerUrl: string | undefined;
  readonly bridgeFile: BridgeFile | undefined;
  readonly exitOnIsolateFailure: boolean;
  readonly insecureAnonymousAll: boolean;
  readonly directMessages: DirectMessages | undefined;
  /** Serves the demos, and a hub of their own. */
  readonly demos: boolean;
  /** Isolates that `deno serve --parallel` starts; `undefined`: one for each core. */
  readonly denoJobs: number | undefined;
  /** Sentences about variables that are used in another way than they are written, or not at all. */
  readonly warnings: readonly string[];
}

/** The options of a hub that the settings decide alone. */
export function hubOptionsOf(
  config: Config,
): HubLimits & Pick<Config, "channels"> {
  return { ...limitsOf(config), channels: config.channels };
}

/** Settings that are options of the routes. */
export function routeOptionsOf(
  { allowedOrigins, trustedProxies, apiKey, adminKey, metricsKey }: Config,
): Pick<
  Config,
  "allowedOrigins" | "trustedProxies" | "apiKey" | "adminKey" | "metricsKey"
> {
  return { allowedOrigins, trustedProxies, apiKey, adminKey, metricsKey };
}

/** Settings whose values no message repeats. */
const SECRETS = [
  "TOKEN_SECRET",
  "API_KEY",
  "ADMIN_KEY",
  "METRICS_KEY",
  "BROKER_URL",
];

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
  const known = Object.keys(SETTINGS.entries);
  const values = Object.fromEntries(known.map((name) => [name, read(name)]));
  const { success, output, issues } = v.safeParse(SETTINGS, values);
  const channels = readChannelSettings({ read, readFile });
  const bridge = readBridgeFile({ read, readFile });
  const unknown = findUnknownSettings(names, [
    ...known,
    ...CHANNEL_SETTINGS,
    "BRIDGE",
  ]);
  const invalid = (issues ?? []).map((issue) => {
    const name = String(issue.path?.[0]?.key);
    return problemOf(name, values[name], issue.message);
  });
  const problems = [
    // Each of several invalid origins is an issue of its own.
    ...new Set(invalid),
    ...channels.ok ? [] : channels.problems,
    ...bridge.ok ? [] : bridge.problems,
    ...unknown.problems,
    ...isSecured(values) ? [] : [UNSECURED],
  ];
  if (!success || !channels.ok || !bridge.ok || problems.length > 0) {
    // A misspelt name may be the reason of a problem.
    throw new ConfigError([...problems, ...unknown.warnings]);
  }
  const warnings = [...unknown.warnings, ...warnOfSecrets(readVariable)];
  return checked(toConfig(output, {
    channels: channels.value,
    bridgeFile: bridge.value,
    warnings,
  }));
}

function problemOf(
  name: string,
  value: string | undefined,
  problem: string,
): string {
  const isShown = value !== undefined && !SECRETS.includes(name) &&
    // The user and the password of a URL.
    !(name.endsWith("_URL") && value.includes("@"));
  // That of a URL says what is wrong with it, too.
  const sentence = /(?:^|: )expected /.test(problem)
    ? problem
    : `expected ${problem}`;
  return `${name}${isShown ? `="${value}"` : ""}: ${sentence}`;
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
  output: v.InferOutput<typeof SETTINGS>,
  { channels, bridgeFile, warnings }: Pick<
    Config,
    "channels" | "bridgeFile" | "warnings"
  >,
): Config {
  return Object.freeze({
    port: output.PORT,
    // A server without authentication is not open to the network by default.
    host: output.HOST ??
      (output.INSECURE_ANONYMOUS_ALL ? "127.0.0.1" : "0.0.0.0"),
    logLevel: output.LOG_LEVEL,
    allowedOrigins: output.ALLOWED_ORIGINS,
    ...limitsFrom(output),
    channels,
    tokenSecret: output.TOKEN_SECRET,
    jwksUrl: output.JWKS_URL,
    tokenAudience: output.TOKEN_AUDIENCE ?? null,
    tokenIssuer: output.TOKEN_ISSUER ?? null,
    tokenClockToleranceMs: output.TOKEN_CLOCK_TOLERANCE,
    apiKey: output.API_KEY,
    adminKey: output.ADMIN_KEY,
    metricsKey: output.METRICS_KEY,
    brokerUrl: output.BROKER_URL,
    bridgeFile,
    exitOnIsolateFailure: output.EXIT_ON_ISOLATE_FAILURE,
    insecureAnonymousAll: output.INSECURE_ANONYMOUS_ALL,
    directMessages: output.DIRECT_MESSAGES,
    demos: output.DEMOS,
    denoJobs: Number(output.DENO_JOBS) || undefined,
    warnings,
  });
}

/** The settings that bound what clients may do, and the times of the heartbeat. */
function limitsFrom(output: v.InferOutput<typeof SETTINGS>) {
  return {
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
  };
}
