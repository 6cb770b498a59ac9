/** The npm package `redis` behind a link: loaded only by who has a `redis://` address. */

import { RedisLink, type RedisLinkOptions } from "./link.ts";

/** How long a TCP or TLS connection may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * A link to the Redis (6.2 or newer) at `url`: `redis://user:password@host:6379/0`,
 * or `rediss://` for TLS. It begins to connect when its broker starts.
 *
 * @throws {TypeError} If the address is not one of Redis.
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
      // The link connects again itself, and tells its user what to renew.
      socket: { reconnectStrategy: false, connectTimeout: CONNECT_TIMEOUT_MS },
      disableOfflineQueue: true,
      // A timer for each command is dear, and the link has one for all.
      commandOptions: { timeout: undefined },
      maintNotifications: "disabled",
      disableClientInfo: true,
    });
  // An address that cannot be read is told of now; whatever only Redis can say
  // about it, such as a database that it does not have, is an error of the link.
  create();
  const database = Number(new URL(url).pathname.slice(1));
  return new RedisLink({
    ...options,
    database,
    createClient: create,
    nameOf: (script) => createHash("sha1").update(script).digest("hex"),
  });
}
