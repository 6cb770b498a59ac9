/** The brokers that a hub can share its channels by, each by its name. */

import type { BrokerFactory } from "../broker/factory.ts";
import { IsolatesBroker } from "../broker/isolates/broker.ts";
import { MemoryBroker } from "../broker/memory/broker.ts";
import { NatsBroker } from "../broker/nats/broker.ts";
import { connectNats } from "../broker/nats/connect.ts";
import { NatsPresence } from "../broker/nats/presence.ts";
import { NatsStore } from "../broker/nats/store.ts";
import { Subjects } from "../broker/nats/subjects.ts";
import { parseNatsUrl } from "../broker/nats/url.ts";
import { RedisBroker } from "../broker/redis/broker.ts";
import { connectRedis } from "../broker/redis/connect.ts";
import { RedisPresence } from "../broker/redis/presence.ts";
import { parseRedisUrl } from "../broker/redis/url.ts";
import { MemoryPresence } from "../presence/memory.ts";
import { PRESENCE_TTL_MS } from "../presence/types.ts";

export type { BrokerFactory };

/** Options of {@linkcode memory}. */
export interface MemoryOptions {
  /**
   * Bytes of all histories together: the payloads, and 256 for each publication. Above
   * that, histories are dropped, first those that were not used for the longest time.
   * @default {268_435_456}
   */
  readonly maxHistoryBytes?: number;
}

/** Options of {@linkcode isolates}. */
export interface IsolatesOptions extends MemoryOptions {
  /**
   * Name that the hubs of all isolates have in common; hubs of another name are others.
   * @default {"thrum"}
   */
  readonly cluster?: string;
}

/** Options of {@linkcode redis}. */
export interface RedisOptions {
  /**
   * Beginning of all keys and topics, without braces; hubs of another prefix are others.
   * @default {"thrum:"}
   */
  readonly prefix?: string;
}

/**
 * Channels of this hub alone, in the memory of its isolate: what a hub has by default.
 *
 * @example
 * ```ts
 * import { createHub, memory } from "@thrum/thrum";
 *
 * const hub = createHub({ access: "anonymous", broker: memory() });
 * ```
 */
export function memory(options: MemoryOptions = {}): BrokerFactory {
  const { maxHistoryBytes } = options;
  return {
    open: ({ clock, random }) => ({
      broker: new MemoryBroker({ clock, random, maxHistoryBytes }),
      presence: new MemoryPresence({ clock }),
    }),
  };
}

/**
 * Channels of all isolates of this process, as `deno serve --parallel` starts them.
 * One isolate orders and keeps what is published; alone, it posts no publication.
 *
 * @example
 * ```ts
 * import { createHub, isolates } from "@thrum/thrum";
 *
 * const hub = createHub({ access: "anonymous", broker: isolates() });
 * ```
 */
export function isolates(options: IsolatesOptions = {}): BrokerFactory {
  const { maxHistoryBytes, cluster = "thrum" } = options;
  return {
    open({ clock, random, log }) {
      const broker = new IsolatesBroker({
        clock,
        random,
        cluster,
        presence: new MemoryPresence({ clock }),
        ...maxHistoryBytes === undefined ? {} : { maxHistoryBytes },
        onWarn: (event, fields) => log.warn(event, fields),
      });
      return { broker, presence: broker.presence };
    },
  };
}

/**
 * Channels of all nodes, on any machine, that share a Redis (6.2 or newer). The hub
 * connects when it is made, and again after each loss. Meanwhile clients get error
 * 100, the methods of the hub reject with it, and `hub.ready` is `false`.
 *
 * @example
 * ```ts
 * import { createHub, redis } from "@thrum/thrum";
 *
 * const hub = createHub({
 *   access: "anonymous",
 *   broker: redis("redis://user:password@localhost:6379/0"),
 * });
 * ```
 *
 * @param url `redis://user:password@host:6379/0`, or `rediss://` for TLS.
 * @throws {TypeError} If the URL is not one of Redis.
 */
export function redis(
  url: string,
  { prefix }: RedisOptions = {},
): BrokerFactory {
  // A wrong URL is found where it is written.
  parseRedisUrl(url);
  return {
    open({ clock, random, log }) {
      const link = connectRedis(url, {
        clock,
        random,
        prefix,
        onReady: () => log.info("redis_ready"),
        onError: (error, { stage }) =>
          log.warn("redis_failed", { stage, error }),
      });
      return {
        broker: new RedisBroker({ link, clock, random }),
        presence: new RedisPresence({ link }),
      };
    },
  };
}

/**
 * Channels of all nodes, on any machine, that share a NATS with JetStream (2.9 or newer),
 * or a cluster of them. The hub makes its two streams, and gives them the settings that
 * they lack. It connects when it is made, and again after each loss. Meanwhile clients get
 * error 100, the methods of the hub reject with it, and `hub.ready` is `false`.
 *
 * @example
 * ```ts
 * import { createHub, nats } from "@thrum/thrum";
 *
 * const hub = createHub({
 *   access: "anonymous",
 *   broker: nats("nats://user:password@localhost:4222"),
 * });
 * ```
 *
 * @param url `nats://user:password@host:4222,host:4222/name`, or `tls://` for TLS; a token
 * stands alone before the `@`. `name` (`thrum`) begins all streams and subjects. Options
 * are `creds` and `ca` (paths of files), `replicas` (1), `storage` (`file` or `memory`),
 * and `maxAge` (`24h`), after which a publication is dropped from every history.
 * @throws {TypeError} If the URL is not one of NATS.
 */
export function nats(url: string): BrokerFactory {
  // A wrong URL is found where it is written.
  const { name, ...settings } = parseNatsUrl(url);
  return {
    open({ clock, random, log }) {
      const link = connectNats(url, {
        clock,
        random,
        onReady: () => log.info("nats_ready"),
        onError: (error, { stage }) =>
          log.warn("nats_failed", { stage, error }),
      });
      const store = new NatsStore({
        link,
        subjects: new Subjects(name),
        clock,
        random,
        leaseMs: PRESENCE_TTL_MS,
        ...settings,
      });
      return {
        broker: new NatsBroker({ store, clock, random }),
        presence: new NatsPresence({ store }),
      };
    },
  };
}
