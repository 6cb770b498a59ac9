/** What a backend does to connections by the server API, as the official SDK and text clients see it. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { nextEvent } from "../support/sdk.ts";
import { ApiStage } from "./api_server.ts";

interface Coded {
  readonly code: number;
  readonly reason: string;
}

Deno.test("A subscription that the API makes brings publications, without the client's doing", async () => {
  await using stage = await ApiStage.start();
  const sdk = await stage.sdk("alice");
  const other = await stage.sdk("bob");
  const text = await stage.text("alice");
  const subscribed = nextEvent<{ channel: string; data: unknown }>(
    sdk.client,
    "subscribed",
  );
  const data = { why: "because" };
  const subscribe = { user: "alice", channel: "news", data };
  assertEquals(await stage.call("subscribe", subscribe), { result: {} });
  const { channel, data: told } = await subscribed;
  assertEquals([channel, told], ["news", data]);
  assertEquals(await text.next(), "+#news");
  await stage.call("publish", { channel: "news", data: "hello" });
  assertEquals(await text.next(), "#news:hello");
  await eventually(() => sdk.publications.length === 1, {
    awaited: "the publication",
  });
  assertEquals(other.publications, []);
  assertStringIncludes(
    JSON.stringify(await stage.call("presence", { channel: "news" })),
    '"user":"alice"',
  );
});

Deno.test("A subscription that the API makes from a position on brings what was missed, once", async () => {
  await using stage = await ApiStage.start();
  const sdk = await stage.sdk("alice");
  const publish = (data: number) =>
    stage.call("publish", { channel: "news", data });
  for (const data of [1, 2, 3]) await publish(data);
  await stage.call("subscribe", {
    user: "alice",
    channel: "news",
    recover_since: { offset: 1 },
  });
  await publish(4);
  await eventually(() => sdk.publications.length >= 3, {
    awaited: () => `3 publications: ${sdk.publications.length}`,
  });
  assertEquals(sdk.publications.map(({ data }) => data), [2, 3, 4]);
});

Deno.test("A subscription that the API ends stays ended, whoever made it", async () => {
  await using stage = await ApiStage.start();
  const sdk = await stage.sdk("alice");
  const news = await sdk.subscribe("news");
  const ended = nextEvent<Coded>(news.sub, "unsubscribed");
  await stage.call("unsubscribe", { user: "alice", channel: "news" });
  const { code, reason } = await ended;
  assertEquals([code, reason], [2000, "server unsubscribe"]);

  await stage.call("subscribe", { user: "alice", channel: "other" });
  const left = nextEvent<{ channel: string }>(sdk.client, "unsubscribed");
  await stage.call("unsubscribe", { user: "alice", channel: "other" });
  assertEquals((await left).channel, "other");
  assertEquals(await stage.call("channels"), { result: { channels: {} } });
});

for (
  const disconnect of [
    undefined,
    { code: 3503, reason: "force disconnect" },
    { code: 4500, reason: "banned" },
  ]
) {
  const { code, reason } = disconnect ??
    { code: 3503, reason: "force disconnect" };
  Deno.test(`The SDK stays away after the API disconnects it with ${disconnect?.code ?? "no code"}`, async () => {
    await using stage = await ApiStage.start();
    const sdk = await stage.sdk("alice");
    const text = await stage.text("alice");
    const ended = nextEvent<Coded>(sdk.client, "disconnected");
    await stage.call("disconnect", { user: "alice", disconnect });
    const context = await ended;
    assertEquals([context.code, context.reason], [code, reason]);
    const closed = await text.closed;
    assertEquals([closed.code, closed.reason], [code, reason]);
  });
}

for (const code of [3000, 3011, 4000, 4499]) {
  Deno.test(`The SDK comes back after the API disconnects it with ${code}`, async () => {
    await using stage = await ApiStage.start();
    const sdk = await stage.sdk("alice");
    const news = await sdk.subscribe("news");
    const left = nextEvent<Coded>(sdk.client, "connecting");
    const back = nextEvent(sdk.client, "connected");
    await stage.call("disconnect", { user: "alice", disconnect: { code } });
    assertEquals((await left).code, code);
    await back;
    await news.sub.ready();
    await stage.call("publish", { channel: "news", data: "hello again" });
    await news.count(1);
    assertEquals(sdk.disconnects, []);
  });
}

Deno.test("A disconnect means one connection of a user, or all but some", async () => {
  await using stage = await ApiStage.start();
  const [one, two] = [await stage.sdk("alice"), await stage.sdk("alice")];
  const news = await one.subscribe("news");
  await two.subscribe("news");
  const { clients } = await news.sub.presence();
  const ids = Object.keys(clients);
  assertEquals(ids.length, 2);
  const [first = ""] = ids;
  await stage.call("disconnect", { user: "alice", whitelist: ids });
  await stage.call("disconnect", { user: "bob", client: first });
  await stage.call("disconnect", { client: first });
  await eventually(
    () => one.disconnects.length + two.disconnects.length === 1,
    { awaited: "one disconnect" },
  );
  const stats = await stage.call("presence_stats", { channel: "news" });
  assertEquals(stats, { result: { num_clients: 1, num_users: 1 } });
});

Deno.test("A connection that the API says has expired comes back with a new token", async () => {
  await using stage = await ApiStage.start();
  const sdk = await stage.sdk("alice");
  const left = nextEvent<Coded>(sdk.client, "connecting");
  const back = nextEvent(sdk.client, "connected");
  await stage.call("refresh", { user: "alice", expired: true });
  assertEquals((await left).code, 3005);
  await back;
});

Deno.test("The API counts channels, connections and users", async () => {
  await using stage = await ApiStage.start();
  const [one, two] = [await stage.sdk("alice"), await stage.sdk("alice")];
  for (const sdk of [one, two]) await sdk.subscribe("news");
  await two.subscribe("other");
  await stage.text("bob");
  const counts = async () => JSON.stringify(await stage.call("info"));
  const whole =
    '"num_clients":3,"num_users":2,"num_channels":2,"num_subs":3,"uptime":';
  assertStringIncludes(await counts(), whole);
  const pattern = { pattern: "n*" };
  const news = { news: { num_clients: 2 } };
  assertEquals(await stage.call("channels", pattern), {
    result: { channels: news },
  });
  assert(!(await counts()).includes("\0"));
});
