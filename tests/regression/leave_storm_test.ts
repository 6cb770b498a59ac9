/** Each of many subscribers that left at once made all others be written to: the cost of a leave grew with the channel. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { Scene } from "../support/scene.ts";
import {
  dataOf,
  fieldOf,
  type Message,
  SdkClient,
} from "../support/sdk_client.ts";

const CHANNEL = "room";
const REASON = { code: 4000, reason: "bye", reconnect: true };

/** SDK clients that have subscribed with joins and leaves, in one turn. */
async function crowd(scene: Scene, count: number): Promise<SdkClient[]> {
  const clients: SdkClient[] = [];
  const subscribe = { channel: CHANNEL, join_leave: true };
  for (let index = 0; index < count; index++) {
    const client = new SdkClient(scene);
    client.send({ id: 1, connect: {} }, { id: 2, subscribe });
    clients.push(client);
  }
  await scene.settle();
  return clients;
}

/** The clients that have joined or left, by the pushes of a kind. */
function clientsOf(messages: readonly Message[], kind: "join" | "leave") {
  return messages.flatMap(({ push }) => {
    const info = fieldOf(fieldOf(push, kind), "info");
    return info === undefined ? [] : [fieldOf(info, "client")];
  });
}

const LEAVES: readonly [string, (client: SdkClient) => void][] = [
  ["lose their connections", ({ connection }) => connection.ended()],
  ["are disconnected", ({ connection }) => connection.disconnect(REASON)],
  [
    "unsubscribe",
    (client) => client.send({ id: 3, unsubscribe: { channel: CHANNEL } }),
  ],
];

for (const [how, leave] of LEAVES) {
  for (const count of [500, 1_000]) {
    Deno.test(`Where half of ${count} subscribers ${how} at once, each other one is written to once for 256 leaves`, async () => {
      const scene = new Scene();
      const clients = await crowd(scene, count);
      scene.clock.advance(10);
      const [leavers, others] = [
        clients.slice(0, count / 2),
        clients.slice(count / 2),
      ];
      for (const client of others) client.transport.take();
      for (const client of leavers) leave(client);
      scene.clock.advance(10);
      for (const client of others) {
        assertEquals(
          client.transport.sent.length,
          Math.ceil(leavers.length / 256),
        );
      }
      const left = clientsOf(others[0]!.take(), "leave");
      assertEquals(left, leavers.map(({ connection }) => connection.id));
      await scene.hub.close();
    });
  }
}

Deno.test("Joins of one turn share frames, and each subscriber gets those that came after it", async () => {
  const scene = new Scene();
  const count = 600;
  const clients = await crowd(scene, count);
  scene.clock.advance(10);
  const ids = clients.map(({ connection }) => connection.id);
  for (const [index, client] of clients.entries()) {
    const frames = client.takeFrames();
    // Its answers, and the joins of all.
    assertLess(frames.length, 8);
    const joined = clientsOf(frames.flat(), "join");
    assert(joined.includes(ids[index]), "its own join");
    assertEquals(joined, ids.slice(-joined.length));
  }
  await scene.hub.close();
});

Deno.test("A subscriber that leaves gets what was published before, once, and the others get all in order", async () => {
  const scene = new Scene();
  const [leaver, other] = [
    await SdkClient.connect(scene),
    await SdkClient.connect(scene),
  ];
  const subscribe = { channel: CHANNEL };
  for (const client of [leaver, other]) await client.ask({ id: 2, subscribe });
  scene.hub.publish(CHANNEL, "a");
  scene.hub.publish(CHANNEL, "b");
  const unsubscribe = { channel: CHANNEL };
  leaver.send({ id: 3, unsubscribe });
  scene.hub.publish(CHANNEL, "c");
  assertEquals(dataOf(leaver.take()), ["a", "b"]);
  assertEquals(other.takeFrames().map(dataOf), [["a", "b", "c"]]);
  await scene.hub.close();
});

Deno.test("A client that is disconnected gets what was published before, and then the reason", async () => {
  const scene = new Scene();
  const client = await SdkClient.connect(scene);
  await client.ask({ id: 2, subscribe: { channel: CHANNEL } });
  scene.hub.publish(CHANNEL, "a");
  client.connection.disconnect(REASON);
  const messages = client.take();
  assertEquals(dataOf(messages), ["a"]);
  assertEquals(client.closeCode, 4000);
  await scene.hub.close();
});

Deno.test("A subscriber that comes while publications wait gets none of them twice, nor one that it missed", async () => {
  const scene = new Scene();
  const first = await SdkClient.connect(scene);
  const late = await SdkClient.connect(scene);
  await first.ask({ id: 2, subscribe: { channel: CHANNEL } });
  scene.hub.publish(CHANNEL, "before");
  late.send({ id: 2, subscribe: { channel: CHANNEL } });
  await scene.settle();
  scene.hub.publish(CHANNEL, "after");
  assertEquals(first.takeFrames().map(dataOf), [["before", "after"]]);
  assertEquals(dataOf(late.take()), ["after"]);
  scene.hub.publish(CHANNEL, "later");
  assertEquals(dataOf(late.take()), ["later"]);
  await scene.hub.close();
});
