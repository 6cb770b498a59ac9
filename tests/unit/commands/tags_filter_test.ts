/** Subscriptions with a filter by tags: what they get, and where they are. */

import { assert, assertEquals, assertObjectMatch } from "@std/assert";
import { tokenOf } from "../../support/fake_tokens.ts";
import {
  begin,
  EVEN,
  NONE,
  ODD,
  publish,
  reader,
  subscribe,
  subscriptionOf,
} from "../../support/filter_scene.ts";
import {
  dataOf,
  fieldOf,
  publicationsOf,
  SdkClient,
} from "../../support/sdk_client.ts";
import { range } from "../../support/stream_of.ts";

Deno.test("A subscriber with a filter gets what fits, as it is, and moves on over what does not", async () => {
  const scene = begin();
  const [even, all] = [await reader(scene, { tf: EVEN }), await reader(scene)];
  await publish(scene, range(1, 5));
  assertEquals(publicationsOf(even.take()), [
    { data: "2", offset: 2, tags: { parity: "even" } },
    { data: "4", offset: 4, tags: { parity: "even" } },
  ]);
  assertEquals(dataOf(all.take()), range(1, 5).map(String));
  assertEquals(subscriptionOf(scene, even).offset, 5);
  for (const number of range(6, 15)) {
    await publish(scene, [number]);
    assertEquals(dataOf(even.take()), number % 2 ? [] : [`${number}`]);
    assertEquals(subscriptionOf(scene, even).offset, number);
  }
  await scene.hub.publish("news", "untagged");
  await scene.hub.publish("news", "beside", {
    skipHistory: true,
    tags: { parity: "odd" },
  });
  assertEquals(even.take(), []);
  assertEquals(scene.hub.counters.positionGaps, 0);
});

Deno.test("A lost publication ends the subscription with 2500, whether it would have fitted or not", async () => {
  for (const next of [7, 8]) {
    const scene = begin();
    const client = await reader(scene, { tf: EVEN });
    await publish(scene, range(1, 4));
    assertEquals(dataOf(client.take()), ["2", "4"]);
    const { epoch } = await scene.hub.broker.position("news");
    scene.hub.channels.get("news")?.deliver({
      type: "publication",
      channel: "news",
      payload: `${next}`,
      info: undefined,
      tags: { parity: next % 2 === 0 ? "even" : "odd" },
      offset: next,
      epoch,
    });
    const [{ push } = {}] = client.take();
    assertEquals(fieldOf(fieldOf(push, "unsubscribe"), "code"), 2500);
  }
});

Deno.test("Joins and leaves come whatever the filter", async () => {
  const scene = begin();
  const client = await reader(scene, { tf: NONE, join_leave: true });
  client.take();
  const other = await reader(scene);
  other.connection.disconnect({ code: 3000, reason: "", reconnect: true });
  await scene.settle();
  await publish(scene, [1]);
  const kinds = client.take().map(({ push }) =>
    ["join", "leave", "pub"].filter((kind) => fieldOf(push, kind) !== undefined)
  );
  assertEquals(kinds.flat(), ["join", "leave"]);
});

Deno.test("Where no history is kept, a filter works all the same", async () => {
  const scene = begin({ historySize: 0 });
  const client = await reader(scene, { tf: ODD });
  await publish(scene, range(1, 4));
  assertEquals(dataOf(client.take()), ["1", "3"]);
});

Deno.test("Subscribers with a filter and a delta are sent every publication in full", async () => {
  const scene = begin({ delta: ["fossil"] });
  const client = await SdkClient.connect(scene);
  const reply = await subscribe(client, { tf: EVEN, delta: "fossil" });
  assertEquals(fieldOf(reply.subscribe, "delta"), undefined);
  const delta = await reader(scene, { delta: "fossil" });
  const text = "the same words in every version ".repeat(8);
  for (const number of range(1, 4)) {
    const tags = { parity: number % 2 === 0 ? "even" : "odd" };
    await scene.hub.publish("news", `${text}${number}`, { tags });
  }
  assertEquals(dataOf(client.take()), [`${text}2`, `${text}4`]);
  const deltas = publicationsOf(delta.take()).map(({ delta }) => delta);
  assertEquals(deltas, [undefined, true, true, true]);
});

Deno.test("What arrives before the reply is filtered behind it, and the position goes along", async () => {
  const scene = begin();
  await publish(scene, [1]);
  const client = await SdkClient.connect(scene);
  const broker = scene.hub.broker;
  const { position } = broker;
  broker.position = async (channel) => {
    const found = await position.call(broker, channel);
    await publish(scene, range(2, 6));
    return found;
  };
  const messages = await client.ask({
    id: 9,
    subscribe: { channel: "news", tf: EVEN },
  });
  assertObjectMatch(messages[0]!, { subscribe: { offset: 1 } });
  assertEquals(dataOf([...messages, ...client.take()]), ["2", "4", "6"]);
  assertEquals(subscriptionOf(scene, client).offset, 6);
  await publish(scene, [7]);
  assertEquals(client.take(), []);
  await publish(scene, [8]);
  assertEquals(dataOf(client.take()), ["8"]);
});

