/** Links to the Redis, or the cluster, at a URL. */

import { createHash } from "node:crypto";
import { RespClient } from "./client.ts";
import { ClusterLink } from "./cluster_link.ts";
import { type LinkOptions, RedisLink } from "./link.ts";
import type { Link } from "./types.ts";
import { parseRedisUrl, type RedisAddress } from "./url.ts";

/**
 * Makes a link to the Redis (6.2 or newer) at `url`: `redis://user:password@host:6379/0`,
 * or `rediss://` for TLS; or to the Redis Cluster (7.0 or newer) with some servers of it,
 * as in `redis://host:6379,host:6379`, or one and `?cluster=true`. It begins to connect
 * when its broker starts.
 *
 * @throws {TypeError} If the URL is not one of Redis.
 */
export function connectRedis(
  url: string,
  options: Omit<LinkOptions, "nameOf" | "database">,
): Link {
  const { servers, isCluster, ...access } = parseRedisUrl(url);
  const { database } = access;
  const createClient = (server: RedisAddress) =>
    new RespClient({ ...server, ...access, isSharded: isCluster });
  const all = { ...options, database, nameOf: sha1 };
  return isCluster
    ? new ClusterLink({ ...all, seeds: servers, createClient })
    : new RedisLink({ ...all, createClient: () => createClient(servers[0]) });
}

/** Names a script as Redis does. */
function sha1(script: string): string {
  return createHash("sha1").update(script).digest("hex");
}
