/** Authentication after the handshake: the frame `auth:<JWT>`, and clients that never send it. */

import { assertEquals, assertFalse } from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import { concat } from "../../lib/base/bytes.ts";
import { encodeFrame, OPCODE, parseClose } from "../support/frame.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { TextClient } from "../support/text_client.ts";
import { inSeconds, SECRET, signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECURED = { TOKEN_SECRET: SECRET };
const UNAUTHORIZED = 'error:101 send "auth:<token>" first';

/** Frames in one packet, so that the second is there before the first is done. */
async function writeTogether(
  socket: RawSocket,
  ...payloads: string[]
): Promise<void> {
  const frames = payloads.map((payload) =>
    encodeFrame({ opcode: OPCODE.text, payload })
  );
  await socket.write(concat(frames));
}

Deno.test("A frame with a token says who the client is, also to the frames right behind it", async () => {
  await using app = new AppServer({ env: SECURED });
  await using socket = await RawSocket.open(app.wsUrl);
  const token = await signToken({ sub: "alice" });
  await writeTogether(socket, `auth:${token}`, "alice:1", "ping", "alice:2");
  for (const payload of ["1", "pong", "2"]) {
    const frame = await socket.readFrame();
    assertEquals(new TextDecoder().decode(frame?.payload), payload);
  }
});

const PREMATURE = ["bob:hello", "all:hello", "#room:hello", "+#room", "-#room"];

for (const frame of PREMATURE) {
  Deno.test(`"${frame}" before the token is refused and does nothing`, async () => {
    await using app = new AppServer({ env: SECURED });
    await using bob = await TextClient.open(app.wsUrl);
    bob.send(`auth:${await signToken({ sub: "bob" })}`);
    bob.send("+#room");
    assertEquals(await bob.next(), "+#room");

    await using client = await TextClient.open(app.wsUrl);
    client.send(frame);
    assertEquals(await client.next(), UNAUTHORIZED);
    bob.send("ping");
    assertEquals(await bob.next(), "pong");
  });
}

Deno.test("A client without a token may still send its heartbeat", async () => {
  await using app = new AppServer({ env: SECURED });
  await using client = await TextClient.open(app.wsUrl);
  for (const frame of ["", "pong", "ping"]) client.send(frame);
  assertEquals(await client.next(), "pong");
});

Deno.test("A broadcast does not reach a client without a token", async () => {
  const env = { ...SECURED, DIRECT_MESSAGES: "all" };
  await using app = new AppServer({ env });
  await using stranger = await TextClient.open(app.wsUrl);
  await using alice = await TextClient.open(app.wsUrl);
  alice.send(`auth:${await signToken({ sub: "alice" })}`);
  alice.send("all:hello");
  assertEquals(await alice.next(), "hello");
  stranger.send("ping");
  assertEquals(await stranger.next(), "pong");
});

Deno.test("A token in a frame that is not accepted ends the connection, and stays out of the log", async () => {
  await using app = new AppServer({ env: SECURED });
  await using witness = await TextClient.open(app.wsUrl);
  witness.send(`auth:${await signToken({ sub: "witness" })}`);
  witness.send("+#room");
  assertEquals(await witness.next(), "+#room");

  await using socket = await RawSocket.open(app.wsUrl);
  const token = await signToken({ sub: "alice" }, { secret: "guessed" });
  await writeTogether(socket, `auth:${token}`, "#room:in its shadow");
  const close = await socket.readFrame();
  assertEquals(parseClose(close?.payload ?? new Uint8Array()), {
    code: 3500,
    reason: "invalid token",
  });
  await app.log.waitFor("token_refused");
  assertFalse(app.logText.join("\n").includes(token));
  witness.send("ping");
  assertEquals(await witness.next(), "pong");
});

Deno.test("A connection cannot change its uid", async () => {
  await using app = new AppServer({ env: SECURED });
  await using client = await TextClient.open(app.wsUrl);
  client.send(`auth:${await signToken({ sub: "alice" })}`);
  client.send(`auth:${await signToken({ sub: "bob" })}`);
  assertEquals((await closeOf(client)).code, 3500);
});

Deno.test("A client that does not authenticate in time is sent away, one that does is not", async () => {
  await using app = new AppServer({
    env: SECURED,
    limits: { authenticateWithinMs: 50 },
  });
  await using alice = await TextClient.open(app.wsUrl);
  alice.send(`auth:${await signToken({ sub: "alice" })}`);
  alice.send("ping");
  assertEquals(await alice.next(), "pong");

  await using silent = await TextClient.open(app.wsUrl);
  await using chatty = await TextClient.open(app.wsUrl);
  chatty.send("ping");
  for (const stranger of [silent, chatty]) {
    assertEquals(await closeOf(stranger), { code: 3502, reason: "stale" });
  }
  alice.send("ping");
  assertEquals(await alice.next(), "pong");
});

Deno.test("Another token of the same uid prolongs the connection", async () => {
  await using app = new AppServer({ env: SECURED });
  await using alice = await TextClient.open(app.wsUrl);
  await using bob = await TextClient.open(app.wsUrl);
  const exp = inSeconds(0.5);
  alice.send(`auth:${await signToken({ sub: "alice", exp })}`);
  bob.send(`auth:${await signToken({ sub: "bob", exp })}`);
  alice.send(`auth:${await signToken({ sub: "alice", exp: exp + 60 })}`);
  assertEquals((await closeOf(bob)).code, 3005);
  alice.send("alice:still here");
  assertEquals(await alice.next(), "still here");
});

Deno.test("Where no token is accepted, a frame with one ends the connection", async () => {
  await using app = new AppServer();
  await using client = await TextClient.open(app.wsUrl);
  client.send(`auth:${await signToken({ sub: "alice" })}`);
  assertEquals((await closeOf(client)).code, 3500);
});
