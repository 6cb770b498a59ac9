import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  CHANNEL_ACTIONS,
  DEFAULT_CHANNEL_OPTIONS,
  keepsHistory,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";

const CHAT = Object.freeze({ ...DEFAULT_CHANNEL_OPTIONS, historySize: 1 });
const NAMESPACES = new Namespaces(
  DEFAULT_CHANNEL_OPTIONS,
  new Map([["chat", CHAT], ["__proto__", CHAT]]),
);

Deno.test("Channels have the documented defaults, and there are no namespaces", () => {
  assertEquals(DEFAULT_CHANNEL_OPTIONS as unknown, {
    presence: true,
    joinLeave: true,
    historySize: 100,
    historyTtlMs: 300_000,
    forceRecovery: true,
    recoveryMode: "stream",
    autoCacheRecover: false,
    recoverySize: 300,
    delta: [],
    tagsFilter: false,
    slowPolicy: "close",
    conflationKey: "",
    allow: ["subscribe", "publish", "presence", "history"],
  });
  const namespaces = new Namespaces();
  assertStrictEquals(namespaces.resolve("room"), DEFAULT_CHANNEL_OPTIONS);
  assertEquals(namespaces.resolve("news:today"), undefined);
});

for (
  const [historySize, historyTtlMs, kept] of [
    [1, 1, true],
    [0, 1, false],
    [1, 0, false],
  ] as const
) {
  Deno.test(`Channels with ${historySize} publications for ${historyTtlMs} ms keep ${kept ? "a" : "no"} history`, () => {
    assertEquals(keepsHistory({ historySize, historyTtlMs }), kept);
  });
}

Deno.test("The defaults are frozen", () => {
  assert(Object.isFrozen(DEFAULT_CHANNEL_OPTIONS));
  assert(Object.isFrozen(DEFAULT_CHANNEL_OPTIONS.delta));
  assert(Object.isFrozen(CHANNEL_ACTIONS));
});

Deno.test("A channel is resolved by its namespace, to the same options every time", () => {
  for (
    const channel of [
      "chat:room",
      "$chat:a:b",
      "chat:",
      "chat:#alice",
      "__proto__:room",
    ]
  ) assertStrictEquals(NAMESPACES.resolve(channel), CHAT, channel);
  for (
    const channel of ["room", "$room", "#alice", "#a:b", "room#a:b", "chat"]
  ) {
    const options = NAMESPACES.resolve(channel);
    assertStrictEquals(options, DEFAULT_CHANNEL_OPTIONS, channel);
  }
});

Deno.test("A channel of an unknown or empty namespace, and an inbox, have no options", () => {
  for (
    const channel of [
      "Chat:room",
      "chat :room",
      ":room",
      "$:room",
      "$$chat:room",
      "\0",
      "\0alice",
      "\0chat:room",
      "constructor:room",
      "toString:room",
    ]
  ) assertEquals(NAMESPACES.resolve(channel), undefined, channel);
});
