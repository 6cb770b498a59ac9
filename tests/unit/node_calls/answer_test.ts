import { assertEquals, assertFalse, assertRejects } from "@std/assert";
import type { Done, NodeCall } from "../../../lib/node_calls/node_call.ts";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";
import { dataOf, SdkClient } from "../../support/sdk_client.ts";

function createScene(options: SceneOptions = {}): Scene {
  return new Scene({ tokens: fakeTokens, ...options });
}

function sdk(scene: Scene, sub: string): Promise<SdkClient> {
  return SdkClient.connect(scene, { claims: { sub } });
}

async function ask(scene: Scene, question: NodeCall): Promise<unknown> {
  const [answer] = await scene.hub.broker.call(undefined, question);
  return answer;
}

const SUBSCRIBE = { type: "subscribe", channel: "news", override: {} } as const;
const DISCONNECT = {
  type: "disconnect",
  code: 3503,
  reason: "force disconnect",
  whitelist: [],
} as const;

Deno.test("A call subscribes each connection of a user, notifies its client, then lets publications through", async () => {
  const scene = createScene();
  const [phone, laptop] = [await sdk(scene, "bob"), await sdk(scene, "bob")];
  const other = await sdk(scene, "alice");
  const text = scene.connect("bob");
  const done = await ask(scene, {
    ...SUBSCRIBE,
    user: "bob",
    data: '{"welcome":true}',
  });
  assertEquals<unknown>(done, { count: 3 } satisfies Done);
  await scene.hub.publish("news", "hello");
  for (const client of [phone, laptop]) {
    const [told, ...rest] = client.take()
      // The joins of others arrive, too.
      .filter(({ push }) => !JSON.stringify(push).includes('"join"'));
    const { epoch } = await scene.hub.broker.position("news");
    const subscribe = {
      recoverable: true,
      positioned: true,
      epoch,
      data: { welcome: true },
    };
    assertEquals(told, { push: { channel: "news", subscribe } });
    assertEquals(dataOf(rest), ["hello"]);
  }
  assertEquals(text.transport.take(), ["+#news", "#news:hello"]);
  assertEquals(other.take(), []);
});

Deno.test("A call to subscribe leaves a standing subscription as it is", async () => {
  const scene = createScene();
  const client = await sdk(scene, "bob");
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  assertEquals(await ask(scene, { ...SUBSCRIBE, user: "bob" }), { count: 0 });
  assertEquals(client.take(), []);
});

Deno.test("The answer has the reason why a connection cannot be subscribed, and the others are subscribed", async () => {
  const scene = createScene({ limits: { maxChannels: 1 } });
  const full = await sdk(scene, "bob");
  await full.ask({ id: 2, subscribe: { channel: "other" } });
  await sdk(scene, "bob");
  assertEquals(await ask(scene, { ...SUBSCRIBE, user: "bob" }), {
    count: 1,
    error: {
      code: 106,
      message:
        'cannot subscribe to "news": the connection already has 1 channels',
    },
  });
});

Deno.test("A call to subscribe sends what was published since a position after the push", async () => {
  const scene = createScene();
  const client = await sdk(scene, "bob");
  const { epoch } = await scene.hub.publish("news", "one");
  await scene.hub.publish("news", "two");
  const since = { offset: 1, epoch };
  await ask(scene, { ...SUBSCRIBE, user: "bob", since });
  await scene.hub.publish("news", "three");
  const [told, ...rest] = client.take();
  assertFalse(JSON.stringify(told).includes('"publications"'));
  assertEquals(dataOf(rest), ["two", "three"]);
});

Deno.test("A subscription that control has made ends the connection when it expires", async () => {
  const scene = createScene({ limits: { pingIntervalMs: 100_000 } });
  const client = await sdk(scene, "bob");
  const expireAt = scene.clock.wallTime / 1000 + 10;
  await ask(scene, { ...SUBSCRIBE, user: "bob", expireAt });
  scene.clock.advance(34_999);
  assertEquals(client.closeCode, undefined);
  scene.clock.advance(1);
  assertEquals(client.closeCode, 3006);
});

Deno.test("A call does nothing to connections that are not admitted yet", async () => {
  const scene = createScene();
  const { connection } = scene.connect(null);
  const question = { ...SUBSCRIBE, client: connection.id };
  assertEquals(await ask(scene, question), { count: 0 });
});

Deno.test("A node call ends a subscription with 2000, of the client or of the server", async () => {
  const scene = createScene();
  const client = await sdk(scene, "bob");
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  const question = { type: "unsubscribe", channel: "news" } as const;
  assertEquals(await ask(scene, { ...question, user: "bob" }), { count: 1 });
  assertEquals(client.take(), [{
    push: {
      channel: "news",
      unsubscribe: { code: 2000, reason: "server unsubscribe" },
    },
  }]);
  assertEquals(await ask(scene, { ...question, user: "bob" }), { count: 0 });
  await scene.hub.publish("news", "hello");
  assertEquals(client.take(), []);
});

