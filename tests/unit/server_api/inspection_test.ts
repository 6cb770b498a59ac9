/** What an operator finds out by the server API about connections, users and channels. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import { namespacesOf } from "../../../lib/channel/channel_options.ts";
import { ApiScene, codeOf } from "../../support/api_scene.ts";
import { tokenOf } from "../../support/fake_tokens.ts";
import { SdkClient } from "../../support/sdk_client.ts";
import { isRecord } from "../../../lib/base/record.ts";

type Row = Readonly<Record<string, unknown>>;

/** The result of a method, which must not be an error. */
async function resultOf(
  scene: ApiScene,
  method: string,
  body: object,
): Promise<Row> {
  const answer = await scene.call(method, body);
  assert(isRecord(answer) && isRecord(answer.result), JSON.stringify(answer));
  return answer.result;
}

async function rowsOf(
  scene: ApiScene,
  method: "connections" | "channels_page",
  body: object,
): Promise<readonly Row[]> {
  const result = await resultOf(scene, method, body);
  const rows = method === "connections" ? result.connections : result.channels;
  assert(Array.isArray(rows));
  return rows;
}

/** Lets the half second of a sample pass. */
async function sampled<T>(
  scene: ApiScene,
  asking: Promise<T>,
  during: () => void,
): Promise<T> {
  await scene.settle();
  during();
  scene.clock.advance(500);
  return await asking;
}

Deno.test("Connections are found by their uid or id, and a page has as many as it may", async () => {
  const scene = new ApiScene();
  for (const uid of ["alice", "bob", "alicia"]) scene.connect(uid);
  const { connection } = scene.connect("carol");
  const users = async (body: object) =>
    (await rowsOf(scene, "connections", { sort: "user", ...body }))
      .map(({ user }) => user);
  assertEquals(await users({}), ["alice", "alicia", "bob", "carol"]);
  assertEquals(await users({ search: "ali" }), ["alice", "alicia"]);
  assertEquals(await users({ search: connection.id }), ["carol"]);
  assertEquals(await users({ user: "ali" }), []);
  assertEquals(await users({ user: "bob" }), ["bob"]);
  assertEquals(await users({ limit: 2, offset: 1 }), ["alicia", "bob"]);
  assertEquals(await users({ reverse: true, limit: 1 }), ["carol"]);
  const { found, total } = await resultOf(scene, "connections", {
    search: "ali",
  });
  assertEquals([found, total], [2, 4]);
});

Deno.test("Connections are sorted by what is wrong with them", async () => {
  const scene = new ApiScene();
  const [old, busy, slow] = [
    scene.connect("old"),
    scene.connect("busy"),
    scene.connect("slow"),
  ];
  await scene.join(old, "news");
  for (let number = 0; number < 3; number++) busy.connection.receive("ping");
  slow.transport.bufferedAmount = 5_000;
  const first = async (sort: string) => {
    const [row] = await rowsOf(scene, "connections", { sort });
    return row?.user;
  };
  assertEquals(await first("received"), "busy");
  assertEquals(await first("unsent"), "slow");
  assertEquals(await first("channels"), "old");
  scene.clock.advance(5_000);
  busy.connection.receive("ping");
  slow.connection.receive("ping");
  assertEquals(await first("idle"), "old");
  scene.connect("new");
  assertEquals(await first("since"), "new");
});

Deno.test("The rate of a connection is what it sends while it is counted", async () => {
  const scene = new ApiScene();
  const calm = scene.connect("calm");
  const flooding = scene.connect("flooding");
  // What was long ago says nothing about now.
  for (let number = 0; number < 50; number++) calm.connection.receive("ping");
  const rows = await sampled(
    scene,
    rowsOf(scene, "connections", { sort: "rate" }),
    () => {
      for (let number = 0; number < 20; number++) {
        flooding.connection.receive("ping");
      }
    },
  );
  assertEquals(rows.map(({ user, rate }) => [user, rate]), [
    ["flooding", 40],
    ["calm", 0],
  ]);
});

