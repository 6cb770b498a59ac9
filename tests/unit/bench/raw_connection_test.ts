import { assertEquals, assertRejects } from "@std/assert";
import { RawConnection } from "../../../bench/raw_connection.ts";

function serve(onMessage: (socket: WebSocket, text: string) => void) {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      if (!request.url.endsWith("/ws")) {
        return new Response("", { status: 403 });
      }
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onmessage = (event) => onMessage(socket, event.data);
      return response;
    },
  );
}

Deno.test("RawConnection gets back what it said, whatever its size", async () => {
  await using server = serve((socket, text) => socket.send(text + text));
  const { port } = server.addr;
  const connection = await RawConnection.open({ port, path: "/ws" });
  for (const size of [0, 1, 125, 126, 5_000, 65_535]) {
    const text = "é".repeat(size / 2);
    assertEquals(await connection.ask(text), text + text);
  }
  connection.close();
});

Deno.test("RawConnection counts every answer to a window of messages", async () => {
  await using server = serve((socket, text) => socket.send(text));
  const { port } = server.addr;
  const connection = await RawConnection.open({ port, path: "/ws" });
  const done = Promise.withResolvers<void>();
  let left = 10_000;
  connection.onFailure = done.reject;
  connection.onCounted = (frames) => {
    if ((left -= frames) === 0) done.resolve();
  };
  connection.count(6);
  connection.load("abcdef", 64);
  connection.repeat(5_000);
  connection.repeat(5_000);
  await done.promise;
  connection.close();
});

Deno.test("RawConnection fails with the code of the server's close frame", async () => {
  await using server = serve((socket) => socket.close(3008, "slow"));
  const { port } = server.addr;
  const connection = await RawConnection.open({ port, path: "/ws" });
  await assertRejects(() => connection.ask("x"), Error, '3008 "slow"');
});

Deno.test("RawConnection fails on a frame that it does not count", async () => {
  await using server = serve((socket) => socket.send("error:400 no"));
  const { port } = server.addr;
  const connection = await RawConnection.open({ port, path: "/ws" });
  const failure = Promise.withResolvers<Error>();
  connection.onFailure = failure.resolve;
  connection.count(1);
  await connection.say("x");
  assertEquals(
    (await failure.promise).message,
    'an unexpected frame arrived: "error:400 no"',
  );
});

Deno.test("RawConnection names the status of a refused upgrade", async () => {
  await using server = serve(() => {});
  const { port } = server.addr;
  await assertRejects(
    () => RawConnection.open({ port, path: "/elsewhere" }),
    Error,
    "HTTP/1.1 403 Forbidden",
  );
});
