/** A misspelt setting, such as CHANNEL_ALOW or HEARTBEAT_TIMOUT, was once ignored in silence. */

import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError, loadConfig } from "../../server/config.ts";
import { TestServer } from "../support/server.ts";
import { SECRET } from "../support/token.ts";

function load(env: Readonly<Record<string, string>>) {
  const all: Record<string, string> = { TOKEN_SECRET: SECRET, ...env };
  return loadConfig((name) => all[name], { names: Object.keys(all) });
}

for (
  const [name, nearest] of [
    ["CHANNEL_ALOW", "CHANNEL_ALLOW"],
    ["CHANNEL_ALLOWED", "CHANNEL_ALLOW"],
    ["CHANNEL_HISTORYSIZE", "CHANNEL_HISTORY_SIZE"],
    ["CHANNEL_TTL", "CHANNEL_DELTA"],
    ["CHANNEL_history_size", "CHANNEL_HISTORY_SIZE"],
    ["CHANNEL_", "CHANNEL_DELTA"],
  ] as const
) {
  Deno.test(`${name} prevents the start, with the nearest name`, () => {
    const { problems } = assertThrows(() => load({ [name]: "1" }), ConfigError);
    assertEquals(problems, [
      `${name}: no such setting: did you mean ${nearest}?`,
    ]);
  });
}

for (
  const [name, nearest] of [
    ["HEARTBEAT_TIMOUT", "HEARTBEAT_TIMEOUT"],
    ["HEARTBEAT_TIMEOUT_MS", "HEARTBEAT_TIMEOUT"],
    ["heartbeat_timeout", "HEARTBEAT_TIMEOUT"],
    ["HEARTBEATTIMEOUT", "HEARTBEAT_TIMEOUT"],
    ["ALLOWED_ORIGIN", "ALLOWED_ORIGINS"],
    ["ALOWED_ORIGINS", "ALLOWED_ORIGINS"],
    ["MAX_CONNECTION", "MAX_CONNECTIONS"],
    ["TOKEN_SERCET", "TOKEN_SECRET"],
    ["TOKEN_SECRET_FILE", "TOKEN_SECRET"],
    ["JWKS_URI", "JWKS_URL"],
    ["BROKER_URI", "BROKER_URL"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["CHANEL_ALLOW", "CHANNEL_ALLOW"],
    ["PONG_INTERVAL", "PING_INTERVAL"],
    ["TRUSTED_PROXY", "TRUSTED_PROXIES"],
    ["API_KEYS", "API_KEY"],
    ["ALLOWED_ORIGIN", "ALLOWED_ORIGINS"],
    ["INSECURE_ANONYMOUS", undefined],
    ["THRUM_TOKEN_SECRET", "TOKEN_SECRET"],
    ["THRUM_LOGLEVEL", "LOG_LEVEL"],
  ] as const
) {
  Deno.test(`${name} is ${nearest ? "warned of" : "no setting"}`, () => {
    assertEquals(
      load({ [name]: "1" }).warnings,
      nearest === undefined
        ? []
        : [`${name}: no such setting, ignored: did you mean ${nearest}?`],
    );
  });
}

Deno.test("A misspelt secret is named beside the error that there is none", () => {
  const env: Record<string, string> = { TOKEN_SECRETS: SECRET };
  const { problems } = assertThrows(
    () => loadConfig((name) => env[name], { names: Object.keys(env) }),
    ConfigError,
  );
  assertEquals(problems.slice(1), [
    "TOKEN_SECRETS: no such setting, ignored: did you mean TOKEN_SECRET?",
  ]);
});

Deno.test("API_KEYS beside API_KEY is another program's", () => {
  assertEquals(load({ API_KEY: "key", API_KEYS: "keys" }).warnings, []);
});

/** Variables as shells, containers, schedulers, clouds and frameworks set them. */
const ORDINARY =
  `PATH HOME HOSTNAME HOSTTYPE HOSTS PORT_8000_TCP PORT_8000_TCP_ADDR PORTS PWD OLDPWD
  SHELL SHLVL TERM USER LOGNAME LANG LC_ALL TZ TMPDIR EDITOR PAGER DISPLAY MAIL
  DENO_DIR DENO_JOBS DENO_REGION DENO_DEPLOY DENO_AUTH_TOKENS NODE_ENV NPM_TOKEN
  NO_COLOR CI GITHUB_TOKEN DEBUG LOG LOGS LOG_FILE LOG_FORMAT LOG_PATH LOG_DIR
  APP_KEY APP_ENV APP_URL API_URL API_HOST APIKEY SECRET_KEY SECRET TOKEN
  TOKENS TOKEN_URL ACCESS_TOKEN AUTH_TOKEN COOKIE_SECRET SESSION_SECRET JWT_SECRET
  REDIS_URL DATABASE_URL WORKER_URL BROKER BROKER_HOST CELERY_BROKER_URL CONFIG_DIR
  CONFIG_PATH CONFIGS XDG_CONFIG_HOME KUBERNETES_PORT KUBERNETES_SERVICE_HOST
  THRUM THREADS MAX_MEMORY MAX_WORKERS MAX_RETRIES PING PING_URL CHANNEL CHANNELS
  HEALTHCHECK_TIMEOUT REQUEST_TIMEOUT OTEL_DENO INVOCATION_ID JOURNAL_STREAM
  SYSTEMD_EXEC_PID SSH_CONNECTION SSH_AUTH_SOCK _ LESSOPEN COLORTERM PS1`
    .split(/\s+/);

Deno.test("Variables of other programs are no false alarms", () => {
  const env = Object.fromEntries(ORDINARY.map((name) => [name, "1"]));
  assertEquals(load(env).warnings, []);
});

Deno.test("Kubernetes' variables of a service called thrum are no false alarms", () => {
  const env = {
    THRUM_SERVICE_HOST: "10.0.0.1",
    THRUM_SERVICE_PORT: "8000",
    THRUM_SERVICE_PORT_HTTP: "8000",
    THRUM_PORT: "tcp://10.0.0.1:8000",
    THRUM_PORT_8000_TCP: "tcp://10.0.0.1:8000",
    THRUM_PORT_8000_TCP_ADDR: "10.0.0.1",
  };
  assertEquals(load(env).warnings, []);
});

Deno.test("A server that starts with a misspelt setting says so in its log", async () => {
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: SECRET, HEARTBEAT_TIMOUT: "5s" },
  });
  const { level, problem } = await server.waitForLog("doubtful_setting");
  assertEquals({ level, problem }, {
    level: "warn",
    problem:
      "HEARTBEAT_TIMOUT: no such setting, ignored: did you mean HEARTBEAT_TIMEOUT?",
  });
});
