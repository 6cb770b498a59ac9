import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { fastClock } from "../support/fast_clock.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { testBroker } from "./broker.ts";
import { ENGINES } from "./engines.ts";

const redis = requireTool("redis-server");
const random = systemRandom;

async function createCluster(nodes: number, pace: number) {
  const server = await RedisServer.start();
  const clock = fastClock(pace);
  const brokers = [];
  for (let node = 0; node < nodes; node++) {
    const link = await connectRedis(server.url, {
      clock: systemClock,
      random,
    });
    brokers.push(new RedisBroker({ link, clock, random }));
  }
  return {
    brokers,
    passTime: (ms: number) =>
      new Promise<void>((resolve) => setTimeout(resolve, ms / pace)),
    dispose: () => server[Symbol.asyncDispose](),
  };
}

if (!redis.missing) testBroker("Redis broker", createCluster, ENGINES.Redis);
