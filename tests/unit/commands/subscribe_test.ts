import { namespacesOf } from "../../../lib/channel/channel_options.ts";
import { assert, assertEquals, assertObjectMatch } from "@std/assert";
import { parseChannelOptions } from "../../../server/channel_file.ts";
import { unsubscribes } from "../../../lib/base/disconnect.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";
import { type Message, SdkClient } from "../../support/sdk_client.ts";

const parsed = parseChannelOptions({
  channels: {
    namespaces: {
      bare: { historySize: 0, joinLeave: false, presence: false },
      closed: { allow: [] },
      loose: { forceRecovery: false },
      short: { recoverySize: 2 },
      long: { recoverySize: 400, historySize: 401 },
    },
  },
});
assert(parsed.ok);
const namespaces = namespacesOf(parsed.value);

/** A scene in which names and some channels need a token. */
function guarded(options: SceneOptions = {}): Scene {
  return new Scene({
    insecureAnonymousAll: false,
    tokens: fakeTokens,
    namespaces,
    ...options,
  });
}

function alice(scene: Scene): Promise<SdkClient> {
  return SdkClient.connect(scene, { claims: { sub: "alice" } });
}

function subscribe(
  client: SdkClient,
  channel: string,
  fields: Message = {},
): Promise<Message[]> {
  return client.ask({ id: 2, subscribe: { channel, ...fields } });
}

Deno.test("The reply to a subscription has the position of the stream", async () => {
  const scene = guarded();
  const client = await alice(scene);
  await scene.hub.publish("news", "one");
  const { epoch } = await scene.hub.broker.position("news");
  assertEquals(await subscribe(client, "news"), [{
    id: 2,
    subscribe: { recoverable: true, positioned: true, epoch, offset: 1 },
  }]);
});

Deno.test("Where no history is kept there is no position, whatever the client asks for", async () => {
  const client = await alice(guarded());
  const queries = { positioned: true, recoverable: true, recover: true };
  assertEquals(await subscribe(client, "bare:a", queries), [
    { id: 2, subscribe: { was_recovering: true } },
  ]);
});

Deno.test("Where recovery is not forced, a client gets a position by asking for it", async () => {
  const client = await alice(guarded());
  assertEquals(await subscribe(client, "loose:a"), [{ id: 2, subscribe: {} }]);
  const [reply] = await subscribe(client, "loose:b", { recoverable: true });
  assertObjectMatch(reply!, { subscribe: { positioned: true } });
});

const REFUSALS: readonly (readonly [string, string, Message, number])[] = [
  ["an unknown namespace", "nowhere:a", {}, 102],
  ["a channel that allows nothing", "closed:a", {}, 103],
  ["a private channel without a token", "$room", {}, 103],
  ["another user's channel", "#bob", {}, 103],
  ["an inbox", "\0bob", {}, 102],
  ["a name of 256 bytes", "a".repeat(256), {}, 107],
  ["a name with a line break", "a\nb", {}, 107],
  ["an expired token", "$room", { token: "expired" }, 109],
  ["an invalid token", "$room", { token: "invalid" }, 103],
  ["an invalid token", "news", { token: "invalid" }, 103],
  ["a token that is not valid yet", "$room", { token: "early" }, 100],
  [
    "a token that cannot be verified now",
    "$room",
    { token: "unavailable" },
    100,
  ],
  ["a map", "news", { type: 1 }, 108],
  [
    "what has a tag, where that is not allowed",
    "news",
    { tf: { key: "lang", cmp: "eq", val: "de" } },
    107,
  ],
];

for (const [name, channel, fields, code] of REFUSALS) {
  Deno.test(`To subscribe to ${name} is error ${code}`, async () => {
    const client = await alice(guarded());
    const [reply] = await subscribe(client, channel, fields);
    assertObjectMatch(reply!, { id: 2, error: { code } });
    assertEquals(client.closeCode, undefined);
    assertEquals(client.connection.channels.size, 0);
  });
}

