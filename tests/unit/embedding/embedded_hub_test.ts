/** The methods of a hub inside a program: as the server API has them, in values. */

import { assertEquals, assertRejects } from "@std/assert";
import { createHub } from "../../../lib/create_hub.ts";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { ProtocolError } from "../../../lib/base/errors.ts";
import {
  type EmbeddedHub,
  embedHub,
} from "../../../lib/embedding/embedded_hub.ts";
import type { HubHistoryOptions } from "../../../lib/embedding/options.ts";
import { eventually } from "../../support/eventually.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { FakeTransport } from "../../support/fake_transport.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

/** A scene, and the same hub as a program has it. */
class EmbeddedScene extends Scene {
  readonly embedded: EmbeddedHub = embedHub(this.core);

  constructor() {
    super({ tokens: fakeTokens });
  }

  /** An SDK client of a uid, subscribed to `news`. */
  async reader(sub: string): Promise<SdkClient> {
    const client = await SdkClient.connect(this, { claims: { sub } });
    await client.ask({ id: 2, subscribe: { channel: "news" } });
    client.take();
    return client;
  }
}

/** The code that a call is refused with. */
async function codeOf(call: () => Promise<unknown>): Promise<number> {
  return (await assertRejects(call, ProtocolError)).code;
}

/** Data of the publications that a client was sent. */
function dataOf(client: SdkClient): unknown[] {
  return client.take().map((push) =>
    (push as { push?: { pub?: { data: unknown } } }).push?.pub?.data
  );
}

Deno.test("A program publishes values, text and bytes", async () => {
  const scene = new EmbeddedScene();
  const client = await scene.reader("alice");
  const { embedded: hub } = scene;
  assertEquals((await hub.publish("news", { a: [1, null] })).offset, 1);
  await hub.publish("news", "text");
  await hub.publish("news", new Uint8Array([1, 2]));
  await scene.settle();
  scene.clock.advance(0);
  assertEquals(dataOf(client), [{ a: [1, null] }, "text", "AQI="]);
  const { publications, position } = await hub.history("news", { limit: 2 });
  assertEquals(position.offset, 3);
  assertEquals(publications.map(({ offset, data }) => [offset, data]), [
    [1, { a: [1, null] }],
    [2, "text"],
  ]);
});

Deno.test("A publication has tags, may be left out of the history, and is made once for a key", async () => {
  const { embedded: hub } = new EmbeddedScene();
  const options = { tags: { lang: "en" }, idempotencyKey: "one" };
  const first = await hub.publish("news", 1, options);
  assertEquals((await hub.publish("news", 1, options)).offset, first.offset);
  await hub.publish("news", 2, { skipHistory: true });
  const { publications } = await hub.history("news");
  assertEquals(publications, [
    { offset: 1, data: 1, info: undefined, tags: { lang: "en" } },
  ]);
  await hub.removeHistory("news");
  assertEquals((await hub.history("news")).publications, []);
});

Deno.test("A publication is dropped if its version is not newer than the channel's", async () => {
  const { embedded: hub } = new EmbeddedScene();
  const top = await hub.publish("news", 1, { version: 5 });
  const again = await hub.publish("news", 2, { version: 5 });
  assertEquals(again, { ...top, delivered: false });
  await hub.publish("news", 3, { version: 1, versionEpoch: "next" });
  const { publications } = await hub.history("news");
  assertEquals(publications.map(({ data }) => data), [1, 3]);
});

Deno.test("A program reads a history forward, in reverse, and from a position", async () => {
  const { embedded: hub } = new EmbeddedScene();
  for (const data of [1, 2, 3, 4]) await hub.publish("news", data);
  const { position: { epoch } } = await hub.history("news", { limit: 0 });
  const read = async (options: HubHistoryOptions) =>
    (await hub.history("news", options)).publications.map(({ data }) => data);
  const since = { offset: 3, epoch };
  assertEquals(await read({ since }), [4]);
  assertEquals(await read({ reverse: true, limit: 3 }), [4, 3, 2]);
  assertEquals(await read({ reverse: true, since }), [2, 1]);
});

Deno.test("A program subscribes a client from a position, and it gets what it missed", async () => {
  const scene = new EmbeddedScene();
  const client = await scene.reader("alice");
  const { embedded: hub } = scene;
  for (const data of [1, 2, 3]) await hub.publish("more", data);
  const { position: { epoch } } = await hub.history("more", { limit: 0 });
  const since = { offset: 1, epoch };
  assertEquals(await hub.subscribe({ user: "alice" }, "more", { since }), 1);
  // First the subscription itself, which has no data.
  assertEquals(dataOf(client), [undefined, 2, 3]);
});

Deno.test("A program sends to a user, and to all", async () => {
  const scene = new EmbeddedScene();
  const [alice, bob] = [scene.connect("alice"), scene.connect("bob")];
  assertEquals((await scene.embedded.sendTo("alice", "one")).delivered, true);
  assertEquals((await scene.embedded.sendTo("carol", "no")).delivered, false);
  await scene.embedded.broadcast({ two: 2 });
  assertEquals(alice.transport.take(), ["one", '{"two":2}']);
  assertEquals(bob.transport.take(), ['{"two":2}']);
});

