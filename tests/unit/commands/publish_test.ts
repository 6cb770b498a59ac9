import { assertEquals, assertObjectMatch } from "@std/assert";
import { ProtocolError } from "../../../lib/base/errors.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";
import { dataOf, publicationsOf, SdkClient } from "../../support/sdk_client.ts";

async function subscriber(scene: Scene, channel: string): Promise<SdkClient> {
  const client = await SdkClient.connect(scene);
  await client.ask({ id: 2, subscribe: { channel } });
  return client;
}

function guarded(options: SceneOptions = {}): Scene {
  return new Scene({
    insecureAnonymousAll: false,
    tokens: fakeTokens,
    ...options,
  });
}

Deno.test("A publication is answered with nothing, and comes with its publisher and its place", async () => {
  const scene = new Scene();
  const client = await subscriber(scene, "news");
  const messages = await client.ask({
    id: 3,
    publish: { channel: "news", data: { n: 1 } },
  });
  const { id, info: { user } } = client.connection;
  assertEquals(messages, [{ id: 3, publish: {} }, {
    push: {
      channel: "news",
      pub: { data: { n: 1 }, offset: 1, info: { user, client: id } },
    },
  }]);
});

Deno.test("A publication says what the publisher's token for the channel says of it", async () => {
  const scene = guarded();
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  const token = tokenOf({ sub: "alice", channel: "news", info: "boss" });
  await client.ask({ id: 2, subscribe: { channel: "news", token } });
  const messages = await client.ask({
    id: 3,
    publish: { channel: "news", data: 1 },
  });
  assertObjectMatch(publicationsOf(messages)[0]!, {
    info: { chan_info: "boss" },
  });
});

Deno.test("Data without a value is error 107, a channel that is closed to publishers 103, an unknown one 102", async () => {
  const client = await SdkClient.connect(guarded(), {
    claims: { sub: "alice" },
  });
  const messages = await client.ask(
    { id: 2, publish: { channel: "news" } },
    { id: 3, publish: { channel: "$x", data: 1 } },
    { id: 4, publish: { channel: "no:where", data: 1 } },
    { id: 5, publish: { channel: "\0bob", data: 1 } },
    { id: 6, publish: { channel: "news", data: 1 } },
  );
  const codes = [107, 103, 102, 102];
  for (const [index, code] of codes.entries()) {
    assertObjectMatch(messages[index]!, { id: index + 2, error: { code } });
  }
  assertEquals(messages[4], { id: 6, publish: {} });
});

Deno.test("The program may rewrite a publication, keep it out of the history, or refuse it", async () => {
  const scene = new Scene({
    onPublish: ({ data }) => {
      if (data === "bad") {
        throw new ProtocolError({ code: 1000, message: "no" });
      }
      return { data: [data], skipHistory: data === "brief" };
    },
  });
  const client = await subscriber(scene, "news");
  const publish = (data: string) =>
    client.ask({ id: 3, publish: { channel: "news", data } });
  assertEquals(dataOf(await publish("kept")), [["kept"]]);
  assertEquals(publicationsOf(await publish("brief"))[0]?.offset, undefined);
  assertEquals(await publish("bad"), [
    { id: 3, error: { code: 1000, message: "no" } },
  ]);
  assertEquals((await scene.hub.broker.position("news")).offset, 1);
});

Deno.test("A call without a handler is error 108, and ping too", async () => {
  const client = await SdkClient.connect(new Scene());
  const replies = await client.ask({ id: 2, rpc: { method: "sum", data: 1 } }, {
    id: 3,
    ping: {},
  });
  for (const reply of replies) {
    assertObjectMatch(reply, {
      error: { code: 108, message: "not available" },
    });
  }
  assertEquals(replies.length, 2);
});

Deno.test("A call is answered by the program, and its failure is a temporary error", async () => {
  const scene = new Scene({
    onRpc: ({ method, data }) => {
      if (method === "sum" && Array.isArray(data)) return data.length;
      throw new Error("a secret of the program");
    },
  });
  const client = await SdkClient.connect(scene);
  assertEquals(
    await client.ask({ id: 2, rpc: { method: "sum", data: [1, 2] } }),
    [
      { id: 2, rpc: { data: 2 } },
    ],
  );
  assertEquals(await client.ask({ id: 3, rpc: { method: "other" } }), [
    { id: 3, error: { code: 100, message: "internal error", temporary: true } },
  ]);
});

Deno.test("A message without a handler ends the connection with 3508; with one it is never answered", async () => {
  const without = await SdkClient.connect(new Scene());
  await without.ask({ send: { data: 1 } });
  assertEquals(without.closeCode, 3508);
  const received: unknown[] = [];
  const scene = new Scene({
    onMessage: ({ data }) => {
      received.push(data);
      throw new ProtocolError({ code: 1000, message: "no" });
    },
  });
  const client = await SdkClient.connect(scene);
  assertEquals(await client.ask({ send: { data: [1] } }), []);
  assertEquals(received, [[1]]);
});
