/** A channel named `room-\ud800` had the history and the presence of another one over Redis, and `?channel=%FF` named a channel `%FF`. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseCaps } from "../../lib/auth/caps.ts";
import {
  parseConnectionClaims,
  parseSubscriptionClaims,
} from "../../lib/auth/claims.ts";
import { TokenError } from "../../lib/auth/token_error.ts";
import { ProtocolError } from "../../lib/base/errors.ts";
import { isName, isUid } from "../../lib/base/names.ts";
import { createHub } from "../../lib/create_hub.ts";
import { API_KEY, callApi } from "../routes/api_server.ts";
import { AppServer } from "../routes/app_server.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { Scene } from "../support/scene.ts";
import { type Message, SdkClient } from "../support/sdk_client.ts";

/** Half of a character, at the end, the beginning and in the middle, and halves the wrong way round. */
const HALVES = ["room-\ud800", "\udfff", "a\udc00b", "\udc00\ud800"];
/** Characters of two halves are names like others. */
const WHOLE = ["room-\u{1f98c}", "\u{10ffff}", "\ufffd", "ü"];

Deno.test("A name has no half characters, and any whole ones", () => {
  for (const name of HALVES) {
    assertEquals([isName(name), isUid(name)], [false, false]);
  }
  for (const name of WHOLE) {
    assertEquals([isName(name), isUid(name)], [true, true]);
  }
});

Deno.test("No command of an SDK names a channel by half a character", async () => {
  const client = await SdkClient.connect(new Scene());
  for (const channel of HALVES) {
    const commands: Message[] = [
      { subscribe: { channel } },
      { publish: { channel, data: 1 } },
      { presence: { channel } },
      { presence_stats: { channel } },
      { history: { channel } },
    ];
    for (const command of commands) {
      const [reply] = await client.ask({ id: 2, ...command });
      const { error } = reply as { error?: { code: number } };
      assertEquals(error?.code, 107, JSON.stringify(command));
    }
  }
  assertEquals(client.closed, undefined);
});

Deno.test("No frame of a text client names a uid or channel by half a character", () => {
  const { connection, transport } = new Scene().connect("alice");
  const frames = HALVES.flatMap((name) => [
    `+#${name}`,
    `#${name}:hello`,
    ...name === HALVES[0] ? [`${name}:hello`] : [],
  ]).slice(0, 9);
  for (const frame of frames) {
    connection.receive(frame);
    assert(String(transport.take()).startsWith("error:400"), frame);
  }
  // The bytes that a careless encoder makes of half a character.
  const { connection: other, transport: answers } = new Scene().connect("bob");
  other.receive(Uint8Array.of(0xed, 0xa0, 0x80, 0, 1).buffer);
  assert(String(answers.take()).startsWith("error:400"));
});

Deno.test("No token names a uid or channel by half a character, nor a pattern", () => {
  for (const name of HALVES) {
    for (
      const claims of [
        { sub: name },
        { channels: [name] },
        { subs: { [name]: {} } },
        { caps: [{ channels: [name], allow: ["sub"] }] },
        {
          caps: [{ channels: [`${name}*`], match: "wildcard", allow: ["sub"] }],
        },
      ]
    ) {
      try {
        parseConnectionClaims(claims);
        throw new Error(`accepted ${JSON.stringify(claims)}`);
      } catch (error) {
        assert(error instanceof TokenError, String(error));
      }
    }
    try {
      parseSubscriptionClaims({ sub: "alice", channel: name });
      throw new Error("accepted");
    } catch (error) {
      assert(error instanceof TokenError, String(error));
    }
  }
  assert(parseCaps({ caps: [{ channels: WHOLE, allow: ["sub"] }] }).ok);
});

Deno.test("No call of the server API names a channel or a key by half a character", async () => {
  const env = { INSECURE_ANONYMOUS_ALL: "true", API_KEY };
  await using app = new AppServer({ env });
  for (const channel of HALVES) {
    for (
      const [method, body] of [
        ["publish", { channel, data: 1 }],
        ["broadcast", { channels: ["news", channel], data: 1 }],
        ["publish", { channel: "news", data: 1, idempotency_key: channel }],
        ["publish", { channel: "news", data: 1, version_epoch: channel }],
        ["subscribe", { user: "alice", channel }],
        ["unsubscribe", { user: "alice", channel }],
        ["presence", { channel }],
        ["history", { channel }],
        ["history_remove", { channel }],
      ] as const
    ) {
      const { text } = await callApi(app, method, body);
      // Of a broadcast, one answer of several.
      assert(text.includes('"code":107'), `${method} ${JSON.stringify(body)}`);
    }
  }
});

Deno.test("No method of an embedded hub names a channel or uid by half a character", async () => {
  const [name = ""] = HALVES;
  await using hub = createHub({ access: "anonymous" });
  for (
    const call of [
      () => hub.publish(name, 1),
      () => hub.sendTo(name, 1),
      () => hub.subscribe({ user: "alice" }, name),
      () => hub.unsubscribe({ user: "alice" }, name),
      () => hub.presence(name),
      () => hub.history(name),
      () => hub.removeHistory(name),
      () => hub.publish("news", 1, { idempotencyKey: name }),
    ]
  ) {
    const error = await assertRejects(call, ProtocolError);
    assertEquals(error.code, 107, String(call));
  }
});

Deno.test("Half characters in data are what JSON says, on every way", async () => {
  const scene = new Scene();
  const client = await SdkClient.connect(scene);
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  const data = { half: "\ud800", "\udfff": 1 };
  client.send({ id: 3, publish: { channel: "news", data } });
  const pub = client.take().map(({ push }) => push).find(Boolean) as Message;
  assertEquals((pub.pub as Message).data, data);
});

const BAD_QUERIES = [
  "%FF",
  "%",
  "%4",
  "a%zz",
  "%ED%A0%80",
  "%C3",
  "%C0%80",
  "50%",
];

Deno.test("A query that is not percent-encoded UTF-8 is 400 on every path, and names nothing", async () => {
  await using app = new AppServer();
  for (const value of BAD_QUERIES) {
    for (
      const path of [
        `/sse?channel=${value}`,
        `/poll?channel=${value}`,
        `/poll?channel=a&channel=${value}`,
        `/poll?uid=${value}`,
        `/sse?uid=${value}`,
        `/connection/sse?cf_connect={"id":1,"connect":{"name":"${value}"}}`,
      ]
    ) {
      await using socket = await RawSocket.connect(app.url + path);
      await socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${app.host}\r\nConnection: close\r\n\r\n`,
      );
      const { status } = await socket.readResponse();
      assertEquals(status, 400, path);
    }
    const sent = await fetch(`${app.url}/send?uid=${value}`, {
      method: "POST",
      body: "ping",
    });
    await sent.body?.cancel();
    assertEquals(sent.status, 400, value);
    for (const path of ["/ws?uid=", "/connection/websocket?format="]) {
      await using socket = await RawSocket.connect(
        `ws://${app.host}${path}${value}`,
      );
      assertEquals((await socket.request()).status, 400, path + value);
    }
  }
  assertEquals(app.hub.size, 0);
});

Deno.test("A query that is encoded well names what it says", async () => {
  await using app = new AppServer();
  for (const name of ["%F0%9F%A6%8C", "a+b", "100%25", "ü", "a%26b", ""]) {
    const response = await fetch(`${app.url}/poll?channel=x${name}&timeout=0`);
    await response.body?.cancel();
    assertEquals(response.status, 200, name);
  }
});
