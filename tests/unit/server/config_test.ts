import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import {
  DEFAULT_CHANNEL_OPTIONS,
  namespacesOf,
} from "../../../lib/channel/channel_options.ts";
import {
  type Config,
  ConfigError,
  loadConfig,
} from "../../../server/config.ts";
import { DEFAULT_RATE_LIMITS } from "../../../lib/limits/hub_limits.ts";

function load(env: Record<string, string>): Config {
  return loadConfig((name) => env[name]);
}

function problems(env: Record<string, string>): readonly string[] {
  return assertThrows(() => load(env), ConfigError).problems;
}

const TOKEN_SECRET = "s".repeat(32);

Deno.test("Settings have the documented defaults", () => {
  const { channels, ...settings } = load({ TOKEN_SECRET });
  assertEquals(namespacesOf(channels).resolve("room"), DEFAULT_CHANNEL_OPTIONS);
  assertEquals(settings, {
    port: 8000,
    host: "0.0.0.0",
    logLevel: "info",
    allowedOrigins: undefined,
    trustedProxies: undefined,
    ...DEFAULT_RATE_LIMITS,
    maxChannels: 128,
    maxChannelsInAll: 500_000,
    maxRpcs: 1_000,
    maxHistoryBytes: 268_435_456,
    reconnectRate: 200,
    maxConnections: 16_000,
    maxMessageBytes: 65_536,
    maxBufferedBytes: 1_048_576,
    maxBacklogBytes: undefined,
    slowGraceMs: 1_000,
    maxZombies: undefined,
    heartbeatTimeoutMs: 60_000,
    heartbeatIntervalMs: 12_000,
    pingIntervalMs: 25_000,
    pongTimeoutMs: 10_000,
    tokenSecret: TOKEN_SECRET,
    jwksUrl: undefined,
    tokenAudience: null,
    tokenIssuer: null,
    tokenClockToleranceMs: 5_000,
    apiKey: undefined,
    adminKey: undefined,
    metricsKey: undefined,
    brokerUrl: undefined,
    bridgeFile: undefined,
    exitOnIsolateFailure: true,
    insecureAnonymousAll: false,
    directMessages: undefined,
    demos: false,
    denoJobs: undefined,
    warnings: [],
  });
});

Deno.test("The limits of a server are settings", () => {
  const config = load({
    TOKEN_SECRET,
    MESSAGE_RATE: "10",
    RATE_BURST: "500ms",
    CONNECT_RATE: "0",
    MAX_CHANNELS: "5",
    TRUSTED_PROXIES: "10.0.0.0/8, ::1",
  });
  assertEquals(config.messageRate, 10);
  assertEquals(config.rateBurstMs, 500);
  assertEquals(config.connectRate, 0);
  assertEquals(config.maxChannels, 5);
  assertEquals(config.trustedProxies, ["10.0.0.0/8", "::1"]);
});

Deno.test("A proxy that is neither an address nor a network is a problem", () => {
  assertEquals(problems({ TOKEN_SECRET, TRUSTED_PROXIES: "proxy.example" }), [
    'TRUSTED_PROXIES="proxy.example": expected addresses and networks such as 10.0.0.0/8, with commas',
  ]);
});

Deno.test("Settings are frozen", () => {
  assert(Object.isFrozen(load({ TOKEN_SECRET })));
});

Deno.test("A server without authentication listens on this machine only by default", () => {
  const open = { INSECURE_ANONYMOUS_ALL: "true" };
  assertEquals(load(open).host, "127.0.0.1");
  assertEquals(load({ ...open, HOST: "0.0.0.0" }).host, "0.0.0.0");
});

Deno.test("Settings are read from the environment", () => {
  const config = load({
    TOKEN_SECRET,
    PORT: "0",
    HOST: "::1",
    LOG_LEVEL: "debug",
    ALLOWED_ORIGINS: "https://a.example, http://b.example:8080",
    HEARTBEAT_TIMEOUT: "0",
    HEARTBEAT_INTERVAL: "500ms",
    MAX_CONNECTIONS: "5",
  });
  assertEquals(config.port, 0);
  assertEquals(config.host, "::1");
  assertEquals(config.logLevel, "debug");
  assertEquals(config.allowedOrigins, [
    "https://a.example",
    "http://b.example:8080",
  ]);
  assertEquals(config.heartbeatTimeoutMs, 0);
  assertEquals(config.heartbeatIntervalMs, 500);
  assertEquals(config.maxConnections, 5);
});

