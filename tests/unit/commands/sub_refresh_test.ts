/** Tokens of subscriptions: their permissions, their lifetime, and newer ones. */

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
      closed: { allow: ["publish"] },
      secret: { allow: ["subscribe"] },
    },
  },
});
assert(parsed.ok);
const namespaces = namespacesOf(parsed.value);

function guarded(options: SceneOptions = {}): Scene {
  return new Scene({
    insecureAnonymousAll: false,
    tokens: fakeTokens,
    namespaces,
    limits: { pingIntervalMs: 1e9 },
    ...options,
  });
}

function alice(scene: Scene, claims: Message = {}): Promise<SdkClient> {
  return SdkClient.connect(scene, { claims: { sub: "alice", ...claims } });
}

function tokenFor(channel: string, exp?: number): string {
  return tokenOf({ sub: "alice", channel, exp });
}

Deno.test("The end of a token does not end a subscription that was made after its own", async () => {
  const scene = guarded();
  const client = await alice(scene);
  const channel = "bare:a";
  const token = tokenFor(channel, scene.clock.wallTime / 1000 + 60);
  const timers = scene.clock.pending;
  await client.ask({ id: 2, subscribe: { channel, token } });
  assertEquals(scene.clock.pending, timers + 1);
  await client.ask({ id: 3, unsubscribe: { channel } });
  assertEquals(scene.clock.pending, timers);
  await client.ask({ id: 4, subscribe: { channel } });
  scene.clock.advance(100_000);
  assertEquals(client.take(), []);
  assertEquals([...client.connection.channels], [channel]);
});

Deno.test("A subscription is not left to a timer when its connection ends", async () => {
  const scene = guarded();
  const timers = scene.clock.pending;
  const client = await alice(scene);
  const channel = "bare:a";
  const token = tokenFor(channel, scene.clock.wallTime / 1000 + 60);
  await client.ask({ id: 2, subscribe: { channel, token } });
  client.connection.ended();
  scene.clock.advance(0);
  assertEquals(scene.clock.pending, timers);
});

Deno.test("A token may last longer than a timer can wait", async () => {
  const scene = guarded();
  const client = await alice(scene);
  const channel = "$bare:a";
  const day = 86_400_000;
  const exp = scene.clock.wallTime / 1000 + 60 * day / 1000;
  const token = tokenFor(channel, exp);
  await client.ask({ id: 2, subscribe: { channel, token } });
  scene.clock.stall(25 * day);
  assertEquals(client.take(), []);
  scene.clock.stall(25 * day);
  assertEquals(client.take(), []);
  scene.clock.stall(11 * day);
  assertEquals(client.take(), [
    { push: { channel, unsubscribe: unsubscribes.expired } },
  ]);
});

Deno.test("A subscription that has ended before its token was used leaves no timer and no presence", async () => {
  const scene = guarded();
  const client = await alice(scene);
  const { subscriptions } = scene.hub;
  const subscribe = subscriptions.subscribe.bind(subscriptions);
  subscriptions.subscribe = async (subscription, query) => {
    const recovery = await subscribe(subscription, query);
    subscriptions.end(subscription.connection, subscription.channel);
    return recovery;
  };
  const timers = scene.clock.pending;
  const token = tokenFor("news", scene.clock.wallTime / 1000 + 60);
  const query = { channel: "news", token };
  const [reply] = await client.ask({ id: 2, subscribe: query });
  assertObjectMatch(reply!, { id: 2, error: { code: 103 } });
  assertEquals(scene.clock.pending, timers);
  assertEquals((await scene.hub.presence.stats("news")).clients, 0);
});

Deno.test("A standing subscription's token lets its client publish, as long as it stands", async () => {
  const client = await alice(guarded());
  const channel = "$closed:a";
  const publish = async () => {
    const command = { id: 3, publish: { channel, data: 1 } };
    const [reply] = (await client.ask(command)).filter(({ id }) => id === 3);
    return reply?.error;
  };
  const message = `permission denied: cannot publish to "${channel}"`;
  const refused = { code: 103, message };
  assertEquals(await publish(), refused);
  const token = tokenFor(channel);
  await client.ask({ id: 2, subscribe: { channel, token } });
  assertEquals(await publish(), undefined);
  await client.ask({ id: 4, unsubscribe: { channel } });
  assertEquals(await publish(), refused);
});

