/** Floods: what comes faster than the event loop turns, and replies that are longer than a client may read. */

import { assert, assertEquals } from "@std/assert";
import type { HubLimits } from "../../../lib/limits/hub_limits.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { protobufProtocol } from "../../../lib/protocol/centrifuge_protobuf.ts";
import { textProtocol } from "../../../lib/protocol/text.ts";
import type { Frame } from "../../../lib/protocol/types.ts";
import { settled } from "../../support/connection_scene.ts";
import { Scene, type SceneClient } from "../../support/scene.ts";

/** Messages that may wait in one turn before the rate counts, and those that are carried out at once. */
const FREE = 512;
const AT_ONCE = 64;

function limited(limits: Partial<HubLimits>): Scene {
  return new Scene({
    limits: { floodRate: 100, floodBurstMs: 1_000, ...limits },
  });
}

/** Sends frames in one turn of the event loop. */
function send({ connection }: SceneClient, count: number, frame = "ping") {
  for (let index = 0; index < count; index++) connection.receive(frame);
}

async function turns(scene: Scene, count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await settled();
    scene.clock.advance(0);
  }
}

Deno.test("A burst that one turn of the event loop brings is carried out, up to the flood rate", async () => {
  const scene = limited({});
  const client = scene.connect("alice");
  const count = AT_ONCE + FREE + 100;
  send(client, count);
  await turns(scene);
  assertEquals(
    client.transport.sent,
    Array.from({ length: count }, () => "pong"),
  );
  assertEquals(client.connection.closed, false);
});

Deno.test("A client that sends more in one turn than the others can bear is closed with 3013", () => {
  const scene = limited({});
  const client = scene.connect("alice");
  send(client, AT_ONCE + FREE + 101);
  assertEquals(client.transport.closed?.code, 3013);
  assertEquals(scene.hub.counters.refusals.flood, 1);
});

Deno.test("As much in several turns is no flood", async () => {
  const scene = limited({});
  const client = scene.connect("alice");
  for (let turn = 0; turn < 10; turn++) {
    send(client, FREE);
    await turns(scene);
  }
  assertEquals(client.connection.closed, false);
  assertEquals(client.transport.sent.length, 10 * FREE);
});

Deno.test("Long messages count for as many KiB as they have", () => {
  const scene = limited({});
  const client = scene.connect("alice");
  send(client, 20, `alice:${"x".repeat(60_000)}`);
  assertEquals(client.transport.closed?.code, 3013);
});

Deno.test("A frame of very many commands counts before it is decoded", async () => {
  const scene = limited({});
  const client = scene.connect(null, centrifugeProtocol);
  client.connection.receive('{"id":1,"connect":{}}');
  await turns(scene);
  const frame = "{}\n".repeat(20_000);
  // What is above the burst is owed.
  client.connection.receive(frame);
  await turns(scene, 1_000);
  assertEquals(client.connection.closed, false);
  client.connection.receive(frame);
  assertEquals(client.transport.closed?.code, 3013);
  assertEquals(scene.hub.counters.refusals.flood, 1);
});

Deno.test("A long frame that is malformed is closed for that, in each encoding", () => {
  for (const protocol of [centrifugeProtocol, protobufProtocol]) {
    const scene = limited({});
    const { connection, transport } = scene.connect(null, protocol);
    connection.receive(
      protocol === centrifugeProtocol
        ? "x".repeat(5_000)
        : new Uint8Array(5_000).fill(255).buffer,
    );
    assertEquals(transport.closed?.code, 3501);
  }
});

Deno.test("The connections of one uid flood together, and others have their own", () => {
  const scene = limited({});
  const [first, second] = [1, 2].map(() => scene.connect("alice"));
  const bob = scene.connect("bob");
  send(first!, AT_ONCE + FREE);
  send(bob, AT_ONCE + FREE);
  send(second!, AT_ONCE + FREE);
  assertEquals(first!.connection.closed, false);
  assertEquals(second!.transport.closed?.code, 3013);
  assertEquals(bob.connection.closed, false);
});

Deno.test("The clients of one address flood together, whatever uids they have", () => {
  const scene = limited({});
  const place = scene.hub.admission.enter("192.0.2.1");
  const [first, second] = ["alice", "bob"].map((uid) => scene.connect(uid));
  for (const client of [first, second]) {
    client!.connection.countFor(place?.group);
  }
  send(first!, AT_ONCE + FREE);
  send(second!, AT_ONCE + 100);
  assertEquals(second!.connection.closed, false);
  send(second!, 1);
  assertEquals(second!.transport.closed?.code, 3013);
  assertEquals(first!.connection.closed, false);
});

Deno.test("Clients with neither a uid nor a known address flood together: one that comes back gets no more", () => {
  const scene = limited({});
  send(scene.connect(), 1_000);
  const again = scene.connect();
  send(again, AT_ONCE);
  assertEquals(again.connection.closed, false);
  send(again, 1);
  assertEquals(again.transport.closed?.code, 3013);
  const known = scene.connect("alice");
  send(known, AT_ONCE + FREE);
  assertEquals(known.connection.closed, false);
});

