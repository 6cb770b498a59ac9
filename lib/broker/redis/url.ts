/** URL of a Redis: `redis://user:password@host:6379/0`, or `rediss://` for TLS. */

import { parseUrl } from "../../base/url.ts";

/** Parts of a URL that a link needs. */
export interface RedisUrl {
  /** Number of the database. */
  readonly database: number;
}

/**
 * Reads the URL of a Redis.
 *
 * @throws {TypeError} If the URL is not one of Redis. The message leaves it out, for it may hold a password.
 */
export function parseRedisUrl(text: string): RedisUrl {
  const url = parseUrl(text);
  const isRedis = url !== null && /^rediss?:$/.test(url.protocol) &&
    url.hostname !== "" && url.search === "" && url.hash === "" &&
    /^\/?\d*$/.test(url.pathname) &&
    isDecodable(url.username) && isDecodable(url.password);
  if (isRedis) return { database: Number(url.pathname.slice(1)) };
  throw new TypeError(
    "Cannot read the URL of Redis: expected one such as redis://user:password@host:6379/0",
  );
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return false;
  }
}
