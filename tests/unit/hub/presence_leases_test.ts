import { assertEquals, assertObjectMatch } from "@std/assert";
import { disconnects, unsubscribes } from "../../../lib/base/disconnect.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { Scene } from "../../support/scene.ts";
import { fieldOf, type Message, SdkClient } from "../../support/sdk_client.ts";

/** Joins and leaves among messages: the uid of each, with a sign before it. */
function comings(messages: readonly Message[]): string[] {
  return messages.flatMap(({ push }) => {
    const [join, leave] = [fieldOf(push, "join"), fieldOf(push, "leave")];
    if (join !== undefined) {
      return [`+${fieldOf(fieldOf(join, "info"), "user")}`];
    }
    if (leave !== undefined) {
      return [`-${fieldOf(fieldOf(leave, "info"), "user")}`];
    }
    return [];
  });
}

async function subscriber(
  scene: Scene,
  sub: string,
  fields: Message = {},
): Promise<SdkClient> {
  const client = await SdkClient.connect(scene, { claims: { sub } });
  await client.ask({ id: 2, subscribe: { channel: "news", ...fields } });
  return client;
}

function setUp(): Scene {
  return new Scene({ tokens: fakeTokens, limits: { pingIntervalMs: 1e9 } });
}

Deno.test("Who asks for it hears who joins and leaves, itself included; others do not", async () => {
  const scene = setUp();
  const alice = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  const delivered = await alice.ask({
    id: 2,
    subscribe: { channel: "news", join_leave: true },
  });
  const bob = await subscriber(scene, "bob");
  delivered.push(...alice.take());
  await bob.ask({ id: 3, unsubscribe: { channel: "news" } });
  delivered.push(...alice.take());
  assertEquals(delivered[0]?.id, 2);
  assertEquals(comings(delivered), ["+alice", "+bob", "-bob"]);
  assertEquals(comings(bob.take()), []);
});

const ENDS:
  readonly (readonly [string, (client: SdkClient, scene: Scene) => void])[] = [
    [
      "unsubscribes",
      (client) => client.send({ id: 3, unsubscribe: { channel: "news" } }),
    ],
    [
      "is unsubscribed",
      ({ connection }, { hub }) =>
        hub.subscriptions.end(connection, "news", unsubscribes.server),
    ],
    [
      "is disconnected",
      ({ connection }) => connection.disconnect(disconnects.forceReconnect),
    ],
    ["has gone", ({ connection }) => connection.ended()],
  ];

for (const [name, end] of ENDS) {
  Deno.test(`A client that ${name} is at once not present any more, and the others are notified once`, async () => {
    const scene = setUp();
    const watcher = await subscriber(scene, "watcher", { join_leave: true });
    const client = await subscriber(scene, "alice");
    watcher.take();
    assertEquals((await scene.hub.presence.stats("news")).clients, 2);
    end(client, scene);
    client.connection.ended();
    assertEquals((await scene.hub.presence.stats("news")).clients, 1);
    assertEquals(comings(watcher.take()), ["-alice"]);
  });
}

Deno.test("Presence outlasts its lease as long as the client is there", async () => {
  const scene = setUp();
  await subscriber(scene, "alice");
  scene.clock.advance(300_000);
  await scene.settle();
  assertEquals((await scene.hub.presence.stats("news")).clients, 1);
});

/** Lets leases arrive only when what is returned is called. */
function delayLeases({ hub: { presence } }: Scene): () => void {
  const gate = Promise.withResolvers<void>();
  const add = presence.add.bind(presence);
  presence.add = async (channel, info) => {
    await gate.promise;
    await add(channel, info);
  };
  return gate.resolve;
}

Deno.test("A client that ends while its lease is on its way leaves none", async () => {
  const scene = setUp();
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  const open = delayLeases(scene);
  client.send({ id: 2, subscribe: { channel: "news" } });
  await scene.settle();
  client.connection.ended();
  open();
  await scene.settle();
  assertEquals((await scene.hub.presence.stats("news")).clients, 0);
  assertEquals(scene.hub.channels.size, 0);
});

