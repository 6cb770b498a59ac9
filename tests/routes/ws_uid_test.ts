/** Names without a token: `?uid=`, and the first direct message, where anonymous clients are allowed. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { RawSocket } from "../support/raw_socket.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

Deno.test("A uid in the URL names the connection", async () => {
  await using app = new AppServer();
  await using alice = await TextClient.open(`${app.wsUrl}?uid=alice`);
  await using bob = await TextClient.open(`${app.wsUrl}?uid=bob`);
  bob.send("alice:hello");
  assertEquals(await alice.next(), "hello");
});

Deno.test("A uid in the URL is refused where a token is required", async () => {
  await using app = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  await using socket = await RawSocket.connect(`${app.wsUrl}?uid=alice`);
  const { status, headers, body } = await socket.request();
  assertEquals(status, 401);
  assertEquals(headers.get("www-authenticate"), "Bearer");
  assertStringIncludes(body, "token");
  assertEquals(app.hub.admission.count, 0);
});

const MALFORMED = {
  "nothing": "",
  "a control character": "%07",
  "a line feed": "a%0Ab",
  "256 bytes": "a".repeat(256),
  "86 letters of 3 bytes": "%E2%82%AC".repeat(86),
  ...Object.fromEntries(
    ["all", "auth", "error", "ping", "pong"].map((word) => [word, word]),
  ),
};

for (const [kind, uid] of Object.entries(MALFORMED)) {
  Deno.test(`A uid cannot be ${kind}`, async () => {
    await using app = new AppServer();
    await using socket = await RawSocket.connect(`${app.wsUrl}?uid=${uid}`);
    const { status, body } = await socket.request();
    assertEquals(status, 400);
    assertStringIncludes(body, "1 to 255 bytes");
    assertEquals(app.hub.admission.count, 0);
  });
}

const WELL_FORMED = {
  "255 bytes": "a".repeat(255),
  "85 letters of 3 bytes": "%E2%82%AC".repeat(85),
  "a space": "%20",
  "All, which is not all": "All",
  "a name of Object.prototype": "__proto__",
};

for (const [kind, uid] of Object.entries(WELL_FORMED)) {
  Deno.test(`A uid can be ${kind}`, async () => {
    await using app = new AppServer();
    await using client = await TextClient.open(`${app.wsUrl}?uid=${uid}`);
    client.send(`${decodeURIComponent(uid)}:to myself`);
    assertEquals(await client.next(), "to myself");
  });
}

Deno.test("The first direct message claims its uid, later ones do not", async () => {
  await using app = new AppServer();
  await using client = await TextClient.open(app.wsUrl);
  client.send("100:haha");
  assertEquals(await client.next(), "haha");
  client.send("200:haha");
  assertEquals(
    await client.next(),
    'error:404 no client is connected as "200"',
  );
  client.send("100:again");
  assertEquals(await client.next(), "again");
});

Deno.test("Neither a broadcast nor a channel claims a name", async () => {
  await using app = new AppServer();
  await using client = await TextClient.open(app.wsUrl);
  for (const frame of ["all:1", "+#room", "#room:2"]) client.send(frame);
  assertEquals(await client.next(), "1");
  assertEquals(await client.next(), "+#room");
  assertEquals(await client.next(), "#room:2");
  const [connection] = app.hub.connections;
  assertEquals(connection?.uid, undefined);
});
