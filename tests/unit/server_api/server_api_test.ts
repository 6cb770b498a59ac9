import {
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { errors, ProtocolError } from "../../../lib/base/errors.ts";
import type { RpcContext } from "../../../lib/hub/hooks.ts";
import { ApiScene, codeOf } from "../../support/api_scene.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { dataOf, publicationsOf } from "../../support/sdk_client.ts";

Deno.test("publish reaches subscribers, and answers with the position", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  const tags = { kind: "test" };
  const answer = await scene.call("publish", {
    channel: "news",
    data: { a: [1] },
    tags,
    delta: true,
  });
  const { epoch } = await scene.hub.broker.position("news");
  assertEquals(answer, { result: { offset: 1, epoch } });
  assertEquals(publicationsOf(client.take()), [
    { data: { a: [1] }, offset: 1, tags },
  ]);
});

Deno.test("publish keeps the digits of numbers, and every name of a tag", async () => {
  const scene = new ApiScene();
  await scene.call(
    "publish",
    '{ "channel": "news",\n"data": [12345678901234567890,\n1.10],"tags":{"__proto__":"x"}}',
  );
  const history = await scene.callRaw(
    "history",
    '{"channel":"news","limit":1}',
  );
  assertStringIncludes(history, '"data":[12345678901234567890, 1.10]');
  assertStringIncludes(history, '"tags":{"__proto__":"x"}');
});

Deno.test("publish of bytes in base64 brings bytes to text clients, and base64 to SDKs; those of JSON are JSON", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  const text = scene.connect("alice");
  await scene.join(text, "news");
  await scene.call("publish", { channel: "news", b64data: "AAH/" });
  assertEquals(dataOf(client.take()), ["AAH/"]);
  assertEquals(text.transport.take(), [new Uint8Array([0, 1, 255]).buffer]);
  const b64data = btoa('{"a":[1]}');
  await scene.call("publish", { channel: "news", b64data });
  assertEquals(dataOf(client.take()), [{ a: [1] }]);
  assertEquals(text.transport.take(), ['#news:{"a":[1]}']);
});

Deno.test("publish with a key that was used on the channel does nothing more", async () => {
  const scene = new ApiScene({ limits: { pongTimeoutMs: 0 } });
  const client = await scene.subscriber();
  const publish = (channel: string, data: number) =>
    scene.call("publish", { channel, data, idempotency_key: "k" });
  const first = await publish("news", 1);
  assertEquals(await publish("news", 2), first);
  await publish("other", 3);
  assertEquals(dataOf(client.take()), [1]);
  scene.clock.advance(300_000);
  await publish("news", 4);
  assertEquals(dataOf(client.take()), [4]);
});

Deno.test("publish and broadcast drop a version that is not newer, and answer with the top", async () => {
  const scene = new ApiScene({ limits: { pongTimeoutMs: 0 } });
  const client = await scene.subscriber();
  const terms = { channel: "news", version_epoch: "a" };
  await scene.call("publish", { ...terms, data: 1, version: 7 });
  const top = await scene.call("publish", { ...terms, data: 2, version: 8 });
  const old = { ...terms, data: 3, version: 7 };
  assertEquals(await scene.call("publish", old), top);
  assertEquals(
    await scene.call("broadcast", { ...old, channels: ["news"] }),
    { result: { responses: [top] } },
  );
  assertEquals(dataOf(client.take()), [1, 2]);
  await scene.call("publish", { ...old, version: 0 });
  await scene.call("publish", { ...old, data: 4, version_epoch: "b" });
  assertEquals(dataOf(client.take()), [3, 4]);
  for (const version of [-1, 1.5, "1"]) {
    const answer = await scene.call("publish", { ...old, version });
    assertEquals(codeOf(answer), "107");
  }
});

Deno.test("A version that is too large to be exact is refused, and the largest exact one is compared", async () => {
  const scene = new ApiScene();
  const publish = (version: string) =>
    scene.callRaw(
      "publish",
      `{"channel":"news","data":1,"version":${version}}`,
    );
  // The second is one that the parser rounds to the first, the last is the largest of 64 bits.
  for (
    const version of [
      "9007199254740992",
      "9007199254740993",
      "18446744073709551615",
    ]
  ) {
    const problem = `$.version: expected at most 9007199254740991 (2^53 - 1)`;
    assertStringIncludes(await publish(version), problem);
  }
  const before = await publish("9007199254740990");
  const last = await publish("9007199254740991");
  assertNotEquals(last, before);
  assertEquals(await publish("9007199254740990"), last);
});

