/** Clients of the SDKs' endpoint that break the protocol: each is told its code, and the others are served. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { closeOf } from "../support/close_of.ts";
import { eventually } from "../support/eventually.ts";
import { rawToken, zeros } from "../support/raw_token.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import {
  inSeconds,
  SECRET,
  signToken,
  unsignedToken,
} from "../support/token.ts";
import vectors from "../unit/protocol/centrifuge_vectors.json" with {
  type: "json",
};

const CONNECT = '{"id":1,"connect":{}}';

function start(env: Readonly<Record<string, string>>): Promise<TestServer> {
  return TestServer.start({
    env: { HOST: "127.0.0.1", LOG_LEVEL: "debug", ...env },
  });
}

function open(server: TestServer): Promise<TextClient> {
  return TextClient.open(`${server.wsUrl}/connection/websocket`);
}

async function connect(server: TestServer): Promise<TextClient> {
  const client = await open(server);
  client.send(CONNECT);
  assertMatch(String(await client.next()), /^\{"id":1,"connect":\{"client"/);
  return client;
}

const anonymous = { INSECURE_ANONYMOUS_ALL: "true" };

Deno.test("Every frame that is no command ends its connection with 3501, by the close frame alone, and harms nobody", async () => {
  await using server = await start(anonymous);
  await using witness = await connect(server);
  const frames = [
    ...vectors.invalid,
    new TextEncoder().encode(CONNECT),
    '{"id":2,"connect":{}}',
    `${CONNECT.repeat(2)}`,
    "[".repeat(60_000),
    '{"a":'.repeat(10_000),
    "\0",
    "\ufeff{}",
  ];
  for (const frame of frames) {
    await using client = await connect(server);
    client.send(frame);
    assertEquals(
      [frame, await closeOf(client)],
      [frame, { code: 3501, reason: "bad request" }],
    );
    assertEquals(client.pending, []);
  }
  witness.send('{"id":2,"presence_stats":{"channel":"news"}}');
  assertEquals(
    await witness.next(),
    '{"id":2,"presence_stats":{"num_clients":0,"num_users":0}}',
  );
  const failures = server.logs.filter(({ level }) => level === "error");
  assertEquals(failures, []);
});

Deno.test("What was understood before a bad command is answered, and nothing behind it is done", async () => {
  await using server = await start(anonymous);
  await using client = await connect(server);
  client.send([
    '{"id":2,"publish":{"channel":"news","data":1}}',
    '{"id":3,"hello":{}}',
    '{"id":4,"publish":{"channel":"news","data":2}}',
  ].join("\n"));
  assertEquals(await client.next(), '{"id":2,"publish":{}}');
  assertEquals(await closeOf(client), { code: 3501, reason: "bad request" });
  assertEquals(client.pending, []);
  await using other = await connect(server);
  other.send('{"id":2,"history":{"channel":"news"}}');
  assertMatch(String(await other.next()), /"offset":1\}\}$/);
});

Deno.test("A message over the limit closes with 1009, counted in bytes, and one at the limit does not", async () => {
  await using server = await start({ ...anonymous, MAX_MESSAGE_BYTES: "1000" });
  const frame = (bytes: number, letter: string) => {
    const head = '{"id":2,"publish":{"channel":"news","data":"';
    const letters = Math.ceil(
      (bytes - head.length - 3) / new TextEncoder().encode(letter).length,
    );
    return `${head}${letter.repeat(letters)}"}}`;
  };
  await using fits = await connect(server);
  fits.send(frame(1000, "a"));
  assertEquals(await fits.next(), '{"id":2,"publish":{}}');
  for (const letter of ["a", "ä"]) {
    await using client = await connect(server);
    client.send(frame(1001, letter));
    assertEquals(await closeOf(client), {
      code: 1009,
      reason: "message too big: at most 1000 bytes (MAX_MESSAGE_BYTES)",
    });
    assertEquals(client.pending, []);
  }
});

Deno.test("A refused token is told by its code alone, whatever is wrong with it; the log has the reason, never the token", async () => {
  await using server = await start({ TOKEN_SECRET: SECRET });
  const tokens = [
    "nonsense",
    "a.b.c",
    unsignedToken({ sub: "alice" }),
    await signToken({ sub: "alice" }, {
      secret: "another secret of forty characters!!",
    }),
    await signToken({ sub: 7 as unknown as string }),
    await signToken({ sub: "alice", caps: "all" }),
    await signToken({ sub: "alice", nbf: inSeconds(60), exp: inSeconds(50) }),
    await rawToken({ alg: "HS256" }, { sub: "alice" }, zeros(32)),
    (await signToken({ sub: "alice" })).slice(0, -3),
    "x".repeat(20_000),
  ];
  for (const token of tokens) {
    await using client = await open(server);
    client.send(JSON.stringify({ id: 1, connect: { token } }));
    assertEquals(await closeOf(client), {
      code: 3500,
      reason: "invalid token",
    });
    assertEquals(client.pending, []);
  }
  const refusals = () =>
    server.logs.filter(({ event }) => event === "token_refused");
  // A line of the log may come after the close of which it tells.
  await eventually(() => refusals().length >= tokens.length, {
    awaited: () => `${tokens.length} refusals; there are ${refusals().length}`,
  });
  assertEquals(refusals().length, tokens.length);
  const reasons = new Set(refusals().map(({ reason }) => reason));
  assert(reasons.size >= 5, [...reasons].join("; "));
  const log = JSON.stringify(server.logs);
  for (const token of tokens) {
    const signature = token.split(".")[2] ?? token;
    if (signature.length > 5) assertEquals(log.includes(signature), false);
  }
});

Deno.test("An expired token is error 109, and the connection is of no use any more", async () => {
  await using server = await start({ TOKEN_SECRET: SECRET });
  await using client = await open(server);
  const token = await signToken({ sub: "alice", exp: inSeconds(-60) });
  client.send(JSON.stringify({ id: 1, connect: { token } }));
  assertEquals(
    await client.next(),
    '{"id":1,"error":{"code":109,"message":"token expired"}}',
  );
  client.send('{"id":2,"connect":{}}');
  assertEquals((await closeOf(client)).code, 3501);
});

Deno.test("Both endpoints speak to SDKs: their own, and /ws by its subprotocol", async () => {
  await using server = await start(anonymous);
  for (const path of ["/ws", "/connection/websocket"]) {
    await using client = await TextClient.open(
      server.wsUrl + path,
      "centrifuge-json",
    );
    assertEquals(client.protocol, "centrifuge-json");
    client.send(CONNECT);
    assertMatch(String(await client.next()), /"connect"/);
  }
});
