import { assertEquals, assertMatch, assertObjectMatch } from "@std/assert";
import { ProtocolError } from "../../../lib/base/errors.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";
import { fieldOf, SdkClient } from "../../support/sdk_client.ts";

/** A scene in which a token is needed. */
function guarded(options: SceneOptions = {}): Scene {
  return new Scene({
    insecureAnonymousAll: false,
    tokens: fakeTokens,
    ...options,
  });
}

Deno.test("A connect is answered with the connection's id and the rhythm of its pings", async () => {
  const scene = new Scene();
  const client = new SdkClient(scene);
  assertEquals(await client.ask({ id: 7, connect: {} }), [{
    id: 7,
    connect: {
      client: client.connection.id,
      version: "thrum 0.1.0",
      ping: 25,
      pong: true,
    },
  }]);
  const patient = new SdkClient(new Scene({ limits: { pongTimeoutMs: 0 } }));
  const [reply] = await patient.ask({ id: 1, connect: {} });
  assertEquals(fieldOf(reply?.connect, "pong"), undefined);
});

Deno.test("A token says who connects, and until when", async () => {
  const scene = guarded();
  const client = new SdkClient(scene);
  const exp = scene.clock.wallTime / 1000 + 60;
  const token = tokenOf({ sub: "alice", exp, info: { name: "Alice" } });
  const [reply] = await client.ask({ id: 1, connect: { token } });
  assertObjectMatch(reply!, { connect: { expires: true, ttl: 60 } });
  assertEquals(client.connection.uid, "alice");
  assertEquals(client.connection.info.connInfo, '{"name":"Alice"}');
});

const REFUSALS = [
  ["an expired token is error 109", "expired", 109, undefined],
  ["an invalid token ends the connection", "invalid", undefined, 3500],
  ["keys out of reach are a passing error", "unavailable", 100, undefined],
  ["no token is error 101", "", 101, undefined],
] as const;

for (const [name, token, error, close] of REFUSALS) {
  Deno.test(`When connecting, ${name}`, async () => {
    const scene = guarded();
    const client = new SdkClient(scene);
    const [message] = await client.ask({ id: 1, connect: { token } });
    if (error !== undefined) {
      assertObjectMatch(message!, { error: { code: error } });
    }
    assertEquals(client.closeCode, close);
    assertEquals(client.connection.uid, undefined);
  });
}

Deno.test("The field of an SDK's command that is wrong is logged for debugging, without its value", async () => {
  const scene = guarded();
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  await client.ask({ id: 2, history: { channel: "a", limit: "secret" } });
  assertEquals(client.closeCode, 3501);
  const line = scene.logs.find(({ event }) => event === "bad_request");
  assertEquals(line?.level, "debug");
  assertEquals(
    line?.problem,
    "history.limit: expected a whole number, but got a string",
  );
  assertEquals(JSON.stringify(scene.logs).includes("secret"), false);
});

Deno.test("The reason of a refused token is logged, and never sent", async () => {
  const scene = guarded();
  const client = new SdkClient(scene);
  const messages = await client.ask({ id: 1, connect: { token: "invalid" } });
  assertEquals(messages, []);
  assertEquals(client.closed, { code: 3500, reason: "invalid token" });
  const line = scene.logs.find(({ event }) => event === "token_refused");
  assertEquals(line?.reason, "a reason for the log: invalid");
});

const FIRST = [
  { id: 1, subscribe: { channel: "news" } },
  { id: 1, publish: { channel: "news", data: 1 } },
  { id: 1, rpc: {} },
  { id: 1, refresh: { token: "{}" } },
  { id: 1, ping: {} },
  { id: 1, publish: { channel: "news" } },
  { send: { data: 1 } },
  {},
];

for (const command of FIRST) {
  Deno.test(`${JSON.stringify(command)} before connect ends the connection with 3501`, async () => {
    const client = new SdkClient(new Scene());
    assertEquals(await client.ask(command), []);
    assertEquals(client.closed, { code: 3501, reason: "bad request" });
  });
}