Deno.test("Of all connections those of one channel are found, and a connection has its subscriptions", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber("news");
  await scene.sdk("alice");
  const [row, ...others] = await rowsOf(scene, "connections", {
    channel: "news",
  });
  assertEquals([row?.user, row?.channels, others], ["bob", 1, []]);
  const found = await resultOf(scene, "connection", {
    client: client.connection.id,
  });
  assertEquals(
    [found.user, found.protocol, found.transport, found.admitted],
    ["bob", client.connection.protocol.name, "websocket", true],
  );
  const { epoch } = await scene.hub.broker.position("news");
  assertEquals(found.subscriptions, [{
    ...{ channel: "news", server_side: false, token: false },
    ...{ positioned: true, offset: 0, epoch, delta: false },
    ...{ filter: false, join_leave: false },
  }]);
  const user = await resultOf(scene, "user", { user: "bob" });
  assertEquals(user, { user: "bob", connections: [found] });
  assertEquals(codeOf(await scene.call("connection", { client: "?" })), "404");
});

Deno.test("A connection is described with its capabilities, its data and its end, and without the application's data about it", async () => {
  const scene = new ApiScene({ insecureAnonymousAll: false });
  const bob = await SdkClient.connect(scene, {
    claims: {
      sub: "bob",
      info: { name: "Bob" },
      meta: { password: "hidden" },
      exp: scene.clock.wallTime / 1_000 + 60,
      caps: [{ channels: ["a*"], match: "wildcard", allow: ["sub"] }],
    },
  });
  const text = await scene.callRaw(
    "connection",
    JSON.stringify({ client: bob.connection.id }),
  );
  const { result } = JSON.parse(text);
  assertEquals(result.info, { name: "Bob" });
  assertEquals(result.caps, [{ channels: ["a*"], allow: ["subscribe"] }]);
  assert(result.expires_in >= 60 && result.expires_in <= 90);
  assertFalse(text.includes("hidden"));
});

Deno.test("Channels are found by their names, and sorted by subscribers or events", async () => {
  const scene = new ApiScene();
  const clients = [scene.connect("a"), scene.connect("b"), scene.connect("c")];
  for (const client of clients) await scene.join(client, "crowd");
  for (const client of clients.slice(1)) await scene.join(client, "chat1");
  for (const client of clients.slice(2)) await scene.join(client, "chat2");
  const names = async (body: object) =>
    (await rowsOf(scene, "channels_page", body)).map(({ channel }) => channel);
  assertEquals(await names({}), ["crowd", "chat1", "chat2"]);
  assertEquals(await names({ sort: "name" }), ["chat1", "chat2", "crowd"]);
  assertEquals(await names({ search: "chat", limit: 1 }), ["chat1"]);
  assertEquals(await names({ offset: 2 }), ["chat2"]);
  const rows = await sampled(
    scene,
    rowsOf(scene, "channels_page", { sort: "rate" }),
    () => {
      for (let number = 0; number < 5; number++) {
        scene.hub.publish("chat2", "hello");
      }
    },
  );
  assertEquals(
    rows.map(({ channel, rate }) => [channel, rate]),
    [["chat2", 10], ["chat1", 0], ["crowd", 0]],
  );
});

Deno.test("An option of a channel comes from a default, a pattern or a token", async () => {
  const namespaces = namespacesOf({
    "*": { historySize: 7, presence: false },
    "chat:*": { historySize: 0, allow: ["subscribe"] },
  });
  const scene = new ApiScene({ namespaces });
  const optionsOf = async (channel: string, claims?: object) => {
    const token = claims && tokenOf({ ...claims });
    const { options } = await resultOf(scene, "channel", { channel, token });
    assert(isRecord(options));
    return options;
  };
  const plain = await optionsOf("news");
  assertEquals(plain.historySize, { value: 7, from: "*" });
  assertEquals(plain.presence, { value: false, from: "*" });
  assertEquals(plain.joinLeave, { value: true, from: "default" });
  assertEquals(plain.forceRecovery, { value: true, from: "default" });
  const chat = await optionsOf("chat:1");
  assertEquals(chat.historySize, { value: 0, from: "chat:*" });
  assertEquals(chat.presence, { value: false, from: "*" });
  assertEquals(chat.allow, { value: ["subscribe"], from: "chat:*" });
  // Without a history nothing is recovered, whatever the default is.
  assertEquals(chat.forceRecovery, { value: false, from: "chat:*" });
  const override = { presence: { value: true } };
  const byToken = await optionsOf("news", {
    sub: "bob",
    channel: "news",
    override,
  });
  assertEquals(byToken.presence, { value: true, from: "token" });
  const subs = { news: { override } };
  const byConnection = await optionsOf("news", { sub: "bob", subs });
  assertEquals(byConnection.presence, { value: true, from: "token" });
  const other = await optionsOf("other", { channel: "news", override });
  assertEquals(other.presence, { value: false, from: "*" });
});