Deno.test("A program sees who is in a channel, which channels there are, and the nodes", async () => {
  const scene = new EmbeddedScene();
  await scene.reader("alice");
  await scene.reader("alice");
  const { embedded: hub } = scene;
  const users = [...(await hub.presence("news")).values()]
    .map(({ user }) => user);
  assertEquals(users, ["alice", "alice"]);
  assertEquals(await hub.presenceStats("news"), { clients: 2, users: 1 });
  assertEquals(await hub.channels("n*"), new Map([["news", 2]]));
  assertEquals(await hub.channels("x*"), new Map());
  const [node, ...others] = await hub.nodes();
  assertEquals(others, []);
  assertEquals([node?.clients, node?.users, node?.channels], [2, 1, 1]);
  assertEquals(hub.size, 2);
});

Deno.test("A program subscribes and unsubscribes clients, and counts them", async () => {
  const scene = new EmbeddedScene();
  const client = await scene.reader("alice");
  const { embedded: hub } = scene;
  const user = "alice";
  assertEquals(await hub.subscribe({ user }, "more", { data: { a: 1 } }), 1);
  assertEquals(await hub.subscribe({ user }, "more"), 0);
  await hub.publish("more", "hello");
  assertEquals(JSON.stringify(client.take()).includes('"data":{"a":1}'), true);
  assertEquals(await hub.unsubscribe({ user }, "more"), 1);
  assertEquals(await hub.channels("more"), new Map());
  const late = { expiresAt: scene.clock.wallTime };
  assertEquals(await codeOf(() => hub.subscribe({ user }, "more", late)), 110);
});

Deno.test("A program ends the connections of a user, of one client, or all but some", async () => {
  const scene = new EmbeddedScene();
  const { embedded: hub } = scene;
  const [one, two] = [scene.connect("alice"), scene.connect("alice")];
  const whitelist = [two.connection.id];
  assertEquals(await hub.disconnect({ user: "alice" }, { whitelist }), 1);
  assertEquals(one.transport.closed?.code, 3503);
  const { id: client } = two.connection;
  const { forceReconnect } = disconnects;
  assertEquals(await hub.disconnect({ client }, forceReconnect), 1);
  assertEquals(two.transport.closed?.code, 3011);
  await assertRejects(
    () => hub.disconnect({ user: "alice" }, { code: 1000 }),
    RangeError,
  );
});

Deno.test("A program lets a connection last, or ends it by a time that has passed", async () => {
  const scene = new EmbeddedScene();
  const { embedded: hub, clock } = scene;
  const { connection, transport } = scene.connect("alice");
  const user = "alice";
  assertEquals(await hub.refresh({ user }, clock.wallTime + 10_000), 1);
  assertEquals(connection.expireBy - clock.now >= 10_000, true);
  clock.advance(500);
  // In whole seconds, this time would be still to come.
  assertEquals(await hub.refresh({ user }, clock.wallTime - 1), 1);
  assertEquals(transport.closed?.code, 3005);
});

Deno.test("A socket that the program hands over has the uid and the headers that come with it", async () => {
  const seen: unknown[] = [];
  await using hub = createHub({
    access: "anonymous",
    onConnect: ({ uid, headers }) => {
      seen.push([uid, headers?.get("cookie")]);
    },
  });
  const socket = Object.assign(new FakeTransport(), {
    binaryType: "blob",
    readyState: 1,
    protocol: "",
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
  });
  const headers = new Headers({ cookie: "session=alice" });
  hub.acceptWebSocket(socket, { uid: "alice", headers });
  const isAdmitted = async () => (await hub.nodes())[0]?.users === 1;
  await eventually(isAdmitted, { awaited: "the client to be let in" });
  await hub.sendTo("alice", "hello");
  assertEquals(seen, [["alice", "session=alice"]]);
  assertEquals(socket.take(), ["hello"]);
});

Deno.test("An empty name means no connection, never all of them", async () => {
  const scene = new EmbeddedScene();
  const { transport } = scene.connect("alice");
  const { embedded: hub } = scene;
  for (
    const call of [
      () => hub.disconnect({ user: "" }),
      () => hub.disconnect({ client: "" }),
      () => hub.refresh({ user: "" }, 0),
      () => hub.sendTo("", "hello"),
    ]
  ) assertEquals(await codeOf(call), 107);
  assertEquals(transport.take(), []);
  assertEquals(transport.closed, undefined);
});

Deno.test("What clients get errors for, a program gets as errors", async () => {
  const { embedded: hub } = new EmbeddedScene();
  assertEquals(await codeOf(() => hub.publish("x:1", 1)), 102);
  assertEquals(await codeOf(() => hub.publish("", 1)), 107);
  const since = { offset: 1, epoch: "another" };
  assertEquals(await codeOf(() => hub.history("news", { since })), 112);
});

Deno.test("A drain disconnects every client, and the hub is not ready any more", async () => {
  const scene = new EmbeddedScene();
  const { transport } = scene.connect("alice");
  assertEquals(scene.embedded.ready, true);
  await scene.embedded.drain();
  assertEquals(transport.closed?.code, 3001);
  assertEquals(scene.embedded.ready, false);
});
