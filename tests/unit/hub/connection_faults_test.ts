/** A failure without a caller ends one connection, and never the process. */

import { assertEquals, assertThrows } from "@std/assert";
import { memoryHub } from "../../support/memory_hub.ts";
import {
  checkDisconnect,
  DisconnectError,
  disconnects,
} from "../../../lib/base/disconnect.ts";
import { textProtocol } from "../../../lib/protocol/text.ts";
import { acceptWebSocket } from "../../../lib/transports/accepted_socket.ts";
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
  const { hub } = memoryHub({
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

class BrokenTransport extends FakeTransport {
  override send(): void {
    failing();
  }
}

Deno.test("A transport that throws ends its own connection, and the others get what it was not sent", () => {
  const { hub, clock } = new Scene();
  const identity = { uid: "a", expiresAt: Infinity };
  const broken = new BrokenTransport();
  const connection = hub.connect(broken, textProtocol, identity);
  const healthy = new FakeTransport();
  hub.connect(healthy, textProtocol, { ...identity, uid: "b" });
  hub.broadcast("hello");
  clock.advance(10);
  assertEquals(healthy.sent, ["hello"]);
  assertEquals([connection.end?.code, broken.closed?.code], [3004, 3004]);
});

Deno.test("A transport that throws at a ping ends its own connection, and the others are pinged", () => {
  const limits = { heartbeatTimeoutMs: 0, heartbeatIntervalMs: 10_000 };
  const { hub, clock } = new Scene({ limits });
  const broken = new BrokenTransport();
  const transports = [broken, new FakeTransport(), new FakeTransport()];
  for (const transport of transports) {
    hub.connect(transport, textProtocol, { uid: "a", expiresAt: Infinity });
  }
  clock.advance(11_000);
  assertEquals(broken.closed?.code, 3004);
  assertEquals(transports.map(({ sent }) => sent), [[], ["ping"], ["ping"]]);
});

Deno.test("A socket that cannot be closed is logged, and ends no process", () => {
  const { hub, clock, logs } = new Scene();
  const socket = {
    binaryType: "",
    readyState: 1,
    protocol: "",
    bufferedAmount: 0,
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    send: () => {},
    close: failing,
  };
  acceptWebSocket(hub, socket, { protocol: textProtocol, identity: ANYBODY });
  const [connection] = hub.connections;
  connection?.disconnect(disconnects.forceReconnect);
  clock.advance(1_000);
  assertEquals(logs.at(-1)?.event, "handler_failed");
});

Deno.test("A publication that cannot be encoded is logged once, and those of other protocols get it", async () => {
  const scene = new Scene();
  const broken = {
    ...textProtocol,
    encodePublication: failing,
  };
  const clients = [broken, broken, textProtocol].map((protocol, index) =>
    scene.connect(`${index}`, protocol)
  );
  scene.hub.broadcast("hello");
  scene.clock.advance(10);
  await scene.settle();
  assertEquals(clients.map(({ transport }) => transport.sent), [[], [], [
    "hello",
  ]]);
  assertEquals(clients.map(({ connection }) => connection.closed), [
    false,
    false,
    false,
  ]);
  const errors = scene.logs.filter(({ event }) => event === "delivery_failed");
  assertEquals(errors.length, 1);
});
