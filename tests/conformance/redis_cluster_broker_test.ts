import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import { fastClock } from "../support/fast_clock.ts";
import { redisClusterOfFile } from "../support/redis_cluster_servers.ts";
import { requireTool } from "../support/requirements.ts";
import { testBroker } from "./broker.ts";
import { ENGINES } from "./engines.ts";

if (!requireTool("redis-server").missing) {
  const servers = await redisClusterOfFile();
  testBroker("Redis Cluster broker", async (nodes, pace) => {
    await servers.clear();
    const clock = fastClock(pace);
    const brokers = Array.from({ length: nodes }, () => {
      const link = connectRedis(servers.url, { clock: systemClock, random });
      return new RedisBroker({ link, clock, random });
    });
    return {
      brokers,
      passTime: (ms) =>
        new Promise<void>((resolve) => setTimeout(resolve, ms / pace)),
    };
  }, ENGINES["Redis Cluster"]);
}
