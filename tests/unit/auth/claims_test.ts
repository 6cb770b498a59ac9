import { assertEquals, assertThrows } from "@std/assert";
import {
  parseConnectionClaims,
  parseSubscriptionClaims,
} from "../../../lib/auth/claims.ts";
import { TokenError } from "../../../lib/auth/token_error.ts";

const NO_OVERRIDE = {};
const BARE = { info: undefined, data: undefined, override: NO_OVERRIDE };

/** Base64 with padding, as most languages encode bytes. */
function base64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}

Deno.test("A connection's claims may all be left out", () => {
  assertEquals(parseConnectionClaims({}), {
    uid: undefined,
    expiresAt: Infinity,
    info: undefined,
    subscriptions: new Map(),
    meta: undefined,
    caps: [],
  });
});

Deno.test("A connection's claims are read, and unknown ones ignored", () => {
  const claims = parseConnectionClaims({
    sub: "alice",
    exp: 2_000_000_000,
    iat: 1,
    jti: "1",
    info: { name: "Alice" },
    meta: { plan: "free" },
    caps: [{ channels: ["news"], allow: ["sub"] }],
    channel: 7,
    role: "admin",
  });
  assertEquals(claims, {
    uid: "alice",
    expiresAt: 2_000_000_000_000,
    info: '{"name":"Alice"}',
    subscriptions: new Map(),
    meta: { plan: "free" },
    caps: [{ patterns: [["news"]], allow: ["subscribe"] }],
  });
});

Deno.test("A subscription's claims are read, and unknown ones ignored", () => {
  const claims = parseSubscriptionClaims({
    sub: "alice",
    channel: "news",
    client: "c-1",
    exp: 2_000_000_000,
    info: [1],
    override: { presence: { value: true } },
    subs: 7,
  });
  assertEquals(claims.override.presence, true);
  assertEquals({ ...claims, override: {} }, {
    uid: "alice",
    channel: "news",
    client: "c-1",
    expiresAt: 2_000_000_000_000,
    info: "[1]",
    override: {},
  });
});

Deno.test("An empty subject is an anonymous client, as is none", () => {
  for (const claims of [{}, { sub: "" }]) {
    assertEquals(parseConnectionClaims(claims).uid, undefined);
    const { uid } = parseSubscriptionClaims({ ...claims, channel: "news" });
    assertEquals(uid, undefined);
  }
});

for (
  const [claims, expiresAt] of [
    [{}, Infinity],
    [{ exp: 0 }, 0],
    [{ exp: 10 }, 10_000],
    [{ exp: 10.5 }, 10_500],
    [{ exp: 10, expire_at: 20 }, 20_000],
    [{ exp: 20, expire_at: 10 }, 10_000],
    [{ exp: 10, expire_at: 0 }, Infinity],
    [{ expire_at: 20 }, 20_000],
    [{ expire_at: 0 }, Infinity],
  ] as const
) {
  Deno.test(`${JSON.stringify(claims)} ends at ${expiresAt} ms`, () => {
    assertEquals(parseConnectionClaims(claims).expiresAt, expiresAt);
    assertEquals(
      parseSubscriptionClaims({ ...claims, channel: "news" }).expiresAt,
      expiresAt,
    );
  });
}

for (
  const [claims, info] of [
    [{}, undefined],
    [{ info: null }, "null"],
    [{ info: "" }, '""'],
    [{ info: 0 }, "0"],
    [{ info: JSON.parse('{"__proto__":{"a":1}}') }, '{"__proto__":{"a":1}}'],
    [{ info: "a\nb" }, '"a\\nb"'],
    [{ b64info: base64('{"name":"Zoë 🦌"}') }, '{"name":"Zoë 🦌"}'],
    [{ b64info: base64('{\n "a": 1\n}') }, '{"a":1}'],
    [{ b64info: base64("1").replaceAll("=", "") }, "1"],
    [{ b64info: base64("1"), info: 2 }, "1"],
    [{ b64info: "", info: 2 }, "2"],
    [{ b64info: "" }, undefined],
  ] as const
) {
  Deno.test(`${JSON.stringify(claims)} is the info ${info}`, () => {
    assertEquals(parseConnectionClaims(claims).info, info);
    assertEquals(
      parseSubscriptionClaims({ ...claims, channel: "news" }).info,
      info,
    );
  });
}

Deno.test("Channels become subscriptions, with the options of subs where both name one", () => {
  const { subscriptions } = parseConnectionClaims({
    channels: ["news", "chat", "news"],
    subs: {
      chat: { info: { role: "admin" }, data: [1], override: {} },
      files: { b64info: base64("1"), b64data: base64('"x"'), unknown: 1 },
    },
  });
  assertEquals([...subscriptions.keys()], ["news", "chat", "files"]);
  assertEquals(subscriptions.get("news"), BARE);
  assertEquals(subscriptions.get("chat")?.info, '{"role":"admin"}');
  assertEquals(subscriptions.get("chat")?.data, "[1]");
  assertEquals(subscriptions.get("files")?.info, "1");
  assertEquals(subscriptions.get("files")?.data, '"x"');
});

