import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { RedisPresence } from "../../lib/broker/redis/presence.ts";
import type { Presence } from "../../lib/presence/types.ts";
import { eventually } from "../support/eventually.ts";
import { redisClusterOfFile } from "../support/redis_cluster_servers.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { type PresenceScene, testPresence } from "./presence.ts";

/** Short enough to wait for, long enough for a slow machine. */
const TTL_MS = 1_500;

/** Two nodes in turn: what one says, the other knows. */
async function createScene(
  url: string,
  dispose: () => Promise<void>,
): Promise<PresenceScene> {
  const nodes: RedisPresence[] = [];
  const links = [1, 2].map(() =>
    connectRedis(url, { clock: systemClock, random: systemRandom })
  );
  for (const link of links) {
    link.open();
    await eventually(() => link.ready, { awaited: "the link to Redis" });
    nodes.push(new RedisPresence({ link, ttlMs: TTL_MS }));
  }
  const [writer, reader] = nodes;
  if (writer === undefined || reader === undefined) throw new Error("no nodes");
  const presence: Presence = {
    ttlMs: TTL_MS,
    add: (channel, info) => writer.add(channel, info),
    remove: (channel, client) => writer.remove(channel, client),
    get: (channel) => reader.get(channel),
    stats: (channel) => reader.stats(channel),
    async close() {
      for (const node of nodes) await node.close();
      for (const link of links) await link.close();
      await dispose();
    },
  };
  return {
    presence,
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

if (!requireTool("redis-server").missing) {
  testPresence("Redis presence", async () => {
    const server = await RedisServer.start();
    return createScene(server.url, () => server[Symbol.asyncDispose]());
  });
  const servers = await redisClusterOfFile();
  testPresence(
    "Redis Cluster presence",
    () => createScene(servers.url, () => servers.clear()),
  );
}
