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
import { PostgresBroker } from "../broker/postgres/broker.ts";
import { connectPostgres } from "../broker/postgres/connect.ts";
import { PostgresPresence } from "../broker/postgres/presence.ts";
import { parsePostgresUrl } from "../broker/postgres/url.ts";
import { RedisBroker } from "../broker/redis/broker.ts";
import { connectRedis } from "../broker/redis/connect.ts";
import { RedisPresence } from "../broker/redis/presence.ts";
import { parseRedisUrl } from "../broker/redis/url.ts";
import { MemoryPresence } from "../presence/memory.ts";
import { PRESENCE_TTL_MS } from "../presence/types.ts";

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

/** Options of {@linkcode postgres}. */
export interface PostgresOptions {
  /**
   * Schema of the tables. Hubs with another schema share nothing.
   * @default {"thrum"}
   */
  readonly schema?: string;
}

/**
 * Channels of all nodes, on any machine, that share a database of a PostgreSQL (14 or
 * newer). The hub makes its tables in a schema of that database. It connects when it is made,
 * and again after each loss. Meanwhile clients get error 100, the methods of the hub
 * reject with it, and `hub.ready` is `false`.
 *
 * @example
 * ```ts
 * import { createHub, postgres } from "@thrum/thrum";
 *
 * const hub = createHub({
 *   access: "anonymous",
 *   broker: postgres("postgres://user:password@localhost:5432/database"),
 * });
 * ```
 *
 * @param url `postgres://user:password@host:5432/database`, with the options
 * `sslmode` (`disable`, `prefer`, `require` or `verify-full`), `connections` (5) and
 * `pooler` (`true` behind a pooler of transactions).
 * @throws {TypeError} If the URL is not one of PostgreSQL.
 * @throws {RangeError} If the schema is not a small word.
 */
export function postgres(
  url: string,
  { schema = "thrum" }: PostgresOptions = {},
): BrokerFactory {
  // A wrong URL is found where it is written.
  parsePostgresUrl(url);
  return {
    open({ clock, random, log }) {
      const link = connectPostgres(url, {
        clock,
        random,
        schema,
        onReady: () => log.info("postgres_ready"),
        onError: (error, { stage }) =>
          log.warn("postgres_failed", { stage, error }),
      });
      return {
        broker: new PostgresBroker({ link, clock, random }),
        presence: new PostgresPresence({ link, clock }),
      };
    },
  };
}

/**
 * Channels of all nodes that share the Redis, PostgreSQL or NATS at a URL, by its scheme.
 * In one database, hubs of another name share nothing.
 *
 * @throws {TypeError} If the URL is another one.
 */
export function brokerAt(url: string, name = "thrum"): BrokerFactory {
  if (/^rediss?:/.test(url)) return redis(url, { prefix: `${name}:` });
  return /^(?:nats|tls):/.test(url)
    ? nats(url, { prefix: name })
    : postgres(url, { schema: name.replaceAll("-", "_") });
}

/** Options of {@linkcode nats}. */
export interface NatsOptions {
  /**
   * Beginning of the names of all streams and subjects: letters, digits, `-` and `_`.
   * Hubs with another prefix share nothing.
   * @default {"thrum"}
   */
  readonly prefix?: string;
}

/**
 * Channels of all nodes, on any machine, that share a NATS with JetStream (2.9 or newer).
 * The hub makes its two streams, and gives them the settings that
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
 * stands alone before the `@`. Each `name` is a hub of its own. Options are `creds` and `ca` (paths of files), `storage` (`file` or `memory`),
 * and `maxAge` (`24h`), after which a publication is dropped from every history.
 * @throws {TypeError} If the URL is not one of NATS.
 * @throws {RangeError} If the prefix has other characters.
 */
export function nats(
  url: string,
  { prefix = "thrum" }: NatsOptions = {},
): BrokerFactory {
  // A wrong URL is found where it is written.
  const { name, ...settings } = parseNatsUrl(url);
  const subjects = new Subjects(name === "" ? prefix : `${prefix}-${name}`);
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
        subjects,
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