Deno.test("Where anybody may do everything, no name and no namespace refuses, but what is no channel", async () => {
  const client = await SdkClient.connect(new Scene({ namespaces }));
  const open = ["room", "closed:room", "$room", "#bob", "chat#1,2", "a#b#c"];
  for (const channel of open) {
    const [reply] = await subscribe(client, channel);
    assertObjectMatch(reply!, { subscribe: {} });
  }
  for (const channel of ["\0", "\0bob", "\0closed:bob"]) {
    const [reply] = await subscribe(client, channel);
    assertObjectMatch(reply!, { error: { code: 102 } });
  }
});

const FORGED: readonly (readonly [string, string])[] = [
  ["another channel's token", tokenOf({ sub: "alice", channel: "$other" })],
  ["another user's token", tokenOf({ sub: "bob", channel: "$room" })],
  ["a token without a uid", tokenOf({ channel: "$room" })],
  [
    "another connection's token",
    tokenOf({ sub: "alice", channel: "$room", client: "x" }),
  ],
];

for (const [name, token] of FORGED) {
  Deno.test(`To subscribe with ${name} ends the connection with 3500, and only the log knows why`, async () => {
    const scene = guarded();
    const client = await alice(scene);
    assertEquals(await subscribe(client, "$room", { token }), []);
    assertEquals(client.closed, { code: 3500, reason: "invalid token" });
    assert(scene.logs.some(({ event }) => event === "token_refused"));
  });
}

Deno.test("A private channel opens to its token, a personal one to its user, any to a capability", async () => {
  const scene = guarded();
  const caps = [{
    channels: ["$team:*", "closed:*"],
    match: "wildcard",
    allow: ["sub"],
  }];
  const client = await SdkClient.connect(scene, {
    claims: { sub: "alice", caps },
  });
  const token = tokenOf({
    sub: "alice",
    channel: "$room",
    info: { role: "x" },
  });
  for (
    const [channel, fields] of [
      ["$room", { token }],
      ["#alice", {}],
      ["chat#alice,bob", {}],
      ["closed:a", {}],
    ] as const
  ) {
    const [reply] = await subscribe(client, channel, fields);
    assertEquals([channel, reply?.error], [channel, undefined]);
  }
  const { info } = scene.hub.subscriptions.find(client.connection, "$room")!;
  assertEquals(info.chanInfo, '{"role":"x"}');
});

Deno.test("A second subscription to a channel is error 105, and the first goes on", async () => {
  const scene = guarded();
  const client = await alice(scene);
  await subscribe(client, "bare:a");
  const [reply] = await subscribe(client, "bare:a");
  assertObjectMatch(reply!, { error: { code: 105 } });
  await scene.hub.publish("bare:a", "hi");
  assertEquals(client.take().length, 1);
});

Deno.test("One channel more than a connection may have is error 106", async () => {
  const client = await alice(guarded({ limits: { maxChannels: 1 } }));
  await subscribe(client, "bare:a");
  const [reply] = await subscribe(client, "bare:b");
  assertObjectMatch(reply!, { error: { code: 106 } });
  await client.ask({ id: 3, unsubscribe: { channel: "bare:a" } });
  assertEquals(await subscribe(client, "bare:b"), [{ id: 2, subscribe: {} }]);
});

Deno.test("A position that cannot be recovered is error 112 to those who want to hear it so", async () => {
  const scene = guarded();
  const [client, other] = [await alice(scene), await alice(scene)];
  await subscribe(other, "news", { join_leave: true });
  other.take();
  const lost = { recover: true, offset: 5, epoch: "gone", flag: 2 };
  const [reply] = await subscribe(client, "news", lost);
  assertObjectMatch(reply!, { error: { code: 112 } });
  assertEquals(
    scene.hub.subscriptions.find(client.connection, "news"),
    undefined,
  );
  assertEquals(other.take(), []);
  assertEquals((await scene.hub.presence.stats("news")).clients, 1);
  const [again] = await subscribe(client, "news", { ...lost, flag: 0 });
  assertObjectMatch(again!, { subscribe: { was_recovering: true } });
});

