import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { parseChannelOptions } from "../../../server/channel_file.ts";
import {
  DEFAULT_CHANNEL_OPTIONS,
  type Namespaces,
  namespacesOf,
} from "../../../lib/channel/channel_options.ts";

function parse(json: unknown): Namespaces {
  const parsed = parseChannelOptions(json);
  assert(parsed.ok, String(!parsed.ok && parsed.problems));
  return namespacesOf(parsed.value);
}

function problems(json: unknown): readonly string[] {
  const parsed = parseChannelOptions(json);
  return parsed.ok ? [] : parsed.problems;
}

Deno.test("A file that says nothing leaves the defaults", () => {
  for (const json of [{}, { channels: {} }, { channels: { default: {} } }]) {
    const namespaces = parse(json);
    assertEquals(namespaces.resolve("room"), DEFAULT_CHANNEL_OPTIONS);
    assertEquals(namespaces.resolve("news:today"), undefined);
  }
});

Deno.test("A namespace inherits from the default what it does not say, and that from the built-in", () => {
  const namespaces = parse({
    channels: {
      default: {
        presence: false,
        historySize: 7,
        historyTtl: "1m",
        recoveryMode: "cache",
        delta: ["fossil"],
      },
      namespaces: {
        news: { historySize: 1000, historyTtl: "1h", allow: ["subscribe"] },
        plain: {},
      },
    },
  });
  const base = {
    ...DEFAULT_CHANNEL_OPTIONS,
    presence: false,
    historySize: 7,
    historyTtlMs: 60_000,
    recoveryMode: "cache" as const,
    delta: ["fossil" as const],
  };
  assertEquals(namespaces.resolve("room"), base);
  assertEquals(namespaces.resolve("plain:room"), base);
  assertEquals(namespaces.resolve("news:room"), {
    ...base,
    historySize: 1000,
    historyTtlMs: 3_600_000,
    allow: ["subscribe"],
  });
});

Deno.test("The options of a file are frozen", () => {
  const said = { delta: ["fossil"], allow: [] };
  const namespaces = parse({
    channels: { default: said, namespaces: { chat: said, plain: {} } },
  });
  for (const channel of ["room", "chat:room", "plain:room"]) {
    const options = namespaces.resolve(channel);
    assert(Object.isFrozen(options));
    assert(Object.isFrozen(options?.allow));
    assert(Object.isFrozen(options?.delta));
  }
});

Deno.test("History is kept for whole milliseconds", () => {
  const namespaces = parse({
    channels: { default: { historyTtl: "1.0005s" } },
  });
  assertEquals(namespaces.resolve("room")?.historyTtlMs, 1001);
});

Deno.test("A namespace may have a name that means something to JavaScript", () => {
  const text = `{ "channels": { "namespaces": {
    "__proto__": { "historySize": 1 },
    "constructor": { "historySize": 2 },
    "prototype": { "historySize": 3 },
    "toString": { "historySize": 4 }
  } } }`;
  const namespaces = parse(JSON.parse(text));
  const sizes = ["__proto__", "constructor", "prototype", "toString"]
    .map((name) => namespaces.resolve(`${name}:x`)?.historySize);
  assertEquals(sizes, [1, 2, 3, 4]);
  assertEquals(namespaces.resolve("valueOf:x"), undefined);
  assertNotEquals(namespaces.resolve("room")?.historySize, 1);
});

Deno.test("Without history there is nothing to recover", () => {
  const namespaces = parse({
    channels: {
      default: { historySize: 0 },
      namespaces: { news: { historySize: 1 } },
    },
  });
  assertEquals(namespaces.resolve("room")?.forceRecovery, false);
  assertEquals(namespaces.resolve("news:x")?.forceRecovery, true);
});

Deno.test("Every wrong channel option is named with what was expected, all at once", () => {
  const json = {
    channels: {
      default: {
        presence: "yes",
        joinLeave: 1,
        historySize: -1,
        historyTtl: "soon",
        forceRecovery: null,
        recoveryMode: "tape",
        recoverySize: 10_001,
        delta: ["fossil", "xdelta"],
        tagsFilter: "fossil",
        allow: "subscribe",
        histroy: {},
      },
      namespaces: {
        news: { historySiz: 1, historySize: 1.5, historyTtl: 300 },
        old: { historyTtl: "1000000h", historySize: 1_000_001 },
        new: { historyTtl: "0", allow: ["subscribe", "sub"] },
        list: [],
      },
      namespace: {},
    },
    other: 1,
  };
  assertEquals(problems(json), [
    '$.channels.default.presence: expected true or false, but got "yes"',
    "$.channels.default.joinLeave: expected true or false, but got 1",
    "$.channels.default.historySize: expected a whole number from 0 to 1000000, but got -1",
    '$.channels.default.historyTtl: expected a duration such as 300s or 1h, but got "soon"',
    "$.channels.default.forceRecovery: expected true or false, but got null",
    '$.channels.default.recoveryMode: expected one of stream, cache, but got "tape"',
    "$.channels.default.recoverySize: expected a whole number from 0 to 10000, but got 10001",
    '$.channels.default.delta[1]: expected one of fossil, but got "xdelta"',
    '$.channels.default.tagsFilter: expected true or false, but got "fossil"',
    '$.channels.default.allow: expected a list of subscribe, publish, presence, history, but got "subscribe"',
    "$.channels.default.histroy: unknown key",
    "$.channels.namespaces.news.historySize: expected a whole number from 0 to 1000000, but got 1.5",
    "$.channels.namespaces.news.historyTtl: expected a duration such as 300s or 1h, but got 300",
    "$.channels.namespaces.news.historySiz: unknown key",
    "$.channels.namespaces.old.historySize: expected a whole number from 0 to 1000000, but got 1000001",
    '$.channels.namespaces.old.historyTtl: expected a duration from 1s to 8760h, but got "1000000h"',
    '$.channels.namespaces.new.historyTtl: expected a duration from 1s to 8760h, but got "0"',
    '$.channels.namespaces.new.allow[1]: expected one of subscribe, publish, presence, history, but got "sub"',
    "$.channels.namespaces.list: expected an object, but got []",
    "$.channels.namespace: unknown key",
    "$.other: unknown key",
  ]);
});

Deno.test("A namespace that no channel name could reach is a mistake", () => {
  for (const name of ["", "a:b", "#a", "a#b", "$a", "a\n", "a".repeat(256)]) {
    const [problem, ...others] = problems({
      channels: { namespaces: { [name]: {} } },
    });
    assertEquals(others, []);
    assert(problem?.includes('without ":", "#" and "$"'), problem);
  }
  assertEquals(problems({ channels: { namespaces: { "a b.c/é": {} } } }), []);
});

Deno.test("A file that is not an object is a mistake", () => {
  for (const json of [null, [], "channels", 1]) {
    assertEquals(problems(json).length, 1);
    assertEquals(problems({ channels: json }).length, 1);
    assertEquals(problems({ channels: { default: json } }).length, 1);
    assertEquals(problems({ channels: { namespaces: json } }).length, 1);
  }
});
