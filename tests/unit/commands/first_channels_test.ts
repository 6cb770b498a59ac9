/** While a client is subscribed to its first channels, anything may happen to them. */

import { assertEquals, assertObjectMatch } from "@std/assert";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { unsubscribes } from "../../../lib/base/disconnect.ts";
import { MemoryPresence } from "../../../lib/presence/memory.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

/** A scene in which it takes time to be present in some channels. */
function gated() {
  const clock = new FakeClock();
  const presence = new MemoryPresence({ clock, ttlMs: 30_000 });
  const gates = new Map<string, Promise<void>>();
  const add = presence.add.bind(presence);
  presence.add = async (channel, info) => {
    await gates.get(channel);
    await add(channel, info);
  };
  const hold = (channel: string) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gates.set(channel, promise);
    return resolve;
  };
  const scene = new Scene({ presence, tokens: fakeTokens });
  return { scene, hold };
}

const TOKEN = tokenOf({ sub: "alice", channels: ["a", "b"] });

Deno.test("A connect reply names no subscription that has ended meanwhile, and nothing comes before it", async () => {
  const { scene, hold } = gated();
  const open = hold("b");
  const client = new SdkClient(scene);
  await client.ask({ id: 1, connect: { token: TOKEN } });
  const { connection } = client;
  for (const channel of ["a", "b"]) {
    scene.hub.subscriptions.end(connection, channel, unsubscribes.server);
  }
  const user = "alice";
  const question = { type: "subscribe", channel: "c", override: {}, user };
  await scene.hub.broker.call(undefined, question);
  assertEquals(client.take(), []);
  open();
  await scene.settle();
  const [reply, ...more] = client.take();
  assertObjectMatch(reply!, { id: 1, connect: { client: connection.id } });
  assertEquals(JSON.stringify(reply).includes('"subs"'), false);
  assertEquals(more, []);
  assertEquals(connection.channels.size, 0);
  assertEquals((await scene.hub.presence.stats("a")).clients, 0);
});

Deno.test("A text client is not notified of a subscription that has ended meanwhile", async () => {
  const { scene, hold } = gated();
  const open = hold("b");
  const { connection, transport } = scene.connect(null);
  connection.receive(`auth:${TOKEN}`);
  await scene.settle();
  scene.hub.subscriptions.end(connection, "a", unsubscribes.server);
  open();
  await scene.settle();
  assertEquals(transport.take(), ["+#b"]);
});

Deno.test("A subscription that the backend makes first is no failure of the token's", async () => {
  const { scene, hold } = gated();
  const open = hold("a");
  const { connection, transport } = scene.connect(null);
  connection.receive(`auth:${TOKEN}`);
  await scene.settle();
  await scene.hub.broker.call(undefined, {
    type: "subscribe",
    channel: "b",
    override: {},
    user: "alice",
  });
  open();
  await scene.settle();
  assertEquals(transport.take(), ["+#b", "+#a"]);
  assertEquals(transport.closed, undefined);
});

Deno.test("A client that goes while it is subscribed leaves nothing, and is missed once", async () => {
  const { scene, hold } = gated();
  const open = hold("b");
  const client = new SdkClient(scene);
  await client.ask({ id: 1, connect: { token: TOKEN } });
  client.connection.ended();
  open();
  await scene.settle();
  assertEquals(scene.hub.channels.size, 0);
  assertEquals(client.take(), []);
});

/** Settings of a token and of a namespace for a channel, and their outcome. */
const OVERRIDES = [
  [{}, true, { recovers: true, hears: false }],
  [{ force_recovery: { value: false } }, true, { recovers: false }],
  [{ force_recovery: { value: true } }, false, { recovers: true }],
  [{}, false, { recovers: false }],
  [{ force_push_join_leave: { value: true } }, true, { hears: true }],
  [{ force_push_join_leave: { value: true } }, false, { hears: false }],
] as const;

for (const [override, isOn, expected] of OVERRIDES) {
  Deno.test(`A token that says ${JSON.stringify(override)} of a channel whose options are ${isOn ? "on" : "off"} means ${JSON.stringify(expected)}`, async () => {
    const namespaces = new Namespaces({
      ...DEFAULT_CHANNEL_OPTIONS,
      forceRecovery: isOn,
      joinLeave: isOn,
    });
    const scene = new Scene({ tokens: fakeTokens, namespaces });
    const client = new SdkClient(scene);
    const token = tokenOf({ sub: "alice", subs: { news: { override } } });
    await client.ask({ id: 1, connect: { token } });
    const subscription = scene.hub.subscriptions.find(
      client.connection,
      "news",
    );
    const { positioned: recovers, joinLeave: hears } = subscription!;
    assertObjectMatch({ recovers, hears }, expected);
  });
}

Deno.test("What a token says of a channel goes before what the program says, and whose channels it names is whom the program calls it", async () => {
  const scene = new Scene({
    insecureAnonymousAll: false,
    tokens: fakeTokens,
    onConnect: () => ({ uid: "bob", channels: ["news"] }),
  });
  const client = new SdkClient(scene);
  const subs = { "news": { info: { by: "token" } }, "#alice": {}, "#bob": {} };
  const token = tokenOf({ sub: "alice", subs });
  await client.ask({ id: 1, connect: { token } });
  const { connection } = client;
  assertEquals([...connection.channels].toSorted(), ["#bob", "news"]);
  const { chanInfo } = scene.hub.subscriptions.find(connection, "news")!.info;
  assertEquals(chanInfo, '{"by":"token"}');
});