Deno.test("A channel has its subscribers, its position, and the users that it is for", async () => {
  const scene = new ApiScene();
  await scene.subscriber("news");
  const { epoch } = await scene.hub.publish("news", "hello");
  const { options: _, ...news } = await resultOf(scene, "channel", {
    channel: "news",
  });
  assertEquals(news.num_clients, 1);
  assertEquals(news.position, { offset: 1, epoch });
  assertEquals(news.private, false);
  const own = await resultOf(scene, "channel", { channel: "$x#1,2" });
  assertEquals([own.private, own.users], [true, ["1", "2"]]);
  assertEquals(codeOf(await scene.call("channel", { channel: "x:1" })), "102");
});

Deno.test("A message is sent to one connection, or to all of a user", async () => {
  const scene = new ApiScene();
  const [one, two] = [scene.connect("bob"), scene.connect("bob")];
  const { id: client } = one.connection;
  assertEquals(
    await resultOf(scene, "send", { client, data: { a: 1.0 } }),
    { delivered: true },
  );
  assertEquals(one.transport.take(), ['{"a":1}']);
  assertEquals(two.transport.take(), []);
  await resultOf(scene, "send", { user: "bob", data: "hello" });
  scene.clock.advance(0);
  assertEquals(one.transport.take(), ["hello"]);
  assertEquals(two.transport.take(), ["hello"]);
  const missed = await resultOf(scene, "send", { client: "?", data: 1 });
  assertEquals(missed, { delivered: false });
  for (const body of [{ data: 1 }, { user: "a", client: "b", data: 1 }]) {
    assertEquals(codeOf(await scene.call("send", body)), "107");
  }
});

Deno.test("The load has a sample each ten seconds for an hour, and one of now", async () => {
  const scene = new ApiScene();
  const load = async (since?: number) => {
    const { nodes } = await resultOf(scene, "load", { since });
    assert(Array.isArray(nodes));
    const [{ columns, samples }] = nodes;
    return (name: string) =>
      samples.map((sample: number[]) => sample[columns.indexOf(name)]);
  };
  assertEquals((await load())("thrum_connections"), [0]);
  scene.clock.advance(10_000);
  scene.connect("bob");
  scene.clock.advance(10_000);
  scene.connect("alice");
  assertEquals((await load())("thrum_connections"), [0, 1, 2]);
  const { wallTime } = scene.clock;
  assertEquals((await load(wallTime - 10_000))("time"), [wallTime, wallTime]);
  for (let sample = 0; sample < 400; sample++) scene.clock.advance(10_000);
  assertEquals((await load())("time").length, 361);
});

Deno.test("Bodies that are out of bounds are refused in a sentence", async () => {
  const scene = new ApiScene();
  for (
    const [method, body] of [
      ["connections", { limit: 101 }],
      ["connections", { offset: 901 }],
      ["connections", { sort: "colour" }],
      ["channels_page", { limit: 0 }],
      ["connection", {}],
      ["user", {}],
      ["explain", {}],
      ["trace", {}],
      ["trace", { client: "a", channel: "b" }],
      ["trace", { channel: "b", seconds: 601 }],
    ] as const
  ) {
    const answer = method === "trace"
      ? await scene.trace(body).then(() => "begun", ({ message }) => message)
      : JSON.stringify(await scene.call(method, body));
    assert(answer.startsWith('{"error":{"code":107,'), answer);
  }
});
