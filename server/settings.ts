/** Environment variables of the server: how each is written, and its default. */

import * as v from "valibot";
import { canMatch, ORIGIN_RULE } from "../lib/auth/allowed_origins.ts";
import { DIRECT_MESSAGES } from "../lib/auth/direct_messages.ts";
import { isApiKey, KEY_RULE } from "../lib/auth/api_key.ts";
import { parseDuration } from "../lib/base/duration.ts";
import { LOG_LEVELS } from "../lib/base/log.ts";
import { systemOf, urlProblem } from "../lib/base/broker_url.ts";
import { parseNatsUrl } from "../lib/broker/nats/url.ts";
import { parsePostgresUrl } from "../lib/broker/postgres/url.ts";
import { parseRedisUrl } from "../lib/broker/redis/url.ts";
import { MAX_DURATION_MS } from "../lib/limits/check_limits.ts";
import { isNetwork } from "../lib/limits/client_address.ts";

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

const brokerUrl = v.pipe(
  v.string(),
  v.check(
    (url) => problemOfBroker(url) === undefined,
    ({ input }) => problemOfBroker(input) ?? "",
  ),
);

/** Reason for which a URL is not one of a broker. */
function problemOfBroker(url: string): string | undefined {
  const system = systemOf(url);
  return system === undefined
    ? "a URL such as redis://user:password@host:6379/0, redis://host:6379,host:6379 of a cluster, postgres://user:password@host:5432/database or nats://user:password@host:4222"
    : urlProblem(() => PARSERS[system](url));
}

const PARSERS = {
  redis: parseRedisUrl,
  postgres: parsePostgresUrl,
  nats: parseNatsUrl,
};

/** The variables by their names, except those of the channels. */
export const SETTINGS = v.object({
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
  ADMIN_KEY: v.optional(v.pipe(v.string(), v.check(isApiKey, KEY_RULE))),
  METRICS_KEY: v.optional(v.pipe(v.string(), v.check(isApiKey, KEY_RULE))),
  BROKER_URL: v.optional(brokerUrl),
  EXIT_ON_ISOLATE_FAILURE: v.optional(flag, "true"),
  INSECURE_ANONYMOUS_ALL: v.optional(flag, "false"),
  DIRECT_MESSAGES: v.optional(
    v.picklist(DIRECT_MESSAGES, `one of ${DIRECT_MESSAGES.join(", ")}`),
  ),
  DEMOS: v.optional(flag, "false"),
  // A variable of Deno, which takes an invalid one for none.
  DENO_JOBS: v.optional(v.string()),
});
