/** Settings of the server: read once from the environment, all checked, frozen. */

import * as v from "valibot";
import type { ChannelsConfig } from "../lib/channel/channel_options.ts";
import { readChannelSettings } from "./channel_env.ts";
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

function duration(leastMs: number) {
  const expected = `a duration such as 500ms, 60s or 2m${
    leastMs > 0 ? `, at least ${leastMs}ms` : ", or 0"
  }`;
  return v.pipe(
    v.string(),
    v.transform((text) => parseDuration(text) ?? NaN),
    // NaN fails every comparison.
    v.check((ms) => ms >= leastMs, expected),
  );
}

function isOrigin(text: string): boolean {
  return text === "*" || text === "null" || URL.parse(text)?.origin === text;
}

const origins = v.pipe(
  v.string(),
  v.transform((text) => text.split(",").map((origin) => origin.trim())),
  v.array(v.pipe(
    v.string(),
    v.check(
      isOrigin,
      "origins such as https://app.example, with commas and without a path",
    ),
  )),
);

const flag = v.pipe(
  v.picklist(["true", "false"], "true or false"),
  v.transform((text) => text === "true"),
);

const httpUrl = v.pipe(
  v.string(),
  v.check(
    (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ""),
    "a URL of HTTP",
  ),
);

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
  MAX_RPCS: v.optional(wholeNumber(0, 10_000_000), "1000"),
  MAX_HISTORY_BYTES: v.optional(wholeNumber(0, 2 ** 40), "268435456"),
  MESSAGE_RATE: v.optional(rate, "20000"),
  BYTE_RATE: v.optional(rate, "20971520"),
  PUBLISH_RATE: v.optional(rate, "20000"),
  SUBSCRIBE_RATE: v.optional(rate, "2000"),
  HISTORY_RATE: v.optional(rate, "100"),
  PRESENCE_RATE: v.optional(rate, "100"),
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
  HEARTBEAT_TIMEOUT: v.optional(duration(0), "60s"),
  HEARTBEAT_INTERVAL: v.optional(duration(10), "12s"),
  PING_INTERVAL: v.optional(duration(100), "25s"),
  PONG_TIMEOUT: v.optional(duration(0), "10s"),
  TOKEN_SECRET: v.optional(v.string()),
  JWKS_URL: v.optional(httpUrl),
  TOKEN_AUDIENCE: v.optional(v.string()),
  TOKEN_ISSUER: v.optional(v.string()),
  API_KEY: v.optional(v.string()),
  BROKER_URL: v.optional(redisUrl),
  EXIT_ON_ISOLATE_FAILURE: v.optional(flag, "true"),
  INSECURE_ANONYMOUS_ALL: v.optional(flag, "false"),
});

/** Settings of a server, in bytes and milliseconds. The table in the README describes each. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly logLevel: typeof LOG_LEVELS[number];
  readonly allowedOrigins: readonly string[] | undefined;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxConnectionsPerUser: number;
  readonly maxChannels: number;
  readonly maxChannelsInAll: number;
  readonly maxRpcs: number;
  readonly maxHistoryBytes: number;
  readonly messageRate: number;
  readonly byteRate: number;
  readonly publishRate: number;
  readonly subscribeRate: number;
  readonly historyRate: number;
  readonly presenceRate: number;
  readonly refusalRate: number;
  readonly rateBurstMs: number;
  readonly userRateFactor: number;
  readonly connectRate: number;
  readonly connectRatePerAddress: number;
  readonly connectBurstMs: number;
  readonly trustedProxies: readonly string[] | undefined;
  readonly reconnectRate: number;
  readonly maxMessageBytes: number;
  readonly maxBufferedBytes: number;
  readonly heartbeatTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly channels: ChannelsConfig;
  readonly tokenSecret: string | undefined;
  readonly jwksUrl: string | undefined;
  readonly tokenAudience: string | undefined;
  readonly tokenIssuer: string | undefined;
  readonly apiKey: string | undefined;
  readonly brokerUrl: string | undefined;
  readonly exitOnIsolateFailure: boolean;
  readonly insecureAnonymousAll: boolean;
}

/**
 * Reads and checks the settings, by default those of this process. An empty variable
 * counts as unset.
 *
 * @throws {ConfigError} If any setting is invalid; it names all of them.
 */
export function loadConfig(
  readVariable: ReadVariable = (name) => Deno.env.get(name),
  readFile: (path: string) => string = Deno.readTextFileSync,
): Config {
  const read = (name: string) => readVariable(name) || undefined;
  const values = Object.fromEntries(
    Object.keys(schema.entries).map((name) => [name, read(name)]),
  );
  const { success, output, issues } = v.safeParse(schema, values);
  const channels = readChannelSettings({ read, readFile });
  const invalid = (issues ?? []).map((issue) => {
    const name = String(issue.path?.[0]?.key);
    // The URL may hold a password.
    const value = name === "BROKER_URL" ? "" : `="${values[name]}"`;
    return `${name}${value}: expected ${issue.message}`;
  });
  const problems = [
    // Each of several invalid origins is an issue of its own.
    ...new Set(invalid),
    ...channels.ok ? [] : channels.problems,
    ...isSecured(values) ? [] : [UNSECURED],
  ];
  if (!success || !channels.ok || problems.length > 0) {
    throw new ConfigError(problems);
  }
  return toConfig(output, channels.value);
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
  channels: ChannelsConfig,
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
    heartbeatTimeoutMs: output.HEARTBEAT_TIMEOUT,
    heartbeatIntervalMs: output.HEARTBEAT_INTERVAL,
    pingIntervalMs: output.PING_INTERVAL,
    pongTimeoutMs: output.PONG_TIMEOUT,
    channels,
    tokenSecret: output.TOKEN_SECRET,
    jwksUrl: output.JWKS_URL,
    tokenAudience: output.TOKEN_AUDIENCE,
    tokenIssuer: output.TOKEN_ISSUER,
    apiKey: output.API_KEY,
    brokerUrl: output.BROKER_URL,
    exitOnIsolateFailure: output.EXIT_ON_ISOLATE_FAILURE,
    insecureAnonymousAll: output.INSECURE_ANONYMOUS_ALL,
  });
}
