import { assert, assertEquals } from "@std/assert";
import {
  type ChannelOptions,
  namespacesOf,
} from "../../../lib/channel/channel_options.ts";
import { readChannelSettings } from "../../../server/channel_env.ts";

type Variables = Record<string, string>;

/** Files of a test, by their path. */
const FILES: Variables = {
  "news.json": JSON.stringify({
    channels: {
      default: { historySize: 7, presence: false },
      namespaces: { news: { historySize: 9 } },
    },
  }),
  "typo.json": JSON.stringify({ channels: { default: { histroySize: 7 } } }),
  "broken.json": "{",
};

function settings(env: Variables) {
  return readChannelSettings({
    read: (name) => env[name],
    readFile: (path) => {
      const text = FILES[path];
      if (text === undefined) throw new Deno.errors.NotFound("no such file");
      return text;
    },
  });
}

function optionsOf(env: Variables, channel = "room"): ChannelOptions {
  const parsed = settings(env);
  assert(parsed.ok, parsed.ok ? "" : parsed.problems.join());
  const options = namespacesOf(parsed.value).resolve(channel);
  assert(options !== undefined);
  return options;
}

function problems(env: Variables): readonly string[] {
  const parsed = settings(env);
  return parsed.ok ? [] : parsed.problems;
}

Deno.test("Variables set the options of the default namespace", () => {
  const options = optionsOf({
    CHANNEL_PRESENCE: "false",
    CHANNEL_JOIN_LEAVE: "false",
    CHANNEL_HISTORY_SIZE: "5",
    CHANNEL_HISTORY_TTL: "2m",
    CHANNEL_FORCE_RECOVERY: "false",
    CHANNEL_RECOVERY_MODE: "cache",
    CHANNEL_AUTO_CACHE_RECOVER: "true",
    CHANNEL_RECOVERY_SIZE: "400",
    CHANNEL_DELTA: "fossil",
    CHANNEL_TAGS_FILTER: "true",
    CHANNEL_SLOW_POLICY: "keepLatest",
    CHANNEL_CONFLATION_KEY: "symbol",
    CHANNEL_ALLOW: "subscribe, history",
  });
  assertEquals(options, {
    presence: false,
    joinLeave: false,
    historySize: 5,
    historyTtlMs: 120_000,
    forceRecovery: false,
    recoveryMode: "cache",
    autoCacheRecover: true,
    recoverySize: 400,
    delta: ["fossil"],
    tagsFilter: true,
    slowPolicy: "keepLatest",
    conflationKey: "symbol",
    allow: ["subscribe", "history"],
  });
});

Deno.test("A variable goes before the file, and namespaces inherit it", () => {
  const env = { CONFIG: "news.json", CHANNEL_HISTORY_SIZE: "5" };
  assertEquals(optionsOf(env).historySize, 5);
  assertEquals(optionsOf(env).presence, false);
  assertEquals(optionsOf(env, "news:today").historySize, 9);
  const bare = { CONFIG: "news.json", CHANNEL_ALLOW: "none" };
  assertEquals(optionsOf(bare, "news:today").allow, []);
});

Deno.test("Every problem is reported at once, by variable or by path in the file", () => {
  const found = problems({
    CONFIG: "typo.json",
    CHANNEL_PRESENCE: "yes",
    CHANNEL_HISTORY_SIZE: "1000001",
    CHANNEL_DELTA: "fossil,xdelta",
  });
  assertEquals(found, [
    'CHANNEL_PRESENCE="yes": expected true or false',
    'CHANNEL_HISTORY_SIZE="1000001": expected a whole number from 0 to 1000000',
    'CHANNEL_DELTA="fossil,xdelta": expected one of fossil, but got "xdelta"',
    'CONFIG="typo.json": $.channels.default.histroySize: unknown key',
  ]);
});

Deno.test("A file that cannot be read, or is no JSON, is named", () => {
  const missing = problems({ CONFIG: "gone.json" });
  assertEquals(missing, [
    'CONFIG="gone.json": expected a file with JSON: no such file',
  ]);
  assert(problems({ CONFIG: "broken.json" })[0]?.includes('"broken.json"'));
});
