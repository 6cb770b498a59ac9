/** The brokers that a hub can share its channels by, each by its name. */

import {
  namesOf,
  requireKnown,
  requireString,
  shown,
} from "../base/options.ts";
import type { BrokerFactory } from "../broker/factory.ts";
import { IsolatesBroker } from "../broker/isolates/broker.ts";
import { MemoryBroker } from "../broker/memory/broker.ts";
import { NatsBroker } from "../broker/nats/broker.ts";
import { NatsPresence } from "../broker/nats/presence.ts";
import { PostgresBroker } from "../broker/postgres/broker.ts";
import { connectPostgres } from "../broker/postgres/connect.ts";
import { PostgresPresence } from "../broker/postgres/presence.ts";
import { parsePostgresUrl } from "../broker/postgres/url.ts";
import { RedisBroker } from "../broker/redis/broker.ts";
import { connectRedis } from "../broker/redis/connect.ts";
import { RedisPresence } from "../broker/redis/presence.ts";
import { parseRedisUrl } from "../broker/redis/url.ts";
import { brokerFailures, hostsOf } from "./broker_log.ts";
import { MemoryPresence } from "../presence/memory.ts";
import { systemOf } from "../base/broker_url.ts";
import { natsStoreAt } from "./nats_store.ts";

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

const MEMORY_OPTIONS = namesOf<MemoryOptions>({ maxHistoryBytes: true });
const ISOLATES_OPTIONS = namesOf<IsolatesOptions>({
  maxHistoryBytes: true,
  cluster: true,
});
const PREFIX_OPTIONS = namesOf<RedisOptions & NatsOptions>({ prefix: true });
const POSTGRES_OPTIONS = namesOf<PostgresOptions>({ schema: true });

/**
 * Channels of this hub alone, in the memory of its isolate: what a hub has by default.
 *
 * @example
 * ```ts
 * import { createHub, memory } from "@thrum/thrum";
 *
 * const hub = createHub({ access: "anonymous", broker: memory() });
 * ```
 *
 * @throws {TypeError} If there is no such option, or one is of another type.
 * @throws {RangeError} If a number is out of its range.
 */