for (
  const [channel, missed, recovered] of [
    ["short:a", 2, true],
    ["short:a", 3, false],
    ["long:a", 400, true],
    ["long:a", 401, false],
  ] as const
) {
  const outcome = recovered ? "recovers" : "does not recover";
  Deno.test(`A client that missed ${missed} publications of ${channel} ${outcome}`, async () => {
    const scene = guarded();
    const { epoch } = await scene.hub.broker.position(channel);
    for (let count = 0; count < missed; count++) {
      await scene.hub.publish(channel, "x");
    }
    const client = await alice(scene);
    const since = { recover: true, offset: 0, epoch };
    const [reply] = await subscribe(client, channel, since);
    const { publications = [], ...result } = reply!.subscribe as {
      readonly recovered?: boolean;
      readonly publications?: readonly unknown[];
    };
    assertEquals(result.recovered === true, recovered);
    assertEquals(publications.length, recovered ? missed : 0);
  });
}

Deno.test("After unsubscribe's reply nothing more comes, and to unsubscribe from nothing is no mistake", async () => {
  const scene = guarded();
  const client = await alice(scene);
  await subscribe(client, "bare:a");
  scene.hub.publish("bare:a", "before");
  const messages = await client.ask({
    id: 3,
    unsubscribe: { channel: "bare:a" },
  });
  scene.hub.publish("bare:a", "after");
  assertEquals([...messages, ...client.take()], [
    { push: { channel: "bare:a", pub: { data: "before" } } },
    { id: 3, unsubscribe: {} },
  ]);
  const unknown = await client.ask({
    id: 4,
    unsubscribe: { channel: "no:where" },
  });
  assertEquals(unknown, [{ id: 4, unsubscribe: {} }]);
});

Deno.test("A subscription outlives its token by the grace, then ends with 2501", async () => {
  const scene = guarded({ limits: { pingIntervalMs: 1e9 } });
  const client = await alice(scene);
  const exp = scene.clock.wallTime / 1000 + 60;
  const token = tokenOf({ sub: "alice", channel: "$bare:a", exp });
  const [reply] = await subscribe(client, "$bare:a", { token });
  assertEquals(reply, { id: 2, subscribe: { expires: true, ttl: 60 } });
  scene.clock.advance(84_000);
  assertEquals(client.take(), []);
  scene.clock.advance(2_000);
  assertEquals(client.take(), [{
    push: { channel: "$bare:a", unsubscribe: { ...unsubscribes.expired } },
  }]);
  assertEquals(client.closeCode, undefined);
});

Deno.test("A refreshed subscription lasts as long as its new token, once it has one", async () => {
  const scene = guarded({ limits: { pingIntervalMs: 1e9 } });
  const client = await alice(scene);
  const exp = scene.clock.wallTime / 1000 + 60;
  const claims = { sub: "alice", channel: "$bare:a" };
  await subscribe(client, "$bare:a", { token: tokenOf({ ...claims, exp }) });
  const refresh = (channel: string, token: string) =>
    client.ask({ id: 3, sub_refresh: { channel, token } });
  const longer = tokenOf({ ...claims, exp: exp + 60 });
  assertEquals(await refresh("$bare:a", longer), [
    { id: 3, sub_refresh: { expires: true, ttl: 120 } },
  ]);
  scene.clock.advance(100_000);
  assertEquals(client.take(), []);
  assertObjectMatch((await refresh("$bare:a", ""))[0]!, {
    error: { code: 107 },
  });
  assertObjectMatch((await refresh("$bare:a", "expired"))[0]!, {
    error: { code: 109 },
  });
  assertObjectMatch((await refresh("bare:b", longer))[0]!, {
    error: { code: 103 },
  });
  assertEquals(await refresh("$bare:a", tokenOf(claims)), [{
    id: 3,
    sub_refresh: {},
  }]);
  scene.clock.advance(200_000);
  assertEquals(client.take(), []);
});

Deno.test("The program may refuse a subscription, or say something with it", async () => {
  const scene = new Scene({
    namespaces,
    onSubscribe: ({ channel, data }) => {
      if (channel === "bare:no") throw new Error("a fault of the program");
      return { data: { said: data }, info: [1] };
    },
  });
  const client = await SdkClient.connect(scene);
  assertEquals(await subscribe(client, "bare:yes", { data: "x" }), [
    { id: 2, subscribe: { data: { said: "x" } } },
  ]);
  const { info } = scene.hub.subscriptions.find(client.connection, "bare:yes")!;
  assertEquals(info.chanInfo, "[1]");
  const [reply] = await subscribe(client, "bare:no");
  assertObjectMatch(reply!, { error: { code: 100, temporary: true } });
});