Deno.test("A token that comes later opens the same", async () => {
  const caps = [{ channels: ["$closed:a"], allow: ["sub"] }];
  const client = await alice(guarded(), { caps });
  const channel = "$closed:a";
  const [joined, refused] = await client.ask(
    { id: 2, subscribe: { channel } },
    { id: 3, publish: { channel, data: 1 } },
  );
  assertEquals(joined?.error, undefined);
  assertObjectMatch(refused!, { error: { code: 103 } });
  const replies = await client.ask(
    { id: 4, sub_refresh: { channel, token: tokenFor(channel) } },
    { id: 5, publish: { channel, data: 1 } },
  );
  const [refreshed, published] = replies;
  assertEquals(refreshed, { id: 4, sub_refresh: {} });
  assertEquals(published, { id: 5, publish: {} });
});

Deno.test("A subscription that the server made is not refreshed by its client", async () => {
  const client = await alice(guarded(), { channels: ["bare:a"] });
  const channel = "bare:a";
  const sub_refresh = { channel, token: tokenFor(channel) };
  const [reply] = await client.ask({ id: 2, sub_refresh });
  assertObjectMatch(reply!, { id: 2, error: { code: 103 } });
});

for (const isReplaced of [false, true]) {
  const name = isReplaced ? "was replaced" : "has ended";
  Deno.test(`A refresh is answered with error 103 where the subscription ${name} meanwhile`, async () => {
    const gate = Promise.withResolvers<void>();
    let isLate = false;
    const scene = guarded({
      tokens: {
        ...fakeTokens,
        subscription: async (token) => {
          if (isLate) await gate.promise;
          return await fakeTokens.subscription(token);
        },
      },
    });
    const client = await alice(scene);
    const { connection } = client;
    const channel = "bare:a";
    const token = tokenFor(channel, scene.clock.wallTime / 1000 + 60);
    await client.ask({ id: 2, subscribe: { channel } });
    isLate = true;
    await client.ask({ id: 3, sub_refresh: { channel, token } });
    scene.hub.subscriptions.end(connection, channel);
    if (isReplaced) await scene.subscribe(connection, channel);
    const timers = scene.clock.pending;
    gate.resolve();
    await scene.settle();
    const [reply] = client.take();
    assertObjectMatch(reply!, { id: 3, error: { code: 103 } });
    assertEquals(scene.clock.pending, timers);
  });
}

Deno.test("Who may not know who is present does not hear of joins and leaves", async () => {
  const scene = guarded();
  const spy = await alice(scene);
  const subscribe = { channel: "secret:a", join_leave: true };
  const [joined, refused] = await spy.ask(
    { id: 2, subscribe },
    { id: 3, presence: { channel: "secret:a" } },
  );
  assertEquals(joined?.error, undefined);
  assertObjectMatch(refused!, { error: { code: 103 } });
  const caps = [{ channels: ["secret:a"], allow: ["prs"] }];
  const guard = await alice(scene, { caps });
  await guard.ask({ id: 2, subscribe });
  const force = { force_push_join_leave: { value: true } };
  const forced = await alice(scene, {
    subs: { "secret:a": { override: force } },
  });
  const newcomer = await alice(scene);
  await newcomer.ask({ id: 2, subscribe: { channel: "secret:a" } });
  const events = [spy, guard, forced].map((client) => {
    const pushes = client.take().map(({ push }) => JSON.stringify(push));
    return pushes.some((push) => push?.includes('"join"'));
  });
  assertEquals(events, [false, true, true]);
});

Deno.test("A subscription lasts as long as its token, also longer than any timer", async () => {
  const scene = guarded();
  const client = await alice(scene);
  const channel = "bare:a";
  const days = 60 * 60 * 24;
  const token = tokenFor(channel, scene.clock.wallTime / 1000 + 60 * days);
  await client.ask({ id: 2, subscribe: { channel, token } });
  scene.clock.stall(60 * days * 1000);
  scene.clock.advance(0);
  assertEquals([...client.connection.channels], [channel]);
  scene.clock.advance(26_000);
  assertEquals([...client.connection.channels], []);
});