Deno.test("A channel may be called as something that every object has", () => {
  const names = ["__proto__", "constructor", "prototype", "toString"];
  const subs = names.map((name) => `"${name}":{"data":"${name}"}`).join();
  const { subscriptions } = parseConnectionClaims(
    JSON.parse(`{"subs":{${subs}}}`),
  );
  assertEquals([...subscriptions.keys()], names);
  for (const name of names) {
    assertEquals(subscriptions.get(name)?.data, `"${name}"`);
  }
  const { channel } = parseSubscriptionClaims({ channel: "__proto__" });
  assertEquals(channel, "__proto__");
});

Deno.test("An override says yes, no, or nothing", () => {
  const override = {
    presence: { value: true },
    join_leave: { value: false },
    force_recovery: {},
    force_positioning: { value: true },
    unknown: 7,
  };
  const expected = {
    presence: true,
    joinLeave: false,
    forceRecovery: false,
    forcePositioning: true,
    forcePushJoinLeave: undefined,
  };
  const { subscriptions } = parseConnectionClaims({
    subs: { news: { override } },
  });
  assertEquals(subscriptions.get("news")?.override, expected);
  const claims = parseSubscriptionClaims({ channel: "news", override });
  assertEquals(claims.override, expected);
});

/** Claims of either kind of token that cannot be, and what the log says of them. */
const WRONG: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ sub: 7 }, "$.sub: expected a string, but got 7"],
  [{ sub: null }, "$.sub: expected a string, but got null"],
  [{ sub: "all" }, '$.sub: expected a uid, but got "all"'],
  [{ sub: "a\nb" }, '$.sub: expected a uid, but got "a\\nb"'],
  [{ sub: "\0bob" }, '$.sub: expected a uid, but got "\\u0000bob"'],
  [{ exp: "1" }, '$.exp: expected a number of seconds, but got "1"'],
  [
    { expire_at: null },
    "$.expire_at: expected a number of seconds, but got null",
  ],
  [{ b64info: 7 }, "$.b64info: expected a string, but got 7"],
  ...["{}", base64("{"), "Iv8i"].map((b64info) =>
    [
      { b64info },
      `$.b64info: expected JSON in base64, but got "${b64info}"`,
    ] as const
  ),
];

const WRONG_CONNECTION: typeof WRONG = [
  [{ channels: "a" }, '$.channels: expected an array, but got "a"'],
  [{ channels: ["a", 7] }, "$.channels[1]: expected a string, but got 7"],
  [
    { channels: [""] },
    '$.channels[0]: expected the name of a channel, but got ""',
  ],
  [
    { channels: ["\0bob"] },
    '$.channels[0]: expected the name of a channel, but got "\\u0000bob"',
  ],
  [{ subs: ["a"] }, '$.subs: expected an object, but got ["a"]'],
  [{ subs: null }, "$.subs: expected an object, but got null"],
  [
    { subs: { "\0": {} } },
    '$.subs[0][0]: expected the name of a channel, but got "\\u0000"',
  ],
  [{ subs: { a: 1 } }, "$.subs[0][1]: expected an object, but got 1"],
  [
    { subs: { a: { b64data: "{}" } } },
    '$.subs[0][1].b64data: expected JSON in base64, but got "{}"',
  ],
  [
    { subs: { a: { override: { presence: { value: 1 } } } } },
    "$.subs[0][1].override.presence.value: expected true or false, but got 1",
  ],
];

const WRONG_SUBSCRIPTION: typeof WRONG = [
  [
    { channel: undefined },
    '$.channel: expected the name of a channel, but got ""',
  ],
  [
    { channel: "\0bob" },
    '$.channel: expected the name of a channel, but got "\\u0000bob"',
  ],
  [{ channel: ["a"] }, '$.channel: expected a string, but got ["a"]'],
  [{ client: 7 }, "$.client: expected a string, but got 7"],
  [{ override: [] }, "$.override: expected an object, but got []"],
  [
    { override: { presence: true } },
    "$.override.presence: expected an object, but got true",
  ],
];

function assertInvalid(parse: () => unknown, message: string): void {
  const error = assertThrows(parse, TokenError);
  assertEquals(error.reason, "invalid");
  assertEquals(error.message, message);
}

for (const [claims, message] of [...WRONG, ...WRONG_CONNECTION]) {
  Deno.test(`A connection's token is invalid: ${message}`, () => {
    assertInvalid(() => parseConnectionClaims(claims), message);
  });
}

for (const [claims, message] of [...WRONG, ...WRONG_SUBSCRIPTION]) {
  Deno.test(`A subscription's token is invalid: ${message}`, () => {
    const all = { channel: "news", ...claims };
    assertInvalid(() => parseSubscriptionClaims(all), message);
  });
}