export function memory(options: MemoryOptions = {}): BrokerFactory {
  requireKnown("use the broker memory", options, MEMORY_OPTIONS);
  const { maxHistoryBytes } = options;
  requireBound("memory", maxHistoryBytes);
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
 *
 * @throws {TypeError} If there is no such option, or one is of another type.
 * @throws {RangeError} If a number is out of its range.
 */
export function isolates(options: IsolatesOptions = {}): BrokerFactory {
  requireKnown("use the broker isolates", options, ISOLATES_OPTIONS);
  const { maxHistoryBytes, cluster = "thrum" } = options;
  requireBound("isolates", maxHistoryBytes);
  requireString("use the cluster", cluster);
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

/** Refuses what would never be exceeded, of a program without types or of a sum that failed. */
function requireBound(name: string, maxHistoryBytes: unknown = 0): void {
  const isNumber = typeof maxHistoryBytes === "number";
  if (isNumber && maxHistoryBytes >= 0) return;
  const Fault = isNumber ? RangeError : TypeError;
  throw new Fault(
    `Cannot use the broker ${name} with maxHistoryBytes ${
      shown(maxHistoryBytes)
    }: expected a number of at least 0`,
  );
}

/**
 * Channels of all nodes, on any machine, that share a Redis (6.2 or newer) or a Redis
 * Cluster (7.0 or newer). The hub connects when it is made, and again after each loss.
 * Meanwhile clients get error 100, the methods of the hub reject with it, and `hub.ready`
 * is `false`; where one primary of a cluster is away, that holds for its channels alone.
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
 * @param url `redis://user:password@host:6379/0`, or `rediss://` for TLS. A cluster has
 * several hosts, as in `redis://host:6379,host:6379`, or one and `?cluster=true`.
 * @throws {TypeError} If the URL is not one of Redis, or the prefix is no text.
 */
export function redis(
  url: string,
  options: RedisOptions = {},
): BrokerFactory {
  requireKnown("use the broker redis", options, PREFIX_OPTIONS);
  const { prefix } = options;
  requireString("use the prefix", prefix);
  // A wrong URL is found where it is written.
  parseRedisUrl(url);
  return {
    open({ clock, random, log }) {
      const link = connectRedis(url, {
        clock,
        random,
        prefix,
        onReady: (server) =>
          log.info("redis_ready", server === undefined ? {} : { server }),
        onError: brokerFailures(log, "redis", hostsOf(url)),
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
 * `sslmode` (`disable`, `prefer`, `require` or `verify-full`), `channel_binding`
 * (`require` checks the certificate, too), `connections` (5) and
 * `pooler` (`true` behind a pooler of transactions).
 * @throws {TypeError} If the URL is not one of PostgreSQL, or the schema is no text.
 * @throws {RangeError} If the schema is not a small word.
 */
export function postgres(
  url: string,
  options: PostgresOptions = {},
): BrokerFactory {
  requireKnown("use the broker postgres", options, POSTGRES_OPTIONS);
  const { schema = "thrum" } = options;
  requireString("use the schema", schema);
  // A wrong URL is found where it is written.
  parsePostgresUrl(url);
  return {
    open({ clock, random, log }) {
      const link = connectPostgres(url, {
        clock,
        random,
        schema,
        onReady: () => log.info("postgres_ready"),
        onError: brokerFailures(log, "postgres", hostsOf(url)),
        onNewerSchema: (versions) => {
          const meaning = "a newer hub has made the tables and functions, " +
            "which this one uses as they are: update it, too";
          const place = hostsOf(url);
          log.warn("postgres_newer", { ...versions, place, meaning });
        },
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
 * In one database, the hub of the demos shares nothing with any other.
 *
 * @throws {TypeError} If the URL is another one.
 */
export function brokerAt(
  url: string,
  name: "thrum" | "thrum-demos" = "thrum",
): BrokerFactory {
  const system = systemOf(url);
  if (system === "redis") return redis(url, { prefix: `${name}:` });
  // In NATS, "thrum-demos" is what "thrum" with the URL's name "demos" is.
  const word = name.replace("-", "_");
  return system === "nats"
    ? nats(url, { prefix: word })
    : postgres(url, { schema: word });
}

/** Options of {@linkcode nats}. */
export interface NatsOptions {
  /**
   * Beginning of the names of all streams and subjects: letters, digits, `-` and `_`.
   * Hubs with another prefix share nothing, where none has a `-`: the prefix `a-b` is
   * also the prefix `a` with the name `b` in the URL.
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
 * stands alone before the `@`. Each `name` is a hub of its own. Options are `creds` and `ca`
 * (paths of files), `storage` (`file` or `memory`), `replicas` (copies in a cluster), and
 * `maxAge` (`24h`), after which a publication is dropped from every history.
 * @throws {TypeError} If the URL is not one of NATS, or the prefix is no text.
 * @throws {RangeError} If the prefix has other characters.
 */
export function nats(
  url: string,
  options: NatsOptions = {},
): BrokerFactory {
  requireKnown("use the broker nats", options, PREFIX_OPTIONS);
  const { prefix = "thrum" } = options;
  requireString("use the prefix", prefix);
  // A wrong URL is found where it is written.
  const makeStore = natsStoreAt(url, prefix);
  return {
    open({ clock, random, log }) {
      const store = makeStore({
        clock,
        random,
        onReady: () => log.info("nats_ready"),
        onError: brokerFailures(log, "nats", hostsOf(url)),
      });
      return {
        broker: new NatsBroker({ store, clock, random }),
        presence: new NatsPresence({ store }),
      };
    },
  };
}
