/** A failure without a caller ends one connection, and never the process. */

import { assertEquals, assertThrows } from "@std/assert";
import { assembleHub } from "../../../lib/embedding/assemble_hub.ts";
import {
  checkDisconnect,
  DisconnectError,
  disconnects,
} from "../../../lib/base/disconnect.ts";
import { ANYBODY } from "../../../lib/hub/identity.ts";
import { scene, settled } from "../../support/connection_scene.ts";
import { FakeTransport } from "../../support/fake_transport.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

function failing(): never {
  throw new Error("the disk is full");
}

Deno.test("A log that fails while a command is waited for ends its connection with 3004", async () => {
  const { connection, transport } = scene({
    onCommand: () => Promise.reject(new Error("broken")),
    onError: failing,
  });
  connection.receive("u:x");
  connection.receive("u:y");
  await settled();
  assertEquals(transport.closed?.code, 3004);
});

Deno.test("A transport that cannot be closed ends no other connection", async () => {
  class Broken extends FakeTransport {
    override close(): void {
      failing();
    }
  }
  const { connection, ends, failures } = scene({
    transport: new Broken(),
    onCommand: () => Promise.reject(new DisconnectError(disconnects.slow)),
  });
  connection.receive("u:x");
  await settled();
  assertEquals([connection.closed, ends.length], [true, 1]);
  assertEquals(failures.map(String), ["Error: the disk is full"]);
});

const WRONG = [
  [{ code: 2000, reason: "x" }, "code 2000"],
  [{ code: 5000, reason: "x" }, "code 5000"],
  [{ code: 1006, reason: "x" }, "code 1006"],
  [{ code: 3500.5, reason: "x" }, "code 3500.5"],
  [{ code: NaN, reason: "x" }, "code NaN"],
  [{ code: 4000, reason: "x".repeat(124) }, "124 bytes"],
  [{ code: 4000, reason: "é".repeat(62) }, "124 bytes"],
] as const;

for (const [wrong, words] of WRONG) {
  Deno.test(`A disconnect with ${words} is refused where it is made`, () => {
    const disconnect = { ...wrong, reconnect: true };
    assertThrows(() => new DisconnectError(disconnect), RangeError, words);
    const { connection, ends } = scene();
    assertThrows(() => connection.disconnect(disconnect), RangeError, words);
    assertEquals([connection.closed, ends], [false, []]);
  });
}

Deno.test("Every disconnect of the table can be sent, and one of the program's own", () => {
  for (const disconnect of Object.values(disconnects)) {
    checkDisconnect(disconnect);
  }
  const reason = "x".repeat(123);
  checkDisconnect({ code: 3000, reason, reconnect: true });
  checkDisconnect({ code: 4999, reason: "", reconnect: false });
});

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
const THROWN = [undefined, null, 10n, Symbol("x"), "text", cyclic];

for (const thrown of THROWN) {
  const name = typeof thrown;
  Deno.test(`A rule of the program that throws a ${name} is error 100, and logged`, async () => {
    const scene = new Scene({
      onRpc: () => {
        throw thrown;
      },
      onDisconnect: () => {
        throw thrown;
      },
    });
    const client = await SdkClient.connect(scene);
    const [reply] = await client.ask({ id: 2, rpc: {} });
    assertEquals(reply, {
      id: 2,
      error: { code: 100, message: "internal error", temporary: true },
    });
    client.connection.ended();
    await scene.settle();
    const events = scene.logs.map(({ event }) => event);
    assertEquals(events.includes("command_failed"), true);
    assertEquals(events.includes("hook_failed"), true);
  });
}

Deno.test("A hook that asks for an impossible close is error 100, and the connection goes on", async () => {
  const scene = new Scene({
    onRpc: () => {
      const reason = "x".repeat(130);
      throw new DisconnectError({ code: 4000, reason, reconnect: true });
    },
  });
  const client = await SdkClient.connect(scene);
  const replies = await client.ask({ id: 2, rpc: {} }, {
    id: 3,
    unsubscribe: { channel: "a" },
  });
  assertEquals(replies.map(({ id, error }) => [id, error !== undefined]), [
    [2, true],
    [3, false],
  ]);
  assertEquals(client.closeCode, undefined);
});

Deno.test("A log that fails when a hook has failed ends no connection", async () => {
  const { hub } = assembleHub({
    insecureAnonymousAll: true,
    onDisconnect: failing,
    log: { debug() {}, info() {}, warn() {}, error: failing },
  });
  const transport = new FakeTransport();
  const { protocol } = scene().connection;
  const connection = hub.connect(transport, protocol, ANYBODY);
  connection.ended();
  await settled();
  assertEquals(hub.size, 0);
  await hub.close();
});