Deno.test("A second connect ends the connection with 3501, in the same frame or later", async () => {
  const scene = new Scene();
  const late = await SdkClient.connect(scene);
  await late.ask({ id: 2, connect: {} });
  assertEquals(late.closeCode, 3501);
  const early = new SdkClient(scene);
  const messages = await early.ask({ id: 1, connect: {} }, {
    id: 2,
    connect: {},
  });
  assertEquals(messages.map(({ id }) => id), [1]);
  assertEquals(early.closeCode, 3501);
});

Deno.test("After a failed connect nothing is carried out any more", async () => {
  const scene = guarded();
  for (const command of [{ connect: {} }, { subscribe: { channel: "a" } }]) {
    const client = new SdkClient(scene);
    await client.ask({ id: 1, connect: { token: "expired" } });
    assertEquals(client.closeCode, undefined);
    await client.ask({ id: 2, ...command });
    assertEquals(client.closeCode, 3501);
  }
  const client = new SdkClient(scene);
  const messages = await client.ask(
    { id: 1, connect: { token: "expired" } },
    { id: 2, subscribe: { channel: "a" } },
  );
  assertEquals(messages.length, 1);
  assertEquals(client.closeCode, 3501);
});

Deno.test("Who does not connect, or fails to, is closed as stale after ten seconds", async () => {
  const scene = guarded();
  const silent = new SdkClient(scene);
  const failed = new SdkClient(scene);
  await failed.ask({ id: 1, connect: {} });
  scene.clock.advance(9_900);
  assertEquals([silent.closeCode, failed.closeCode], [undefined, undefined]);
  scene.clock.advance(600);
  assertEquals([silent.closeCode, failed.closeCode], [3502, 3502]);
});

Deno.test("A client that never answers a ping is closed with 3012; one that does stays", async () => {
  const scene = new Scene();
  const [mute, alive] = [
    await SdkClient.connect(scene),
    await SdkClient.connect(scene),
  ];
  let pings = 0;
  for (let second = 0; second < 60; second++) {
    scene.clock.advance(1_000);
    for (const _ of alive.take()) {
      pings++;
      alive.send({});
    }
  }
  assertEquals(mute.take(), [{}]);
  assertEquals(mute.closed, { code: 3012, reason: "no pong" });
  assertEquals([pings, alive.closeCode], [2, undefined]);
});

Deno.test("A connection outlives its token by the grace, then ends with 3005", async () => {
  const scene = guarded({ limits: { pingIntervalMs: 1e9 } });
  const exp = scene.clock.wallTime / 1000 + 60;
  const client = await SdkClient.connect(scene, { claims: { sub: "a", exp } });
  scene.clock.advance(84_000);
  assertEquals(client.closeCode, undefined);
  scene.clock.advance(2_000);
  assertEquals(client.closeCode, 3005);
});

Deno.test("A refreshed connection lasts as long as its new token, with its new capabilities", async () => {
  const scene = guarded({ limits: { pingIntervalMs: 1e9 } });
  const exp = scene.clock.wallTime / 1000 + 60;
  const client = await SdkClient.connect(scene, { claims: { sub: "a", exp } });
  const token = tokenOf({
    sub: "a",
    exp: exp + 60,
    caps: [{ channels: ["$x"], allow: ["sub"] }],
  });
  const [reply] = await client.ask({ id: 2, refresh: { token } });
  assertObjectMatch(reply!, { id: 2, refresh: { expires: true, ttl: 120 } });
  scene.clock.advance(100_000);
  assertEquals(client.closeCode, undefined);
  const [joined] = await client.ask({ id: 3, subscribe: { channel: "$x" } });
  assertEquals(joined?.id, 3);
  assertEquals(joined?.error, undefined);
  scene.clock.advance(46_000);
  assertEquals(client.closeCode, 3005);
});

