/** The npm package `redis` behind a link: loaded when a link first connects. */

import type { RedisLike, TakeMessage } from "./connection.ts";
import { RedisLink, type RedisLinkOptions } from "./link.ts";
import { parseRedisUrl } from "./url.ts";

/** Time that a TCP or TLS connection may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 2_000;

/** Names a script as Redis does. */
type NameScript = RedisLinkOptions["nameOf"];

/**
 * Makes a link to the Redis (6.2 or newer) at `url`: `redis://user:password@host:6379/0`,
 * or `rediss://` for TLS. It begins to connect when its broker starts.
 *
 * @throws {TypeError} If the URL is not one of Redis.
 */
export function connectRedis(
  url: string,
  options: Omit<RedisLinkOptions, "createClient" | "nameOf" | "database">,
): RedisLink {
  const { database } = parseRedisUrl(url);
  let sha1: NameScript | undefined;
  const load = async () => {
    const { createHash } = await import("node:crypto");
    sha1 = (script) => createHash("sha1").update(script).digest("hex");
    return await createClient(url);
  };
  return new RedisLink({
    ...options,
    database,
    createClient: () => new LazyClient(load),
    nameOf(script) {
      // Scripts run on a connection, which has loaded it.
      if (sha1 === undefined) throw new Error("Cannot name a script yet");
      return sha1(script);
    },
  });
}

async function createClient(url: string): Promise<RedisLike> {
  const { createClient } = await import("redis");
  return createClient({
    url,
    RESP: 3,
    // The link connects again itself, and says to its user what to renew.
    socket: { reconnectStrategy: false, connectTimeout: CONNECT_TIMEOUT_MS },
    disableOfflineQueue: true,
    // A timer for each command is expensive, and the link has one for all.
    commandOptions: { timeout: undefined },
    maintNotifications: "disabled",
    disableClientInfo: true,
    emitInvalidate: true,
  });
}

/** A client whose library is loaded when it connects. */
class LazyClient implements RedisLike {
  readonly #load: () => Promise<RedisLike>;
  readonly #listeners: Parameters<RedisLike["on"]>[] = [];
  #client: RedisLike | undefined;
  #isDestroyed = false;

  constructor(load: () => Promise<RedisLike>) {
    this.#load = load;
  }

  async connect(): Promise<unknown> {
    const client = await this.#load();
    if (this.#isDestroyed) throw new Error("the client was destroyed");
    this.#client = client;
    for (const [event, listener] of this.#listeners) client.on(event, listener);
    return await client.connect();
  }

  sendCommand(args: string[]): Promise<unknown> {
    return this.#connected.sendCommand(args);
  }

  subscribe(topics: string[], take: TakeMessage): Promise<void> {
    return this.#connected.subscribe(topics, take);
  }

  unsubscribe(topics: string[], take: TakeMessage): Promise<void> {
    return this.#connected.unsubscribe(topics, take);
  }

  on(...listener: Parameters<RedisLike["on"]>): void {
    this.#listeners.push(listener);
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#client?.destroy();
  }

  get #connected(): RedisLike {
    if (this.#client !== undefined) return this.#client;
    throw new Error("Cannot use a client of Redis before it connects");
  }
}