Deno.test("A client that the server unsubscribes while its lease is on its way is not notified of a subscription", async () => {
  const scene = setUp();
  const watcher = await subscriber(scene, "watcher", { join_leave: true });
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  watcher.take();
  const open = delayLeases(scene);
  client.send({ id: 2, subscribe: { channel: "news" } });
  await scene.settle();
  scene.hub.subscriptions.end(client.connection, "news", unsubscribes.server);
  client.take();
  open();
  await scene.settle();
  assertObjectMatch(client.take()[0]!, { id: 2, error: { code: 103 } });
  assertEquals((await scene.hub.presence.stats("news")).clients, 1);
  assertEquals(comings(watcher.take()), []);
});

Deno.test("A client that comes back while its lease is being renewed stays", async () => {
  const scene = setUp();
  const client = await subscriber(scene, "alice");
  const open = delayLeases(scene);
  scene.clock.advance(10_000);
  await client.ask({ id: 3, unsubscribe: { channel: "news" } });
  client.send({ id: 4, subscribe: { channel: "news" } });
  await scene.settle();
  open();
  await scene.settle();
  assertEquals((await scene.hub.presence.stats("news")).clients, 1);
});

Deno.test("A client that comes back hidden while its lease is being renewed is not listed", async () => {
  const scene = setUp();
  const client = await subscriber(scene, "alice");
  const open = delayLeases(scene);
  scene.clock.advance(10_000);
  await client.ask({ id: 3, unsubscribe: { channel: "news" } });
  const override = { presence: { value: false } };
  const token = tokenOf({ sub: "alice", channel: "news", override });
  client.send({ id: 4, subscribe: { channel: "news", token } });
  await scene.settle();
  open();
  await scene.settle();
  assertEquals((await scene.hub.presence.stats("news")).clients, 0);
});

Deno.test("Without a lease there is no subscription", async () => {
  const scene = setUp();
  scene.hub.presence.add = () => Promise.reject(new Error("away"));
  const client = await SdkClient.connect(scene);
  const [reply] = await client.ask({ id: 2, subscribe: { channel: "news" } });
  assertObjectMatch(reply!, { error: { code: 100, temporary: true } });
  assertEquals(client.connection.channels.size, 0);
});

Deno.test("A lease that cannot be renewed is logged, and no connection ends", async () => {
  const scene = setUp();
  const client = await subscriber(scene, "alice");
  scene.hub.presence.add = () => Promise.reject(new Error("away"));
  scene.clock.advance(10_000);
  await scene.settle();
  assertEquals(client.closeCode, undefined);
  assertEquals(
    scene.logs.some(({ event }) => event === "presence_failed"),
    true,
  );
});

Deno.test("A token may hide its client from the channel, or let it hear who comes unasked", async () => {
  const scene = setUp();
  const tokenFor = (sub: string, override: Message) =>
    tokenOf({ sub, channel: "news", override });
  const watcher = await subscriber(scene, "watcher", {
    token: tokenFor("watcher", { force_push_join_leave: { value: true } }),
  });
  watcher.take();
  const hidden = { presence: { value: false }, join_leave: { value: false } };
  await subscriber(scene, "spy", { token: tokenFor("spy", hidden) });
  await subscriber(scene, "alice");
  assertEquals(comings(watcher.take()), ["+alice"]);
  assertEquals((await scene.hub.presence.stats("news")).clients, 2);
});

Deno.test("Text clients are present, and are sent no joins", async () => {
  const scene = setUp();
  const watcher = await subscriber(scene, "watcher", { join_leave: true });
  watcher.take();
  const { connection, transport } = scene.connect("bob");
  connection.receive("+#news");
  await scene.settle();
  assertEquals(comings(watcher.take()), ["+bob"]);
  await subscriber(scene, "alice");
  assertEquals(transport.take(), ["+#news"]);
});

Deno.test("A closed hub renews no lease", async () => {
  const scene = setUp();
  await scene.hub.close();
  assertEquals(scene.clock.pending, 0);
});
