import { assertEquals, assertRejects } from "@std/assert";
import { DeadlineError } from "../../support/deadline.ts";
import { TextClient } from "../../support/text_client.ts";

/** Greets with the Authorization header, echoes, and closes when told. */
function startEcho() {
  return Deno.serve({ port: 0, onListen: () => {} }, (request) => {
    if (new URL(request.url).pathname === "/closed") {
      return new Response("no", { status: 403 });
    }
    const authorization = request.headers.get("authorization") ?? "nobody";
    const protocol = request.headers.get("sec-websocket-protocol") ?? "";
    const { response, socket } = Deno.upgradeWebSocket(request, { protocol });
    socket.onopen = () => socket.send(`hello ${authorization}`);
    socket.onmessage = ({ data }) =>
      data === "bye" ? socket.close(3008, "slow") : socket.send(data);
    return response;
  });
}

Deno.test("TextClient hands over frames in their order", async () => {
  await using server = startEcho();
  await using client = await TextClient.open(
    `ws://127.0.0.1:${server.addr.port}/`,
    "chat",
  );
  assertEquals(client.protocol, "chat");
  client.send("one");
  client.send(Uint8Array.of(2));
  assertEquals(await client.next(), "hello nobody");
  assertEquals(await client.next(), "one");
  assertEquals(await client.next(), Uint8Array.of(2));
  assertEquals(client.pending, []);
});

Deno.test("TextClient sends headers with the handshake", async () => {
  await using server = startEcho();
  await using client = await TextClient.open(
    `ws://127.0.0.1:${server.addr.port}/`,
    { headers: { authorization: "Bearer x" } },
  );
  assertEquals(await client.next(), "hello Bearer x");
});

Deno.test("TextClient.next names what did not come", async () => {
  await using server = startEcho();
  await using client = await TextClient.open(
    `ws://127.0.0.1:${server.addr.port}/`,
    { timeoutMs: 50 },
  );
  await client.next("the greeting");
  await assertRejects(
    () => client.next("the reply to +#room"),
    DeadlineError,
    "Waited 50 ms for the reply to +#room",
  );
});

Deno.test("TextClient tells how the connection ended, also to who awaits a frame", async () => {
  await using server = startEcho();
  await using client = await TextClient.open(
    `ws://127.0.0.1:${server.addr.port}/`,
  );
  await client.next();
  client.send("bye");
  await assertRejects(() => client.next("an echo"), Error, "3008 slow");
  assertEquals(await client.closed, {
    code: 3008,
    reason: "slow",
    wasClean: true,
  });
});

Deno.test("TextClient.open rejects when the handshake is refused", async () => {
  await using server = startEcho();
  await assertRejects(
    () => TextClient.open(`ws://127.0.0.1:${server.addr.port}/closed`),
    Error,
    "Cannot open ws://127.0.0.1",
  );
});
