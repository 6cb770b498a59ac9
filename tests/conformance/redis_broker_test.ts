import { RedisBroker } from "../../lib/broker/redis.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemChance, systemClock } from "../../lib/clock.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { testBroker } from "./broker.ts";

const redis = requireTool("redis-server");
const clock = systemClock;
const chance = systemChance;

async function createCluster(nodes: number) {
  const server = await RedisServer.start();
  const brokers = [];
  for (let node = 0; node < nodes; node++) {
    const link = await connectRedis(server.url, { clock, chance });
    brokers.push(new RedisBroker({ link, clock, chance }));
  }
  return {
    brokers,
    passTime: (ms: number) =>
      new Promise<void>((resolve) => setTimeout(resolve, ms)),
    dispose: () => server[Symbol.asyncDispose](),
  };
}

if (!redis.missing) testBroker("Redis broker", createCluster, { maxNodes: 3 });
