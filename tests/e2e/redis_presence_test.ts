/** Presence in a Redis that is killed, and what is left of it. */

import { assertEquals, assertRejects } from "@std/assert";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { RedisPresence } from "../../lib/broker/redis/presence.ts";
import { eventually } from "../support/eventually.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";

const ignore = requireTool("redis-server").missing;
const ALICE = { client: "a1", user: "alice" };
const BOB = { client: "b1", user: "bob" };

async function join(server: RedisServer, ttlMs: number) {
  const link = await connectRedis(server.url, {
    clock: systemClock,
    random: systemRandom,
  });
  link.open();
  await eventually(() => link.ready, { awaited: "the link" });
  return { link, presence: new RedisPresence({ link, ttlMs }) };
}

Deno.test({
  name: "Nothing is left of leases that have expired, also when nobody looks",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const { link, presence } = await join(server, 100);
    await presence.add("room", ALICE);
    await presence.add("other", BOB);
    await presence.add("left", BOB);
    await presence.remove("left", BOB.client);
    assertEquals(await server.command("DBSIZE"), ":4\r\n");
    await eventually(
      async () => await server.command("DBSIZE") === ":0\r\n",
      { awaited: "nothing to be left" },
    );
    await link.close();
  },
});

Deno.test({
  name:
    "Presence rejects while Redis is down, and learns everything again when clients are added again",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const { link, presence } = await join(server, 30_000);
    await presence.add("room", ALICE);
    await server.kill();
    await assertRejects(() => presence.add("room", BOB), Error);
    await assertRejects(() => presence.get("room"), Error);
    await server.start();
    await eventually(() => link.ready, { awaited: "the link" });
    assertEquals(await presence.get("room"), new Map());
    for (const info of [ALICE, BOB]) await presence.add("room", info);
    assertEquals(await presence.stats("room"), { clients: 2, users: 2 });
    await link.close();
  },
});

Deno.test({
  name:
    "The clients of a node that dies are gone when their leases end, those of others are not",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const dead = await join(server, 300);
    const alive = await join(server, 300);
    await dead.presence.add("room", ALICE);
    await dead.link.close();
    assertEquals((await alive.presence.get("room")).size, 1);
    await eventually(async () => {
      await alive.presence.add("room", BOB);
      return (await alive.presence.get("room")).size === 1;
    }, { awaited: "the dead to be gone", timeoutMs: 1_000 });
    assertEquals(await alive.presence.get("room"), new Map([["b1", BOB]]));
    await alive.link.close();
  },
});

Deno.test({
  name: "Whose lease has expired is not counted, also when nobody else looks",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const { link, presence } = await join(server, 30_000);
    const brief = new RedisPresence({ link, ttlMs: 50 });
    await brief.add("room", ALICE);
    await presence.add("room", BOB);
    await eventually(
      async () => (await presence.stats("room")).clients === 1,
      { awaited: "one client to be counted" },
    );
    assertEquals(await presence.stats("room"), { clients: 1, users: 1 });
    await link.close();
  },
});

Deno.test({
  name: "The leases of ten thousand clients are counted, and expire, at once",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const { link, presence } = await join(server, 2_000);
    const added = [];
    for (let index = 0; index < 10_000; index++) {
      const info = { client: `${index}`, user: `${index % 100}` };
      added.push(presence.add("room", info));
    }
    await Promise.all(added);
    const counted = { clients: 10_000, users: 100 };
    assertEquals(await presence.stats("room"), counted);
    assertEquals((await presence.get("room")).size, 10_000);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await presence.add("room", ALICE);
    assertEquals(await presence.stats("room"), { clients: 1, users: 1 });
    await link.close();
  },
});