Deno.test("Clients of an unknown address flood together under names that they have made up, and one with a token has a share of its own", () => {
  const scene = limited({});
  const named = (uid: string, claimed: boolean) => {
    const client = scene.connect(null);
    const identity = { uid, claimed, expiresAt: Infinity };
    scene.hub.authenticate(client.connection, identity);
    return client;
  };
  const first = named("made-up-1", true);
  send(first, AT_ONCE + FREE + 100);
  assertEquals(first.connection.closed, false);
  const second = named("made-up-2", true);
  send(second, AT_ONCE);
  assertEquals(second.connection.closed, false);
  send(second, 1);
  assertEquals(second.transport.closed?.code, 3013);
  const alice = named("alice", false);
  send(alice, AT_ONCE + FREE);
  assertEquals(alice.connection.closed, false);
  // One of a known address shares with that.
  const place = scene.hub.admission.enter("192.0.2.1");
  const elsewhere = named("made-up-3", true);
  elsewhere.connection.countFor(place?.group);
  send(elsewhere, AT_ONCE + FREE);
  assertEquals(elsewhere.connection.closed, false);
});

Deno.test("A long frame that takes long to decode counts by the time", () => {
  const scene = limited({});
  const protocol = {
    ...textProtocol,
    decode(frame: Frame) {
      scene.clock.now += 3;
      return textProtocol.decode(frame, () => false);
    },
  };
  const slow = scene.connect("alice", protocol);
  const frame = `alice:${"x".repeat(20_000)}`;
  // 1 250 of their messages each, and nothing is free of the second.
  slow.connection.receive(frame);
  slow.connection.receive(frame);
  assertEquals(slow.transport.closed?.code, 3013);
  const short = scene.connect("bob", protocol);
  send(short, 40, "bob:x");
  assertEquals(short.connection.closed, false);
});

Deno.test("A user whose flood was ended comes back after a second, not at once", () => {
  const scene = limited({});
  send(scene.connect("alice"), 1_000);
  assertEquals(scene.connect("alice").transport.closed?.code, 3013);
  assertEquals(scene.connect("bob").connection.closed, false);
  scene.clock.advance(1_100);
  assertEquals(scene.connect("alice").connection.closed, false);
});

Deno.test("The end of a flood counts as forty attempts to connect from its address", () => {
  const scene = limited({ connectRatePerAddress: 50, rateBurstMs: 1_000 });
  const { admission } = scene.hub;
  const place = admission.enter("192.0.2.1");
  const client = scene.connect();
  client.connection.countFor(place?.group);
  send(client, 1_000);
  let admitted = 0;
  while (admission.admit("192.0.2.1")) admitted++;
  assertEquals(admitted, 10);
  assert(admission.admit("192.0.2.2"));
});

/** A client of the SDKs, and what it gets as a reply to a command: its id, or 111. */
async function reader(limits: Partial<HubLimits>) {
  const scene = limited({ rateBurstMs: 1_000, ...limits });
  const data = JSON.stringify("x".repeat(1_000));
  for (let count = 0; count < 30; count++) {
    await scene.hub.publish("room", { json: data });
  }
  const position = await scene.hub.broker.position("room");
  const client = scene.connect(null, centrifugeProtocol);
  const replyTo = async (id: number, command: object) => {
    client.connection.receive(JSON.stringify({ id, ...command }));
    await turns(scene);
    const frame = String(client.transport.sent.at(-1));
    return frame.includes('"code":111') ? 111 : JSON.parse(frame).id;
  };
  await replyTo(1, { connect: {} });
  return { scene, client, replyTo, position };
}

Deno.test("A long reply is paid for before the next history or presence, and delays nothing else", async () => {
  const { scene, replyTo } = await reader({ replyByteRate: 10_000 });
  const history = { history: { channel: "room", limit: 30 } };
  const presence = { presence: { channel: "room" } };
  assertEquals(await replyTo(2, history), 2);
  assertEquals(await replyTo(3, history), 111);
  assertEquals(await replyTo(4, presence), 111);
  assertEquals(await replyTo(5, { publish: { channel: "room", data: 1 } }), 5);
  assertEquals(scene.hub.counters.refusals.replyBytes, 2);
  scene.clock.advance(2_500);
  assertEquals(await replyTo(6, history), 6);
});

Deno.test("What a subscription recovers is paid for before the next one, which waits", async () => {
  const { scene, client, replyTo, position } = await reader({
    replyByteRate: 10_000,
  });
  const { epoch } = position;
  const recover = { channel: "room", recover: true, offset: 0, epoch };
  assertEquals(await replyTo(2, { subscribe: recover }), 2);
  assertEquals(await replyTo(3, { unsubscribe: { channel: "room" } }), 3);
  assertEquals(await replyTo(4, { subscribe: recover }), 3);
  scene.clock.advance(2_500);
  await turns(scene);
  const last = JSON.parse(String(client.transport.sent.at(-1)));
  assertEquals([last.id, last.subscribe.publications.length], [4, 30]);
});

Deno.test("A client that is refused because its user floods costs its address nothing more", () => {
  const scene = limited({ connectRatePerAddress: 50, rateBurstMs: 1_000 });
  const { admission } = scene.hub;
  send(scene.connect("alice"), 1_000);
  const place = admission.enter("192.0.2.1");
  const { connection, transport } = scene.connect(null);
  connection.countFor(place?.group);
  scene.hub.authenticate(connection, { uid: "alice", expiresAt: Infinity });
  assertEquals(transport.closed?.code, 3013);
  let admitted = 0;
  while (admission.admit("192.0.2.1")) admitted++;
  assertEquals(admitted, 50);
});