Deno.test("publish with skip_history is delivered and not kept", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  const skip_history = true;
  const body = { channel: "news", data: 1, skip_history };
  assertEquals(await scene.call("publish", body), { result: {} });
  assertEquals(dataOf(client.take()), [1]);
  const { offset } = await scene.hub.broker.position("news");
  assertEquals(offset, 0);
});

Deno.test("publish of null is a publication", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  await scene.call("publish", { channel: "news", data: null });
  assertEquals(dataOf(client.take()), [null]);
});

Deno.test("broadcast answers for each channel, in their order", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  const channels = ["news", "unheard:of", "other"];
  const answer = await scene.callRaw(
    "broadcast",
    JSON.stringify({ channels, data: 1 }),
  );
  assertMatch(
    answer,
    /^\{"result":\{"responses":\[\{"result":\{"offset":1,"epoch":"[^"]+"\}\},\{"error":\{"code":102,"message":"unknown channel \\"unheard:of\\""\}\},\{"result":\{"offset":1,"epoch":"[^"]+"\}\}\]\}\}$/,
  );
  assertEquals(dataOf(client.take()), [1]);
});

Deno.test("presence and presence_stats say who is there", async () => {
  const scene = new ApiScene();
  const { connection } = await scene.subscriber();
  await scene.subscriber();
  await scene.call("disconnect", { client: connection.id });
  const { connection: { id } } = await scene.subscriber();
  const channel = "news";
  const stats = { num_clients: 2, num_users: 1 };
  assertEquals(await scene.call("presence_stats", { channel }), {
    result: stats,
  });
  const presence = await scene.callRaw("presence", '{"channel":"news"}');
  assertStringIncludes(presence, `"${id}":{"user":"bob","client":"${id}"}`);
});

Deno.test("history reads forward and in reverse, from a position and to a limit", async () => {
  const scene = new ApiScene();
  const channel = "news";
  for (const data of [1, 2, 3]) await scene.call("publish", { channel, data });
  const { epoch } = await scene.hub.broker.position(channel);
  const read = async (query: object) => {
    const answer = await scene.callRaw(
      "history",
      JSON.stringify({ channel, ...query }),
    );
    return JSON.parse(answer).result;
  };
  const of = (...data: number[]) => ({
    publications: data.map((each) => ({ data: each, offset: each })),
    epoch,
    offset: 3,
  });
  assertEquals(await read({}), of());
  assertEquals(await read({ limit: -1 }), of(1, 2, 3));
  assertEquals(await read({ limit: 2 }), of(1, 2));
  assertEquals(await read({ limit: 2, reverse: true }), of(3, 2));
  const since = { offset: 1, epoch };
  assertEquals(await read({ limit: -1, since }), of(2, 3));
  const answer = await scene.call("history", {
    channel,
    since: { offset: 1, epoch: "another" },
  });
  assertEquals(codeOf(answer), "112");
});

Deno.test("history_remove drops what is kept, and keeps the position", async () => {
  const scene = new ApiScene();
  const channel = "news";
  await scene.call("publish", { channel, data: 1 });
  assertEquals(await scene.call("history_remove", { channel }), { result: {} });
  const { epoch } = await scene.hub.broker.position(channel);
  assertEquals(await scene.call("history", { channel, limit: -1 }), {
    result: { publications: [], epoch, offset: 1 },
  });
});

Deno.test("channels and info add up the answers of all nodes", async () => {
  const broker = memoryBroker();
  const { call } = broker;
  broker.call = async (node, question) => {
    const answers = await call(node, question);
    return [...answers, ...answers];
  };
  const scene = new ApiScene({ broker });
  await scene.subscriber();
  await scene.subscriber("__proto__");
  assertEquals(
    await scene.callRaw("channels", ""),
    '{"result":{"channels":{"news":{"num_clients":2},"__proto__":{"num_clients":2}}}}',
  );
  assertEquals(await scene.call("channels", { pattern: "n*s" }), {
    result: { channels: { news: { num_clients: 2 } } },
  });
  const info = await scene.callRaw("info", "");
  assertEquals(info.match(/"num_clients":2/g)?.length, 2);
});

Deno.test("subscribe, unsubscribe and disconnect do as they say to the connections of a user", async () => {
  const scene = new ApiScene();
  const client = await scene.sdk("bob");
  const user = "bob";
  const channel = "news";
  const b64data = btoa('{"a":1}');
  const done = { result: {} };
  assertEquals(
    await scene.call("subscribe", { user, channel, b64data, info: { b: 2 } }),
    done,
  );
  assertStringIncludes(JSON.stringify(client.take()), '"data":{"a":1}');
  const presence = await scene.callRaw("presence", '{"channel":"news"}');
  assertStringIncludes(presence, '"chan_info":{"b":2}');
  assertEquals(await scene.call("unsubscribe", { user, channel }), done);
  assertEquals(client.connection.channels.size, 0);
  const disconnect = { code: 4501, reason: "banned" };
  assertEquals(await scene.call("disconnect", { user, disconnect }), done);
  assertEquals(client.transport.closed, disconnect);
});

