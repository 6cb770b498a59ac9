import { assertEquals, assertRejects } from "@std/assert";
import { OPCODE, parseClose } from "../../support/frame.ts";
import { RawSocket } from "../../support/raw_socket.ts";

/** Echoes over a WebSocket; answers plain requests with their method and path. */
function startEcho() {
  return Deno.serve({ port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/chunked") {
      return new Response(
        ReadableStream.from(["one ", "two"]).pipeThrough(
          new TextEncoderStream(),
        ),
      );
    }
    if (request.headers.get("upgrade") !== "websocket") {
      return new Response(`${request.method} ${pathname}`, { status: 426 });
    }
    const { response, socket } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) =>
      data === "bye" ? socket.close(3008, "slow") : socket.send(data);
    return response;
  });
}

Deno.test("RawSocket shakes hands and exchanges frames", async () => {
  await using server = startEcho();
  await using socket = await RawSocket.open(
    `ws://127.0.0.1:${server.addr.port}/`,
  );
  await socket.writeFrame({ opcode: OPCODE.text, payload: "hello" });
  const echo = await socket.readFrame();
  assertEquals(new TextDecoder().decode(echo?.payload), "hello");
  assertEquals(echo?.masked, false);
  await socket.writeFrame({ opcode: OPCODE.text, payload: "bye" });
  const close = await socket.readFrame();
  assertEquals(close?.opcode, OPCODE.close);
  assertEquals(parseClose(close?.payload ?? new Uint8Array()), {
    code: 3008,
    reason: "slow",
  });
});

Deno.test("RawSocket replaces and leaves out headers of the handshake", async () => {
  await using server = startEcho();
  await using socket = await RawSocket.connect(
    `http://127.0.0.1:${server.addr.port}/ws`,
  );
  const response = await socket.request({
    method: "POST",
    headers: { upgrade: null, "content-length": "0" },
  });
  assertEquals(response.status, 426);
  assertEquals(response.statusText, "Upgrade Required");
  assertEquals(response.body, "POST /ws");
});

Deno.test("RawSocket reads a chunked body", async () => {
  await using server = startEcho();
  await using socket = await RawSocket.connect(
    `http://127.0.0.1:${server.addr.port}/chunked`,
  );
  assertEquals((await socket.request()).body, "one two");
});

Deno.test("RawSocket.open says what was answered instead of 101", async () => {
  await using server = startEcho();
  await assertRejects(
    () =>
      RawSocket.open(`ws://127.0.0.1:${server.addr.port}/`, {
        headers: { upgrade: null },
      }),
    Error,
    "answered 426 GET /",
  );
});

Deno.test("RawSocket reads the end of the connection as no frame", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using socket = await RawSocket.connect(
    `ws://127.0.0.1:${listener.addr.port}/`,
  );
  const accepted = await listener.accept();
  await accepted.write(Uint8Array.of(0x81));
  accepted.close();
  assertEquals(await socket.readFrame(), undefined);
});

Deno.test("RawSocket closes while a read is under way", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const socket = await RawSocket.connect(
    `ws://127.0.0.1:${listener.addr.port}/`,
  );
  using _accepted = await listener.accept();
  const reading = assertRejects(() => socket.readFrame());
  await socket.close();
  await reading;
  await socket.close();
});
