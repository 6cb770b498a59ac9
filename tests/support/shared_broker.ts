/** Brokers that several nodes share. A script that is played on each of them differs in `BROKER_URL` alone. */

import { systemClock as clock } from "../../lib/base/clock.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import { PostgresBroker } from "../../lib/broker/postgres/broker.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import type { Broker } from "../../lib/broker/types.ts";
import { natsBroker } from "./nats_nodes.ts";
import { NatsServer } from "./nats_server.ts";
import { PostgresServer } from "./postgres_server.ts";
import { RedisClusterServers } from "./redis_cluster_servers.ts";
import { RedisServer } from "./redis_server.ts";
import { requirePostgres, requireTool } from "./requirements.ts";

/** A running broker; disposing of it kills the process and removes its data. */
export interface BrokerAddress extends AsyncDisposable {
  /** The `BROKER_URL` of its nodes. */
  readonly url: string;
}

/** A broker with faults. */
export interface BrokerServer extends BrokerAddress {
  /** Starts the process again, with the data that are left; resolves once it answers. */
  start(): Promise<void>;
  /** Ends the process as a power cut would, and waits for its end. */
  kill(): Promise<void>;
  /** Keeps what a server that is killed has left on disk; the returned function puts that back. */
  keep(): Promise<() => Promise<void>>;
  /** Removes what a server that is killed has left on disk. */
  forget(): Promise<void>;
}

/** A kind of broker. */
export interface SharedBroker {
  /** Its name in sentences. */
  readonly name: string;
  /** Its name in events of the log. */
  readonly event: string;
  /**
   * Which starts of the server begin another epoch: each, and positions of the epoch
   * before stay valid up to what has survived; or one that has lost what a node has seen,
   * and then they do not.
   */
  readonly newEpoch: "at each start" | "after a loss";
  /**
   * True if a node that was cut off delivers what it has missed. Else it compares its
   * positions, and clients recover.
   */
  readonly catchesUp: boolean;
  /** True if the offsets of a channel are 1, 2, 3 and so on; else they rise. */
  readonly isDense: boolean;
  /** True where the machine lacks its programs. */
  readonly missing: boolean;
  /** Starts one. With `durable`, what it has acknowledged survives a kill. */
  start(options?: { readonly durable?: boolean }): Promise<BrokerServer>;
  /** Makes a node without a hub, which is not started. */
  connect(url: string): Promise<Broker>;
}

function connectToRedis(url: string): Promise<Broker> {
  const link = connectRedis(url, { clock, random });
  return Promise.resolve(new RedisBroker({ link, clock, random }));
}

const KINDS = {
  Redis: {
    event: "redis",
    newEpoch: "at each start",
    require: () => requireTool("redis-server"),
    catchesUp: false,
    isDense: true,
    start: (options) => RedisServer.start(options),
    connect: connectToRedis,
  },
  "Redis Cluster": {
    event: "redis",
    newEpoch: "at each start",
    require: () => requireTool("redis-server"),
    catchesUp: false,
    isDense: true,
    start: (options) =>
      RedisClusterServers.start({
        // What becomes of several primaries is in tests of its own.
        primaries: 1,
        // Nodes find its server by the address at which they came: a proxy is not passed by.
        settings: ["--cluster-preferred-endpoint-type", "unknown-endpoint"],
        ...options,
      }),
    connect: connectToRedis,
  },
  PostgreSQL: {
    event: "postgres",
    newEpoch: "at each start",
    require: requirePostgres,
    catchesUp: true,
    isDense: true,
    start: (options) => PostgresServer.start(options),
    connect(url) {
      const link = connectPostgres(url, { clock, random });
      return Promise.resolve(new PostgresBroker({ link, clock, random }));
    },
  },
  NATS: {
    event: "nats",
    newEpoch: "after a loss",
    require: () => requireTool("nats-server"),
    catchesUp: true,
    isDense: false,
    start: () => NatsServer.start(),
    connect: (url) => Promise.resolve(natsBroker(url)),
  },
} as const satisfies Record<
  string,
  Omit<SharedBroker, "name" | "missing"> & {
    readonly require: () => { readonly missing: boolean };
  }
>;

/** Name of a kind. */
export type BrokerName = keyof typeof KINDS;

/** Looks for a kind of broker, at the top of a test file; see {@linkcode requireTool}. */
export function requireBroker(name: BrokerName): SharedBroker {
  const { require, ...kind } = KINDS[name];
  return { name, ...kind, missing: require().missing };
}

/** Looks for all kinds. */
export function requireBrokers(): readonly SharedBroker[] {
  return (Object.keys(KINDS) as BrokerName[]).map(requireBroker);
}
