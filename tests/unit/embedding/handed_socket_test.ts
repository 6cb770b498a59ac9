/** Sockets and requests that a program hands over wrongly: the error says what was expected, and the hub has nothing of them. */

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { createHub } from "../../../lib/create_hub.ts";
import type { HandedSocket } from "../../../lib/transports/handed_socket.ts";
import type { ProtocolName } from "../../../lib/transports/web_socket.ts";
import { settled } from "../../support/connection_scene.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { FakeTransport } from "../../support/fake_transport.ts";

function socketOf(readyState: number): HandedSocket {
  return Object.assign(new FakeTransport(), {
    binaryType: "blob",
    readyState,
    protocol: "",
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
  });
}

const PROTOCOL = "txt" as ProtocolName;
const NO_PROTOCOL =
  'Cannot speak the protocol "txt": expected text, plain, centrifuge';
const NO_SOCKET =
  "Cannot accept something that is no socket: expected a WebSocket";

for (
  const [name, socket, message] of [
    ["an empty object", {}, NO_SOCKET],
    ["null", null, NO_SOCKET],
    ["a number", 1, NO_SOCKET],
    ["a request", new Request("http://localhost/"), NO_SOCKET],
  ] as const
) {
  Deno.test(`To hand over ${name} is a TypeError`, async () => {
    await using hub = createHub({ access: "anonymous" });
    const accept = () => hub.acceptWebSocket(socket as HandedSocket);
    assertEquals(assertThrows(accept, TypeError).message, message);
    assertEquals(hub.size, 0);
  });
}

for (
  const [name, readyState] of [["closes", 2], ["is closed", 3]] as const
) {
  Deno.test(`A socket that ${name} is let go: its client may go at any time`, async () => {
    await using hub = createHub({ access: "anonymous" });
    hub.acceptWebSocket(socketOf(readyState), { uid: "alice" });
    assertEquals(hub.size, 0);
  });
}

for (const uid of ["", "all", "a\nb", "x".repeat(256), "\ud800"]) {
  Deno.test(`A socket with the uid ${JSON.stringify(uid.slice(0, 9))} is closed with 3501, and nothing is thrown`, async () => {
    const clock = new FakeClock();
    const hub = createHub({ access: "anonymous", clock });
    const transport = new FakeTransport();
    hub.acceptWebSocket(Object.assign(transport, socketOf(1)), { uid });
    clock.advance(20);
    assertEquals(transport.closed?.code, 3501);
    assertEquals(hub.size, 0);
    await hub.drain({ spreadMs: 0, flushMs: 0 });
  });
}

Deno.test("A uid that is no string is the program's mistake", async () => {
  await using hub = createHub({ access: "anonymous" });
  const accept = () => hub.acceptWebSocket(socketOf(1), { uid: 7 as never });
  assertEquals(
    assertThrows(accept, TypeError).message,
    "Cannot accept a socket with a uid of the type number: expected a string",
  );
});

Deno.test("To hand over a socket again is a TypeError, to another hub too", async () => {
  await using hub = createHub({ access: "anonymous" });
  await using other = createHub({ access: "anonymous" });
  const socket = socketOf(1);
  hub.acceptWebSocket(socket);
  for (const each of [hub, other]) {
    const again = () => each.acceptWebSocket(socket);
    assertEquals(
      assertThrows(again, TypeError).message,
      "Cannot accept a socket again: expected each socket once",
    );
  }
  assertEquals([hub.size, other.size], [1, 0]);
});

Deno.test("A protocol that does not exist is a TypeError, and the socket may be handed over again", async () => {
  await using hub = createHub({ access: "anonymous" });
  const socket = socketOf(1);
  const accept = () => hub.acceptWebSocket(socket, { protocol: PROTOCOL });
  assertEquals(assertThrows(accept, TypeError).message, NO_PROTOCOL);
  const request = new Request("http://localhost/", {
    headers: { upgrade: "websocket" },
  });
  const upgrade = async () =>
    await hub.upgrade(request, { protocol: PROTOCOL });
  const error = await assertRejects(upgrade, TypeError);
  assertEquals(error.message, NO_PROTOCOL);
  hub.acceptWebSocket(socket);
  assertEquals(hub.size, 1);
});

for (
  const [flushMs, steps] of [[0, 0], [100, 5], [1_000, 50]] as const
) {
  Deno.test(`A drain waits flushMs, ${flushMs} ms, for a socket that does not end`, async () => {
    const clock = new FakeClock();
    const hub = createHub({ access: "anonymous", clock });
    const socket = socketOf(1);
    hub.acceptWebSocket(socket);
    let isOver = false;
    const drained = hub.drain({ spreadMs: 0, flushMs })
      .then(() => isOver = true);
    for (let step = 0; step < steps; step++) {
      await settled();
      assertEquals(isOver, false);
      clock.advance(20);
    }
    await drained;
    assertEquals(clock.now, flushMs);
  });
}

Deno.test("A drain does not wait for a socket that has ended", async () => {
  const clock = new FakeClock();
  const hub = createHub({ access: "anonymous", clock });
  const socket = socketOf(1);
  hub.acceptWebSocket(socket);
  const drained = hub.drain({ spreadMs: 0, flushMs: 60_000 });
  socket.onclose?.(undefined as never);
  clock.advance(20);
  await drained;
  assertEquals(clock.now, 20);
});