Deno.test("A refresh needs a token, and one of the same uid", async () => {
  const scene = guarded();
  const claims = { sub: "alice" };
  const client = await SdkClient.connect(scene, { claims });
  const refresh = (token: string) => client.ask({ id: 2, refresh: { token } });
  assertObjectMatch((await refresh(""))[0]!, { error: { code: 107 } });
  assertObjectMatch((await refresh("expired"))[0]!, { error: { code: 109 } });
  await refresh(tokenOf({ sub: "bob" }));
  assertEquals(client.closeCode, 3500);
});

Deno.test("The program lets in whom no token names, tells it something and subscribes it", async () => {
  const scene = guarded({
    onConnect: ({ data }) => ({
      uid: String(data),
      data: { hello: data },
      info: "guest",
      channels: ["lobby"],
    }),
  });
  const client = new SdkClient(scene);
  const [reply] = await client.ask({ id: 1, connect: { data: "zoe" } });
  assertObjectMatch(reply!, {
    connect: { data: { hello: "zoe" }, subs: { lobby: { positioned: true } } },
  });
  assertEquals(client.connection.uid, "zoe");
  assertEquals(client.connection.info.connInfo, '"guest"');
});

Deno.test("The program may refuse a connect with a code of its own", async () => {
  const scene = new Scene({
    onConnect: () => {
      throw new ProtocolError({ code: 1999, message: "no room" });
    },
  });
  const client = new SdkClient(scene);
  assertEquals(await client.ask({ id: 1, connect: {} }), [
    { id: 1, error: { code: 1999, message: "no room" } },
  ]);
});

Deno.test("Channels of the claims are subscribed, recovered and listed in the reply", async () => {
  const scene = guarded();
  await scene.hub.publish("news", "one");
  const { epoch } = await scene.hub.broker.position("news");
  await scene.hub.publish("news", "two");
  const client = new SdkClient(scene);
  const token = tokenOf({
    sub: "alice",
    channels: ["__proto__"],
    subs: { news: { data: { kept: true }, info: "reader" } },
  });
  const subs = { news: { recover: true, offset: 1, epoch } };
  const [reply] = await client.ask({ id: 1, connect: { token, subs } });
  assertObjectMatch(reply!, {
    connect: {
      subs: {
        news: {
          recoverable: true,
          offset: 1,
          recovered: true,
          publications: [{ data: "two", offset: 2 }],
          data: { kept: true },
        },
      },
    },
  });
  assertMatch(JSON.stringify(reply), /"__proto__":\{"recoverable":true/);
  await scene.hub.publish("news", "three");
  assertObjectMatch(client.take()[0]!, {
    push: { channel: "news", pub: { data: "three", offset: 3 } },
  });
});

Deno.test("A client whose claims name an unknown channel is not let in", async () => {
  const scene = guarded();
  const client = new SdkClient(scene);
  const token = tokenOf({ sub: "alice", channels: ["news", "nowhere:x"] });
  const [reply] = await client.ask({ id: 1, connect: { token } });
  assertObjectMatch(reply!, { error: { code: 102 } });
  assertEquals([...client.connection.channels], []);
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  assertEquals(client.closeCode, 3501);
});

Deno.test("A client whose claims name more channels than it may have is sent away for good", async () => {
  const scene = guarded({ limits: { maxChannels: 1 } });
  const client = await SdkClient.connect(scene, {
    claims: { sub: "alice", channels: ["a", "b"] },
  });
  assertEquals(client.closeCode, 3505);
  const { connection } = await SdkClient.connect(scene, {
    claims: { sub: "alice", channels: ["a"] },
  });
  assertEquals([...connection.channels], ["a"]);
});

Deno.test("A client that cannot have its channels now has to come again", async () => {
  const broker = memoryBroker();
  broker.position = () => Promise.reject(new Error("away"));
  const scene = guarded({ broker });
  const client = await SdkClient.connect(scene, {
    claims: { sub: "alice", channels: ["a"] },
  });
  assertEquals(client.closeCode, 3004);
  assertEquals(scene.hub.channels.size, 0);
});