Deno.test("Connections of another node are acted upon, too", async () => {
  const [here, there] = [memoryBroker(), memoryBroker()];
  const { call } = here;
  here.call = async (node, question) => [
    ...await call(node, question),
    ...await there.call(node, structuredClone(question)),
  ];
  const scene = new ApiScene({ broker: here });
  const other = new ApiScene({ broker: there });
  const clients = [await scene.sdk("bob"), await other.sdk("bob")];
  const bob = { user: "bob", channel: "news" };
  await scene.call("subscribe", bob);
  for (const { connection } of clients) {
    assertEquals([...connection.channels], ["news"]);
  }
  assertEquals(await scene.call("channels"), {
    result: { channels: { news: { num_clients: 2 } } },
  });
  await scene.call("disconnect", bob);
  for (const { closeCode } of clients) assertEquals(closeCode, 3503);
});

Deno.test("disconnect without a code forces the client to stay away", async () => {
  const scene = new ApiScene();
  const client = await scene.sdk("bob");
  await scene.call("disconnect", { user: "bob" });
  assertEquals(client.closeCode, 3503);
});

Deno.test("refresh with expired ends connections with 3005", async () => {
  const scene = new ApiScene();
  const client = await scene.sdk("bob");
  await scene.call("refresh", { user: "bob", expire_at: 0 });
  assertEquals(client.closeCode, undefined);
  await scene.call("refresh", { user: "bob", expired: true });
  assertEquals(client.closeCode, 3005);
});

Deno.test("rpc calls the application's procedure, on behalf of no connection", async () => {
  const calls: RpcContext[] = [];
  const scene = new ApiScene({}, (event) => {
    calls.push(event);
    if (event.method === "none") throw new ProtocolError(errors.methodNotFound);
    return event.data;
  });
  const call = { method: "echo", params: [1] };
  assertEquals(await scene.call("rpc", call), { result: { data: [1] } });
  const nobody = { connection: undefined, headers: undefined };
  assertEquals(calls, [{ ...nobody, method: "echo", data: [1] }]);
  assertEquals(await scene.call("rpc", {}), { result: { data: null } });
  assertEquals(codeOf(await scene.call("rpc", { method: "none" })), "104");
});

Deno.test("An empty idempotency key is none", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  for (const data of [1, 2]) {
    const body = { channel: "news", data, idempotency_key: "" };
    await scene.call("publish", body);
  }
  assertEquals(dataOf(client.take()), [1, 2]);
});

Deno.test("A history that could not be removed is not said to be", async () => {
  const broker = memoryBroker();
  broker.removeHistory = () => Promise.reject(new Error("away"));
  const scene = new ApiScene({ broker });
  const answer = await scene.call("history_remove", { channel: "news" });
  assertEquals(codeOf(answer), "100");
});

/** Channels that a body of `publish` names, with and without a mistake. */
const CHANNELS = [
  ...["news", "bare:news", "ä", "x".repeat(255)],
  ...["", "x".repeat(256), "ä".repeat(128), "\0bob", "a\nb", "\ud800"],
  ...["unknown:news", 1, null, true, ["news"], { name: "news" }, undefined],
];

for (const data of ["text", 0, null, { a: [1] }, undefined]) {
  Deno.test(`publish of ${JSON.stringify(data)} answers and publishes alike with the usual fields, and with one that is ignored`, async () => {
    for (const channel of CHANNELS) {
      const outcome = async (more: object) => {
        const scene = new ApiScene();
        const client = await scene.subscriber();
        const answer = await scene.call("publish", { channel, data, ...more });
        const logged = scene.logs.length;
        return { answer, logged, publications: publicationsOf(client.take()) };
      };
      const usual = await outcome({});
      const named = channel === undefined ? "none" : JSON.stringify(channel);
      assertEquals(usual, await outcome({ delta: false }), named);
    }
  });
}

Deno.test("publish warns of a field without effect beside the usual ones", async () => {
  const scene = new ApiScene();
  const body = { channel: "news", data: 1, skipHistory: true };
  await scene.call("publish", body);
  const warned = scene.logs.map(({ event, field }) => [event, field]);
  assertEquals(warned, [["unknown_field", "skipHistory"]]);
});
