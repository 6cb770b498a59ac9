/** URL of a Redis: `redis://user:password@host:6379/0`, `rediss://` for TLS; of a cluster `redis://host:6379,host:6379` or with `?cluster=true`. */

import {
  BrokerUrlError,
  type BrokerUrlRules,
  readBrokerUrl,
  type ServerAddress,
  wrongOption,
} from "../../base/broker_url.ts";

/** Address of a server. */
export type RedisAddress = ServerAddress;

/** Login and encryption, which all servers of a cluster have in common. */
export interface RedisAccess {
  readonly tls: boolean;
  readonly username: string;
  /** Password of the user; empty without a login. */
  readonly password: string;
  /** Number of the database. */
  readonly database: number;
}

/** A server, and how to log in there. */
export interface RedisServerUrl extends RedisAddress, RedisAccess {}

/** Parts of a URL that a link needs. */
export interface RedisUrl extends RedisAccess {
  /** Servers: one, or some of a cluster. */
  readonly servers: readonly [RedisAddress, ...RedisAddress[]];
  readonly isCluster: boolean;
}

const RULES: BrokerUrlRules = {
  system: "Redis",
  schemes: ["redis", "rediss"],
  defaultPort: 6_379,
  options: { cluster: "true or false" },
  example:
    "redis://user:password@host:6379/0, or redis://host:6379,host:6379 of a cluster",
};

/**
 * Reads the URL of a Redis.
 *
 * @throws {TypeError} If the URL is not one of Redis. The message leaves it out, for it may hold a password.
 */
export function parseRedisUrl(text: string): RedisUrl {
  const { scheme, user, password, servers, path, options } = readBrokerUrl(
    text,
    RULES,
  );
  const cluster = options.get("cluster") ?? String(servers.length > 1);
  if (!/^(?:true|false)$/.test(cluster)) throw wrongOption("cluster", RULES);
  const isCluster = cluster === "true";
  const database = Number(path);
  if (!/^\d{0,9}$/.test(path)) {
    throw new BrokerUrlError(RULES, "expected a number as the database");
  }
  if (isCluster ? database > 0 : servers.length > 1) {
    const reason = isCluster
      ? "expected no database but 0 in a cluster"
      : "expected one host with cluster=false";
    throw new BrokerUrlError(RULES, reason);
  }
  return {
    servers,
    isCluster,
    tls: scheme === "rediss",
    username: user || "default",
    password,
    database,
  };
}
