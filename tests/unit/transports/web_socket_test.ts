import { assertEquals } from "@std/assert";
import { ANYBODY } from "../../../lib/hub/identity.ts";
import { plainProtocol } from "../../../lib/protocol/plain.ts";
import { textProtocol } from "../../../lib/protocol/text.ts";
import {
  type AcceptOptions,
  acceptWebSocket,
} from "../../../lib/transports/accepted_socket.ts";
import { FakeTransport } from "../../support/fake_transport.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene, type SceneOptions } from "../../support/scene.ts";

/** A socket whose events a test fires. */
class FakeSocket extends FakeTransport {
  onopen: () => void = () => {};
  onmessage: (event: { data: unknown }) => void = () => {};
  onclose: () => void = () => {};
}

function accept(
  options: SceneOptions = {},
  overrides: Partial<AcceptOptions> = {},
) {
  const scene = new Scene(options);
  const socket = new FakeSocket();
  acceptWebSocket(scene.hub, socket as unknown as WebSocket, {
    protocol: plainProtocol,
    identity: ANYBODY,
    ...overrides,
  });
  /** The code with which the socket is closed, once its client is quiet. */
  const closeCode = () => {
    scene.clock.advance(20);
    return socket.closed?.code;
  };
  return { scene, hub: scene.hub, socket, closeCode };
}

function failures({ logs }: Scene): unknown[] {
  return logs.filter(({ level }) => level === "error")
    .map(({ event }) => event);
}

Deno.test("A socket is registered when it opens and forgotten when it closes", () => {
  const { hub, socket } = accept();
  assertEquals([hub.size, hub.admission.count], [0, 1]);
  socket.onopen();
  assertEquals([hub.size, hub.admission.count], [1, 1]);
  socket.onclose();
  assertEquals([hub.size, hub.admission.count], [0, 0]);
});

Deno.test("A close that is reported twice gives one slot back", () => {
  const { hub, socket } = accept();
  socket.onopen();
  socket.onclose();
  socket.onclose();
  assertEquals(hub.admission.count, 0);
});

Deno.test("A socket that never opens gives its slot back", () => {
  const { hub, socket } = accept();
  socket.onclose();
  assertEquals(hub.admission.count, 0);
});

Deno.test("A socket whose client is gone before it opens gives its slot back in time", () => {
  const { scene, hub, socket } = accept();
  scene.clock.advance(9_999);
  assertEquals(hub.admission.count, 1);
  scene.clock.advance(1);
  assertEquals(hub.admission.count, 0);
  socket.onclose();
  assertEquals(hub.admission.count, 0);
});

Deno.test("A socket that has opened keeps its slot, and needs no timer of its own", () => {
  const { scene, hub, socket } = accept();
  const { pending } = new Scene().clock;
  assertEquals(scene.clock.pending, pending);
  socket.onopen();
  assertEquals(scene.clock.pending, pending);
  scene.clock.advance(20_000);
  assertEquals(hub.admission.count, 1);
});

Deno.test("A socket that was closed by us counts until the other side lets go", () => {
  const { hub, socket, closeCode } = accept();
  socket.onopen();
  socket.bufferedAmount = 2 ** 30;
  hub.broadcast("hello");
  assertEquals(closeCode(), 3008);
  assertEquals([hub.size, hub.admission.count], [0, 1]);
  socket.onclose();
  assertEquals(hub.admission.count, 0);
});

Deno.test("A socket beyond the limit is closed with 3013, by appointment, and takes no slot", () => {
  const { hub, socket, closeCode } = accept({ limits: { maxConnections: 0 } });
  socket.onopen();
  assertEquals(closeCode(), 3013);
  socket.onclose();
  assertEquals([hub.size, hub.admission.count], [0, 0]);
});

Deno.test("A socket that opens during a drain is closed with 3001", () => {
  const { hub, socket, closeCode } = accept();
  hub.draining = true;
  socket.onopen();
  assertEquals(closeCode(), 3001);
  assertEquals(hub.size, 0);
});

