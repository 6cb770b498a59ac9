/** The broker and the presence that a server's settings ask for. */

import { BroadcastChannelBroker } from "./broker/broadcast_channel.ts";
import { RedisBroker } from "./broker/redis.ts";
import { connectRedis } from "./broker/redis/connect.ts";
import type { Broker } from "./broker/types.ts";
import type { Chance, Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import { MemoryPresence } from "./presence/memory.ts";
import { RedisPresence } from "./presence/redis.ts";
import type { Presence } from "./presence/types.ts";

/** What nodes share, and by what. */
export interface OpenBrokerOptions {
  /** `redis://` or `rediss://` for many machines; `undefined` for the isolates of this process. */
  readonly url: string | undefined;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
}

/** A broker, and the presence that belongs to it. A hub starts and closes both. */
export interface OpenBroker {
  readonly broker: Broker;
  readonly presence: Presence;
}

/**
 * Makes what the nodes of a server share.
 *
 * @throws {TypeError} If the address is none of Redis.
 */
export async function openBroker(
  { url, clock, chance, log }: OpenBrokerOptions,
): Promise<OpenBroker> {
  if (url === undefined) {
    const broker = new BroadcastChannelBroker({
      clock,
      chance,
      presence: new MemoryPresence({ clock }),
      onWarn: (event, fields) => log.warn(event, fields),
    });
    return { broker, presence: broker.presence };
  }
  const link = await connectRedis(url, {
    clock,
    chance,
    onReady: () => log.info("redis_ready"),
    onError: (error, { stage }) => log.warn("redis_failed", { stage, error }),
  });
  return {
    broker: new RedisBroker({ link, clock, chance }),
    presence: new RedisPresence({ link }),
  };
}
