/** `POST /send`: frames of the text protocol from clients without a socket. */

import { assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { requireTool } from "../support/requirements.ts";
import { Shell } from "../support/shell.ts";
import { TextClient } from "../support/text_client.ts";
import { signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECRET = "a secret of more than thirty-two bytes";

async function send(
  { url }: AppServer,
  body: BodyInit,
  { query = "", headers = {} }: { query?: string; headers?: HeadersInit } = {},
): Promise<readonly [number, string]> {
  const response = await fetch(`${url}/send${query}`, {
    method: "POST",
    body,
    headers,
  });
  return [response.status, await response.text()];
}

Deno.test("A frame reaches a uid, everybody and a channel, in the name of its sender", async () => {
  await using server = new AppServer();
  await using bob = await TextClient.open(`${server.wsUrl}?uid=bob&from=1`);
  bob.send("+#room");
  assertEquals(await bob.next(), "+#room");
  const query = "?uid=alice";
  assertEquals(await send(server, "bob:hi: there", { query }), [204, ""]);
  assertEquals(await bob.next(), "alice>hi: there");
  assertEquals(await send(server, "bob:who?"), [204, ""]);
  assertEquals(await bob.next(), ">who?");
  assertEquals(await send(server, "all:hello"), [204, ""]);
  assertEquals(await bob.next(), ">hello");
  assertEquals(await send(server, "#room:one\ntwo\n"), [204, ""]);
  assertEquals(await bob.next(), "#room:one\ntwo");
});

Deno.test("Bytes reach a uid as bytes", async () => {
  await using server = new AppServer();
  await using bob = await TextClient.open(`${server.wsUrl}?uid=bob`);
  const headers = { "content-type": "application/octet-stream" };
  const body = new TextEncoder().encode("bob\0\x01\x02");
  assertEquals(await send(server, body, { headers }), [204, ""]);
  assertEquals(await bob.next(), new Uint8Array([1, 2]));
});

Deno.test("A client that sends is not present: it gets no message of its own, and is not announced", async () => {
  await using server = new AppServer();
  const query = "?uid=alice";
  assertEquals(await send(server, "alice:me", { query }), [
    404,
    'error:404 no client is connected as "alice"\n',
  ]);
  assertEquals(await send(server, "bob:you"), [
    404,
    'error:404 no client is connected as "bob"\n',
  ]);
  const { hub } = server;
  await eventually(() => hub.size + hub.admission.count === 0, {
    awaited: "it",
  });
  assertEquals(hub.channels.size, 0);
});

for (
  const [body, status] of [
    ["ping", 200],
    ["", 400],
    ["pong", 400],
    ["hello", 400],
    ["+#room", 400],
    ["-#room", 400],
    ["auth:token", 400],
    ["#:empty", 400],
    ["#unknown:room:hi", 204],
    ["x".repeat(65_537), 413],
  ] as const
) {
  Deno.test(`"${body.slice(0, 20)}" is answered with ${status}`, async () => {
    await using server = new AppServer();
    const [answered] = await send(server, body);
    assertEquals(answered, status);
  });
}

Deno.test("A client without the permission to publish gets 403, one without a token 401", async () => {
  await using server = new AppServer({
    env: { TOKEN_SECRET: SECRET, CHANNEL_ALLOW: "subscribe" },
  });
  const token = await signToken({ sub: "alice" }, { secret: SECRET });
  const headers = { authorization: `Bearer ${token}` };
  assertEquals(await send(server, "#room:hi", { headers }), [
    403,
    'error:103 permission denied: cannot publish to "room"\n',
  ]);
  assertEquals((await send(server, "#room:hi"))[0], 401);
  assertEquals((await send(server, "#room:hi", { query: "?uid=bob" }))[0], 401);
});

const curl = requireTool("curl");

Deno.test({
  name: "curl -d 'bob:hello' reaches bob",
  ignore: curl.missing,
  async fn() {
    await using server = new AppServer();
    await using bob = await TextClient.open(`${server.wsUrl}?uid=bob`);
    await using shell = new Shell(
      `curl -s -w '%{http_code}\\n' -d 'bob:hello' ${server.url}/send`,
    );
    await shell.waitFor(/^204$/m);
    assertEquals(await bob.next(), "hello");
  },
});

Deno.test("A frame whose body ends after the hub began to drain is answered 503", async () => {
  await using server = new AppServer();
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const begun = writer.write(new TextEncoder().encode("#news:"));
  const sending = send(server, readable);
  await begun;
  await eventually(() => server.hub.admission.count === 1, {
    awaited: "the request",
  });
  server.hub.draining = true;
  await writer.write(new TextEncoder().encode("x"));
  await writer.close();
  assertEquals((await sending)[0], 503);
});