Deno.test("A message handler that throws costs its own connection, and nothing else", async () => {
  const error = new Error("broken");
  const sync = accept({
    onMessage: () => {
      throw error;
    },
  });
  const later = accept({ onMessage: () => Promise.reject(error) });
  for (const { scene, socket, hub, closeCode } of [sync, later]) {
    socket.onopen();
    socket.onmessage({ data: "hello" });
    await scene.settle();
    assertEquals(failures(scene), ["command_failed"]);
    assertEquals(closeCode(), 3004);
    assertEquals(hub.size, 0);
  }
});

Deno.test("A connect hook that throws costs its own connection, and nothing else", async () => {
  const { scene, socket, closeCode } = accept({
    onConnect: () => {
      throw new Error("broken");
    },
  });
  socket.onopen();
  await scene.settle();
  assertEquals(failures(scene), ["command_failed"]);
  assertEquals(closeCode(), 3004);
});

Deno.test("A client that cannot be registered leaves nothing behind", () => {
  const broker = memoryBroker();
  broker.subscribe = () => {
    throw new Error("broken");
  };
  const { scene, hub, socket, closeCode } = accept({ broker });
  socket.onopen();
  assertEquals(closeCode(), 3004);
  socket.onclose();
  assertEquals([hub.size, hub.admission.count], [0, 0]);
  assertEquals(failures(scene).at(-1), "handler_failed");
});

Deno.test("A socket that opens after it was waited for counts again", () => {
  const { scene, hub, socket } = accept();
  scene.clock.advance(10_000);
  socket.onopen();
  assertEquals([hub.size, hub.admission.count], [1, 1]);
  socket.onclose();
  assertEquals([hub.size, hub.admission.count], [0, 0]);
});

Deno.test("A socket that opens after it was waited for may find that there is no slot any more", () => {
  const { scene, hub, socket, closeCode } = accept({
    limits: { maxConnections: 1 },
  });
  scene.clock.advance(10_000);
  hub.admission.enter();
  socket.onopen();
  assertEquals([closeCode(), hub.size], [3013, 0]);
});

/** A client that has sent ten invalid frames, so that its connection has ended. */
function offender() {
  const accepted = accept({}, { protocol: textProtocol });
  const { hub, scene, socket } = accepted;
  socket.onopen();
  const send = (count: number) => {
    for (let sent = 0; sent < count; sent++) socket.onmessage({ data: "x" });
  };
  const { pending } = scene.clock;
  send(10);
  assertEquals(hub.size, 0);
  return { ...accepted, send, pending };
}

Deno.test("A socket is closed once a burst has ended: of a frame that is unread, Deno makes a lost connection", () => {
  const { scene, socket, send } = offender();
  send(90);
  scene.clock.advance(20);
  assertEquals(socket.closed, undefined);
  send(900);
  scene.clock.advance(100);
  assertEquals(socket.closed, undefined);
  scene.clock.advance(100);
  assertEquals(socket.closed?.code, 3509);
});

Deno.test("A socket of a client that goes on sending is closed right behind a frame", () => {
  const { scene, socket, send } = offender();
  for (let ms = 0; ms < 20; ms += 2) {
    send(1);
    scene.clock.advance(2);
    assertEquals(socket.closed, undefined);
  }
  scene.clock.advance(1);
  send(1);
  assertEquals(socket.closed, undefined);
  scene.clock.advance(0);
  assertEquals(socket.closed?.code, 3509);
});

Deno.test("A socket whose client sends without end is closed within 0.6 s", () => {
  const { scene, socket, send } = offender();
  for (let ms = 0; ms < 600; ms += 10) {
    send(100);
    scene.clock.advance(10);
  }
  assertEquals(socket.closed?.code, 3509);
});

Deno.test("A socket that has ended is not closed, and leaves no timer behind", () => {
  const { scene, socket, pending } = offender();
  socket.onclose();
  scene.clock.advance(10_000);
  assertEquals(socket.closed, undefined);
  assertEquals(scene.clock.pending <= pending, true);
});