Deno.test("Another filter needs another subscription: 105 while there is one, and a newer token keeps it", async () => {
  const scene = begin();
  const client = await reader(scene, { tf: EVEN });
  const again = await subscribe(client, { tf: ODD });
  assertObjectMatch(again, { error: { code: 105 } });
  const token = tokenOf({ sub: "alice", channel: "news" });
  await client.ask({ id: 3, sub_refresh: { channel: "news", token, tf: ODD } });
  await publish(scene, [1, 2]);
  assertEquals(dataOf(client.take()), ["2"]);
  await client.ask({ id: 4, unsubscribe: { channel: "news" } });
  await subscribe(client, { tf: ODD });
  await publish(scene, [3, 4]);
  assertEquals(dataOf(client.take()), ["3"]);
  await client.ask({ id: 5, unsubscribe: { channel: "news" } });
  await subscribe(client, { tf: null });
  await publish(scene, [5, 6]);
  assertEquals(dataOf(client.take()), ["5", "6"]);
});

Deno.test("The history and a server-side subscription know no filter", async () => {
  const scene = begin();
  const client = await SdkClient.connect(scene, {
    claims: { sub: "alice", channels: ["news"] },
    connect: { subs: { news: { tf: EVEN } } },
  });
  await publish(scene, [1, 2]);
  assertEquals(dataOf(client.take()), ["1", "2"]);
  const history = { channel: "news", limit: -1, tf: EVEN };
  const [reply] = await client.ask({ id: 2, history });
  const stored = publicationsOf([reply!]).map(({ data }) => data);
  assertEquals(stored, ["1", "2"]);
});

for (const slowPolicy of ["dropOldest", "keepLatest"] as const) {
  Deno.test(`With ${slowPolicy}, only what fits waits for a slow subscriber, and nothing else drops it`, async () => {
    const scene = begin({ slowPolicy, historySize: 0 }, {
      limits: { maxBufferedBytes: 1_000, slowGraceMs: 1_000 },
    });
    const client = await reader(scene, { tf: EVEN });
    client.transport.bufferedAmount = 1_000;
    await publish(scene, [2]);
    scene.clock.advance(5);
    for (const number of range(0, 40)) {
      await publish(scene, [number * 2 + 1]);
      scene.clock.advance(5);
    }
    client.transport.bufferedAmount = 0;
    scene.clock.advance(100);
    assertEquals(dataOf(client.take()), ["2"]);
    assertEquals(scene.hub.backlogs.counters.droppedPublications, 0);
  });
}

Deno.test("A positioned subscriber that is slow loses nothing by what does not fit", async () => {
  const scene = begin({ slowPolicy: "keepLatest" }, {
    limits: { maxBufferedBytes: 1_000, slowGraceMs: 1_000 },
  });
  const client = await reader(scene, { tf: EVEN });
  client.transport.bufferedAmount = 1_000;
  await publish(scene, [2]);
  scene.clock.advance(5);
  await publish(scene, [3, 5, 7]);
  scene.clock.advance(5);
  client.transport.bufferedAmount = 0;
  scene.clock.advance(100);
  await publish(scene, [8]);
  assertEquals(dataOf(client.take()), ["2", "8"]);
  assertEquals(scene.hub.counters.positionGaps, 0);
});

Deno.test("An invalid filter is refused with 107 and its fault; the connection goes on", async () => {
  const scene = begin();
  const client = await SdkClient.connect(scene);
  const deep = JSON.parse(
    `${'{"op":"not","nodes":['.repeat(2_000)}{"key":"a","cmp":"ex"}${
      "]}".repeat(2_000)
    }`,
  );
  const faults: readonly (readonly [unknown, string])[] = [
    ["even", 'tf: expected an object, but got "even"'],
    [{ ...EVEN, val: 2 }, "tf.val: expected a string, but got 2"],
    [JSON.parse('{"__proto__":{"key":"a","cmp":"ex"}}'), "tf.cmp: expected "],
    [{ op: "and", nodes: Array(1_000).fill(EVEN) }, "at most 32 nodes"],
    [deep, "at most 16 levels"],
  ];
  for (const [tf, fault] of faults) {
    const { error } = await subscribe(client, { tf });
    assertEquals(fieldOf(error, "code"), 107);
    const message = String(fieldOf(error, "message"));
    assert(message.includes(fault), message);
  }
  assertEquals(client.closeCode, undefined);
  assertEquals(client.connection.channels.size, 0);
  await subscribe(client, { tf: EVEN });
  await publish(scene, [1, 2]);
  assertEquals(dataOf(client.take()), ["2"]);
});
