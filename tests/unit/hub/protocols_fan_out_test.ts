/** One fan-out to clients of several protocols: each protocol writes a publication once, whoever and how many they are. */

import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import type { Payload } from "../../../lib/base/publication.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { protobufProtocol } from "../../../lib/protocol/centrifuge_protobuf.ts";
import { textProtocol } from "../../../lib/protocol/text.ts";
import type { Protocol } from "../../../lib/protocol/types.ts";
import { readReplies } from "../../support/protobuf_frames.ts";
import { Scene, type SceneClient } from "../../support/scene.ts";

const PAYLOADS: readonly Payload[] = [
  "text",
  { json: '{"a":1}' },
  Uint8Array.of(0, 255).buffer,
];
/** Clients of each protocol. */
const COUNT = 50;

/** A protocol that counts the publications that it writes. */
function counted(protocol: Protocol) {
  const count = { publications: 0, joins: 0 };
  const { join } = protocol;
  const counting: Protocol = {
    ...protocol,
    encodePublication(publication) {
      count.publications++;
      return protocol.encodePublication(publication);
    },
    join: join && ((frames) => {
      count.joins++;
      return join(frames);
    }),
  };
  return { counting, count };
}

async function clientsOf(
  scene: Scene,
  protocol: Protocol,
): Promise<SceneClient[]> {
  const clients: SceneClient[] = [];
  for (let client = 0; client < COUNT; client++) {
    const made = scene.connect("reader", protocol);
    await scene.join(made, "news");
    clients.push(made);
  }
  await scene.settle();
  for (const { transport } of clients) transport.take();
  return clients;
}

Deno.test("Each protocol writes a publication once, and all its clients get the very same frame", async () => {
  const scene = new Scene();
  const protocols = [textProtocol, centrifugeProtocol, protobufProtocol]
    .map(counted);
  const crowds = [];
  for (const { counting } of protocols) {
    crowds.push(await clientsOf(scene, counting));
  }
  for (const payload of PAYLOADS) scene.hub.publish("news", payload);
  scene.clock.advance(0);
  await scene.settle();
  assertEquals(protocols.map(({ count }) => count), [
    { publications: 3, joins: 0 },
    { publications: 3, joins: 1 },
    { publications: 3, joins: 1 },
  ]);
  const [, , protobuf] = crowds;
  for (const clients of crowds) {
    const [first, ...others] = clients.map(({ transport }) => transport.sent);
    for (const sent of others) {
      for (const [index, frame] of first!.entries()) {
        assertStrictEquals(sent[index], frame);
      }
    }
  }
  const [frame] = protobuf![0]!.transport.sent;
  assert(frame instanceof ArrayBuffer);
  const data = readReplies(frame).map(({ push }) =>
    (push as { pub: { data: Uint8Array } }).pub.data
  );
  assertEquals(data, [
    new TextEncoder().encode('"text"'),
    new TextEncoder().encode('{"a":1}'),
    Uint8Array.of(0, 255),
  ]);
  await scene.hub.close();
});
