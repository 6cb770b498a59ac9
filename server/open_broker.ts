/** Factory of the broker and the presence for the server's settings. */

import { IsolatesBroker } from "../lib/broker/isolates/broker.ts";
import { RedisBroker } from "../lib/broker/redis/broker.ts";
import { connectRedis } from "../lib/broker/redis/connect.ts";
import type { Broker } from "../lib/broker/types.ts";
import type { Clock } from "../lib/base/clock.ts";
import type { Random } from "../lib/base/random.ts";
import type { Log } from "../lib/base/log.ts";
import { MemoryPresence } from "../lib/presence/memory.ts";
import { RedisPresence } from "../lib/broker/redis/presence.ts";
import type { Presence } from "../lib/presence/types.ts";

/** Options of {@linkcode openBroker}. */
export interface OpenBrokerOptions {
  /** `redis://` or `rediss://` for several machines; `undefined` for the isolates of this process. */
  readonly url: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A broker, and the presence that belongs to it. A hub starts and closes both. */
export interface OpenBroker {
  readonly broker: Broker;
  readonly presence: Presence;
}

/**
 * Makes the broker and the presence that the nodes of a server share.
 *
 * @throws {TypeError} If the URL is not a URL of Redis.
 */
export async function openBroker(
  { url, clock, random, log }: OpenBrokerOptions,
): Promise<OpenBroker> {
  if (url === undefined) {
    const broker = new IsolatesBroker({
      clock,
      random,
      presence: new MemoryPresence({ clock }),
      onWarn: (event, fields) => log.warn(event, fields),
    });
    return { broker, presence: broker.presence };
  }
  const link = await connectRedis(url, {
    clock,
    random,
    onReady: () => log.info("redis_ready"),
    onError: (error, { stage }) => log.warn("redis_failed", { stage, error }),
  });
  return {
    broker: new RedisBroker({ link, clock, random }),
    presence: new RedisPresence({ link }),
  };
}