Deno.test("Every wrong setting is named with what was expected, all at once", () => {
  const wrong = {
    TOKEN_SECRET,
    PORT: "65536",
    LOG_LEVEL: "loud",
    ALLOWED_ORIGINS: "https://a.example/,nonsense",
    MAX_CONNECTIONS: "0",
    MAX_MESSAGE_BYTES: "-1",
    MAX_BUFFERED_BYTES: "1e6",
    HEARTBEAT_TIMEOUT: "soon",
    HEARTBEAT_INTERVAL: "0",
    EXIT_ON_ISOLATE_FAILURE: "maybe",
    INSECURE_ANONYMOUS_ALL: "yes",
  };
  assertEquals(problems(wrong), [
    'PORT="65536": expected a whole number from 0 to 65535',
    'LOG_LEVEL="loud": expected one of debug, info, warn, error',
    'ALLOWED_ORIGINS="https://a.example/,nonsense": expected commas between origins as browsers send them, such as https://app.example, https://*.app.example, capacitor://localhost, null or *, without a path',
    'MAX_CONNECTIONS="0": expected a whole number from 1 to 10000000',
    'MAX_MESSAGE_BYTES="-1": expected a whole number from 1 to 67108863',
    'MAX_BUFFERED_BYTES="1e6": expected a whole number from 1 to 2147483648',
    'HEARTBEAT_TIMEOUT="soon": expected a duration such as 500ms, 60s or 2m, or 0, at most 596h',
    'HEARTBEAT_INTERVAL="0": expected a duration such as 500ms, 60s or 2m, at least 10ms, at most 596h',
    'EXIT_ON_ISOLATE_FAILURE="maybe": expected true or false',
    'INSECURE_ANONYMOUS_ALL="yes": expected true or false',
  ]);
});

Deno.test("A server that is neither secured nor declared insecure has no settings", () => {
  const [problem, ...others] = problems({});
  assertEquals(others, []);
  assert(problem?.startsWith("TOKEN_SECRET: expected the secret"));
  assert(problem?.includes("JWKS_URL"));
  assert(problem?.includes("INSECURE_ANONYMOUS_ALL=true"));
  assertEquals(problems({ INSECURE_ANONYMOUS_ALL: "false" }).length, 1);
});

Deno.test("An empty variable counts as unset", () => {
  assertEquals(load({ TOKEN_SECRET, PORT: "" }).port, 8000);
  assertEquals(problems({ TOKEN_SECRET: "" }).length, 1);
});

Deno.test("Keys of a JWKS_URL secure a server as a secret does", () => {
  const JWKS_URL = "https://login.example/keys";
  assertEquals(load({ JWKS_URL }).jwksUrl, JWKS_URL);
  const expected = "expected a URL of HTTP without a user and a password";
  for (const wrong of ["file:///keys", "keys"]) {
    assertEquals(problems({ JWKS_URL: wrong }), [
      `JWKS_URL="${wrong}": ${expected}`,
    ]);
  }
  // The password is not repeated.
  assertEquals(problems({ JWKS_URL: "https://user:word@login.example/" }), [
    `JWKS_URL: ${expected}`,
  ]);
});

Deno.test("A broker's address that is wrong is not repeated, and its reason is given", () => {
  const BROKER_URL = "redis://:password@localhost:6379/1";
  assertEquals(load({ TOKEN_SECRET, BROKER_URL }).brokerUrl, BROKER_URL);
  for (
    const [wrong, reason] of [
      ["http://:s3cret@localhost", "expected a URL such as redis://user"],
      ["redis://", "expected a host and a port from 1 to 65535"],
      ["redis:6379", "expected a URL such as redis://user"],
      ["redis://:s3cret@localhost/one", "expected a number as the database"],
      [
        "redis://:s3cret@localhost?db=1",
        'unknown option "db": expected cluster=true or false',
      ],
      ["redis://:s3cret@a,:s3cret@b", "expected one user and password"],
      ["redis://:s3cret@localhost/1/2", "expected a number as the database"],
      ["redis://:s3cret%@localhost", "invalid percent-encoding: expected"],
      ["postgres://u:s3cret@a,b/db", "expected one host"],
      [
        "POSTGRES://u:s3cret@h/db?sslrootcert=x",
        'unknown option "sslrootcert": expected sslmode=disable or prefer or',
      ],
      [
        "nats://u:s3cret@h?storage=file&storage=file",
        'expected the option "storage" once',
      ],
    ] as const
  ) {
    const [problem = ""] = problems({ TOKEN_SECRET, BROKER_URL: wrong });
    assert(problem.startsWith(`BROKER_URL: ${reason}`), problem);
    assertFalse(problem.includes("s3cret"), problem);
  }
});

Deno.test("Byte limits that contradict each other are named", () => {
  const fits = { TOKEN_SECRET, MAX_MESSAGE_BYTES: "2000" };
  assertEquals(problems({ ...fits, MAX_BUFFERED_BYTES: "1999" }), [
    'MAX_BUFFERED_BYTES="1999": expected at least MAX_MESSAGE_BYTES, which is 2000',
  ]);
  assertEquals(
    load({ ...fits, MAX_BUFFERED_BYTES: "2000" }).maxBufferedBytes,
    2_000,
  );
  assertEquals(problems({ TOKEN_SECRET, MAX_MESSAGE_BYTES: "2000000" }), [
    'MAX_BUFFERED_BYTES="1048576": expected at least MAX_MESSAGE_BYTES, which is 2000000',
  ]);
  assertEquals(problems({ TOKEN_SECRET, MAX_BACKLOG_BYTES: "1000000" }), [
    'MAX_BACKLOG_BYTES="1000000": expected at least MAX_BUFFERED_BYTES, which is 1048576',
  ]);
});
