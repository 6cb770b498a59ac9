/** Factory of links with the npm package `redis`, which is loaded only when it is needed. */

import { RedisLink, type RedisLinkOptions } from "./link.ts";

/** Time limit of a TCP or TLS connect, in milliseconds. */
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * Makes a link to the Redis (6.2 or newer) at `url`: `redis://user:password@host:6379/0`,
 * or `rediss://` for TLS. It begins to connect when its broker starts.
 *
 * @throws {TypeError} If `url` is not a URL of Redis.
 */
export async function connectRedis(
  url: string,
  options: Omit<RedisLinkOptions, "createClient" | "nameOf" | "database">,
): Promise<RedisLink> {
  const { createClient } = await import("redis");
  const { createHash } = await import("node:crypto");
  const create = () =>
    createClient({
      url,
      RESP: 3,
      // The link itself connects again, because its user must renew subscriptions.
      socket: { reconnectStrategy: false, connectTimeout: CONNECT_TIMEOUT_MS },
      disableOfflineQueue: true,
      // A timer for each command is expensive; the connection has one for all.
      commandOptions: { timeout: undefined },
      maintNotifications: "disabled",
      disableClientInfo: true,
    });
  // Throws now if the URL is invalid. An error that only Redis can find, such as a
  // missing database, is reported by the link.
  create();
  const database = Number(new URL(url).pathname.slice(1));
  return new RedisLink({
    ...options,
    database,
    createClient: create,
    nameOf: (script) => createHash("sha1").update(script).digest("hex"),
  });
}