Deno.test("A call selects the connections that fit user, client and session together", async () => {
  const scene = createScene();
  const [one, two] = [await sdk(scene, "bob"), await sdk(scene, "bob")];
  scene.hub.openSession(two.connection);
  const { id } = one.connection;
  const session = two.connection.session ?? "";
  const count = async (selection: object) => {
    const question = { type: "refresh", expired: false } as const;
    return await ask(scene, { ...question, ...selection });
  };
  assertEquals(await count({ user: "bob" }), { count: 2 });
  assertEquals(await count({ user: "bob", client: id }), { count: 1 });
  assertEquals(await count({ client: id }), { count: 1 });
  assertEquals(await count({ user: "alice", client: id }), { count: 0 });
  assertEquals(await count({ session }), { count: 1 });
  assertEquals(await count({ session, client: id }), { count: 0 });
  assertEquals(await count({ session: "another" }), { count: 0 });
  assertEquals(await count({}), { count: 0 });
});

Deno.test("A call ends the connections of a user but those on the whitelist", async () => {
  const scene = createScene();
  const [gone, kept] = [await sdk(scene, "bob"), await sdk(scene, "bob")];
  const whitelist = [kept.connection.id];
  const question = { ...DISCONNECT, user: "bob", whitelist };
  assertEquals(await ask(scene, question), { count: 1 });
  assertEquals(gone.take(), []);
  assertEquals(gone.closed, { code: 3503, reason: "force disconnect" });
  assertEquals(kept.closeCode, undefined);
});

Deno.test("A uid that looks like a property of every object is a uid like others", async () => {
  const scene = createScene();
  const client = await sdk(scene, "__proto__");
  const question = { ...DISCONNECT, user: "constructor" };
  assertEquals(await ask(scene, question), { count: 0 });
  assertEquals(await ask(scene, { ...question, user: "__proto__" }), {
    count: 1,
  });
  assertEquals(client.closeCode, 3503);
});

Deno.test("A call lets a connection last longer, for ever, or ends it", async () => {
  const scene = createScene();
  const exp = scene.clock.wallTime / 1000 + 60;
  const connect = () => SdkClient.connect(scene, { claims: { sub: "a", exp } });
  const refresh = { type: "refresh", user: "a", expired: false } as const;
  const client = await connect();
  await ask(scene, { ...refresh, expireAt: exp + 60 });
  const { now, wallTime } = scene.clock;
  const leftMs = client.connection.expireBy - now;
  assertEquals(leftMs, (exp + 60 + 25) * 1000 - wallTime);
  await ask(scene, refresh);
  assertEquals(client.connection.expireBy, Infinity);
  const text = scene.connect("a");
  await ask(scene, { ...refresh, expireAt: exp });
  assertEquals(text.connection.expireBy - now, exp * 1000 - wallTime);
  await ask(scene, { ...refresh, expireAt: exp - 60 });
  assertEquals(client.closeCode, 3005);
  const other = await connect();
  await ask(scene, { ...refresh, expired: true });
  assertEquals(other.closeCode, 3005);
});

Deno.test("A call lists the channels with a subscriber by pattern, and no inbox", async () => {
  const namespaces = new Namespaces(
    DEFAULT_CHANNEL_OPTIONS,
    new Map([["chat", DEFAULT_CHANNEL_OPTIONS]]),
  );
  const scene = createScene({ namespaces });
  const [alice, bob] = [await sdk(scene, "alice"), await sdk(scene, "bob")];
  for (const channel of ["chat:1", "news", "__proto__"]) {
    await alice.ask({ id: 2, subscribe: { channel } });
  }
  await bob.ask({ id: 2, subscribe: { channel: "news" } });
  const channels = async (pattern?: string) =>
    await ask(scene, { type: "channels", pattern });
  assertEquals(await channels(), [
    ["chat:1", 1],
    ["news", 2],
    ["__proto__", 1],
  ]);
  assertEquals(await channels("chat:*"), [["chat:1", 1]]);
  assertEquals(await channels("news"), [["news", 2]]);
  assertEquals(await channels("new"), []);
});

Deno.test("A call returns the numbers of what a node holds, and its uptime", async () => {
  const scene = createScene();
  const client = await sdk(scene, "bob");
  await sdk(scene, "bob");
  scene.connect("alice");
  scene.connect();
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  scene.clock.advance(1_999);
  assertEquals(await ask(scene, { type: "info" }), {
    uid: scene.hub.broker.node,
    version: "0.1.0",
    num_clients: 4,
    num_users: 2,
    num_channels: 1,
    num_subs: 1,
    uptime: 1,
  });
});

for (
  const question of [
    undefined,
    {},
    { type: "unheard of" },
    { type: "subscribe", user: "a", channel: "\0a" },
    { type: "disconnect", user: "a", code: -1, reason: "", whitelist: [] },
    { type: "disconnect", user: 1, code: 3000, reason: "", whitelist: [] },
  ]
) {
  Deno.test(`A node does not answer the call ${JSON.stringify(question)}`, async () => {
    const scene = createScene();
    await assertRejects(
      () => scene.hub.broker.call(undefined, question),
      TypeError,
      "Cannot answer a node call: $",
    );
  });
}

Deno.test("A connection that ends while it is subscribed is sent nothing, and not counted", async () => {
  const broker = memoryBroker();
  const gate = Promise.withResolvers<void>();
  const { subscribe } = broker;
  broker.subscribe = async (channel) => {
    await subscribe(channel);
    if (channel === "news") await gate.promise;
  };
  const scene = createScene({ broker });
  const client = await sdk(scene, "bob");
  const done = ask(scene, { ...SUBSCRIBE, user: "bob" });
  client.connection.ended();
  gate.resolve();
  assertEquals(await done, { count: 0 });
  assertEquals(client.take(), []);
});
