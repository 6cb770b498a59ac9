/** Names over a Redis that is there: half a character is refused at every door, and no two names have the same history or presence. */

import { assertEquals, assertRejects } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { ProtocolError } from "../../lib/base/errors.ts";
import { redis } from "../../lib/embedding/brokers.ts";
import type { EmbeddedHub } from "../../lib/embedding/embedded_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { eventually } from "../support/eventually.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { TextClient } from "../support/text_client.ts";

const ignore = requireTool("redis-server").missing;

const HALVES = ["room-\ud800", "\udfff", "a\udc00b", "\udc00\ud800"];

/** Names that a careless encoding would make one of, with each other or with one of the halves. */
const NAMES = [
  "room-\ufffd",
  "\ufffd",
  "a\ufffdb",
  "room-\ufffd\ufffd\ufffd",
  "room-\u{1f98c}",
  "room-}",
  "room-%7D",
  "room-%257D",
  "{room-}",
  "room- ",
  " room-",
  "ROOM-",
  "e\u0301",
  "\u00e9",
];

/** A server of a hub with that Redis. */
async function serve(url: string) {
  const hub = createHub({
    access: "anonymous",
    broker: redis(url),
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  await eventually(() => hub.ready, { awaited: "the Redis" });
  const app = thrum(hub, { apiKey: "secret" });
  const server = Deno.serve({ port: 0, onListen() {} }, app.fetch);
  return {
    hub,
    url: `http://localhost:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      await hub.drain({ spreadMs: 0 });
      await server.shutdown();
    },
  };
}

async function api(url: string, method: string, body: unknown) {
  const response = await fetch(`${url}/api/${method}`, {
    method: "POST",
    headers: { "X-API-Key": "secret" },
    body: JSON.stringify(body),
  });
  return await response.text();
}

Deno.test({
  name: "Over Redis, no door takes half a character for a name",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    await using node = await serve(server.url);
    const { hub, url } = node;
    await hub.publish("room-\ufffd", "before");
    for (const name of HALVES) {
      const calls: readonly ((hub: EmbeddedHub) => Promise<unknown>)[] = [
        (hub) => hub.publish(name, 1),
        (hub) => hub.publish("news", 1, { idempotencyKey: name }),
        (hub) => hub.sendTo(name, 1),
        (hub) => hub.subscribe({ user: "alice" }, name),
        (hub) => hub.unsubscribe({ user: "alice" }, name),
        (hub) => hub.presence(name),
        (hub) => hub.presenceStats(name),
        (hub) => hub.history(name),
        (hub) => hub.removeHistory(name),
      ];
      for (const call of calls) {
        const error = await assertRejects(() => call(hub), ProtocolError);
        assertEquals(error.code, 107, String(call));
      }
      for (const method of ["presence", "history", "history_remove"]) {
        const answer = await api(url, method, { channel: name });
        assertEquals(answer.includes('"code":107'), true, answer);
      }
      await using client = await TextClient.open(`${url}/ws?uid=alice`);
      client.send(`+#${name}`);
      // A socket sends half a character as U+FFFD.
      assertEquals(await client.next(), `+#${name.toWellFormed()}`);
      client.send(Uint8Array.of(0x23, 0xed, 0xa0, 0x80, 0, 1));
      assertEquals(String(await client.next()).slice(0, 9), "error:400");
    }
    for (const query of ["%ED%A0%80", "%FF", "%C0%80", "%F4%90%80%80", "%"]) {
      for (const path of ["/sse?channel=", "/poll?timeout=0&channel="]) {
        await using socket = await RawSocket.connect(`${url}${path}${query}`);
        const headers = { upgrade: null };
        assertEquals((await socket.request({ headers })).status, 400, query);
      }
    }
    const { publications } = await hub.history("room-\ufffd");
    assertEquals(publications.map(({ data }) => data), ["before"]);
  },
});

Deno.test({
  name:
    "Over Redis, each name has a history and a presence of its own, on every node",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    await using here = await serve(server.url);
    await using there = await serve(server.url);
    await using client = await TextClient.open(`${here.url}/ws?uid=alice`);
    for (const name of NAMES) {
      await here.hub.publish(name, name);
      client.send(`+#${name}`);
      assertEquals(await client.next(), `+#${name}`);
      const { publications, position } = await there.hub.history(name);
      assertEquals(publications.map(({ data }) => data), [name]);
      assertEquals(position.offset, 1);
      await eventually(
        async () => (await there.hub.presence(name)).size === 1,
        { awaited: `the presence of ${name}` },
      );
      client.send(`-#${name}`);
      assertEquals(await client.next(), `-#${name}`);
      await eventually(
        async () => (await there.hub.presence(name)).size === 0,
        { awaited: `the absence of ${name}` },
      );
    }
  },
});
