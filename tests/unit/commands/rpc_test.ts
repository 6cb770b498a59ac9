/** Calls of SDKs: what the program gets and answers, in JSON and in protobuf. */

import { assertEquals } from "@std/assert";
import { errors, ProtocolError } from "../../../lib/base/errors.ts";
import { protobufProtocol } from "../../../lib/protocol/centrifuge_protobuf.ts";
import {
  commandFrame,
  type CommandValues,
  readReplies,
} from "../../support/protobuf_frames.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

/** A scene whose program answers with what it got, and knows one method alone. */
function echo(): Scene {
  return new Scene({
    onRpc({ method, data }) {
      if (method === "echo") return data;
      throw new ProtocolError(errors.methodNotFound);
    },
  });
}

/** Replies to commands of a client in protobuf, once it has connected. */
async function ask(scene: Scene, ...commands: CommandValues[]) {
  const { connection, transport } = scene.connect(null, protobufProtocol);
  connection.receive(commandFrame({ id: 1, connect: {} }, ...commands));
  await scene.settle();
  scene.clock.advance(0);
  return transport.take()
    .flatMap((frame) => readReplies(frame as ArrayBuffer)).slice(1);
}

const utf8 = (text: string) => new TextEncoder().encode(text);

for (
  const [what, sent, answered] of [
    ["bytes", Uint8Array.of(0, 255), Uint8Array.of(0, 255)],
    ["a JSON value", utf8('{"a":[1]}'), utf8('{"a":[1]}')],
    ["a JSON string", utf8('"text"'), utf8('"text"')],
  ] as const
) {
  Deno.test(`A client in protobuf calls with ${what}, and is answered by the same`, async () => {
    const scene = echo();
    const data = sent.slice().buffer;
    const replies = await ask(scene, { id: 2, rpc: { method: "echo", data } });
    assertEquals(replies, [{ id: 2, rpc: { data: answered } }]);
    await scene.hub.close();
  });
}

Deno.test("A call of nothing has the value null", async () => {
  const scene = echo();
  const replies = await ask(scene, { id: 2, rpc: { method: "echo" } });
  assertEquals(replies, [{ id: 2, rpc: { data: utf8("null") } }]);
  await scene.hub.close();
});

Deno.test("A program says that it has no such method: 104, in JSON and in protobuf", async () => {
  const scene = echo();
  const error = { code: 104, message: "method not found" };
  const rpc = { method: "none" };
  assertEquals(await ask(scene, { id: 2, rpc }), [{ id: 2, error }]);
  const client = await SdkClient.connect(scene);
  assertEquals(await client.ask({ id: 2, rpc }), [{ id: 2, error }]);
  await scene.hub.close();
});

Deno.test("Bytes of a program are base64 for a client in JSON", async () => {
  const scene = new Scene({ onRpc: () => Uint8Array.of(0, 255) });
  const client = await SdkClient.connect(scene);
  assertEquals(await client.ask({ id: 2, rpc: {} }), [
    { id: 2, rpc: { data: "AP8=" } },
  ]);
  await scene.hub.close();
});
