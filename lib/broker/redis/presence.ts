/** The presence of nodes that share a Redis. */

import { type ClientInfo, isClientInfo } from "../../base/publication.ts";
import {
  type Presence,
  PRESENCE_TTL_MS,
  type PresenceStats,
} from "../../presence/types.ts";
import type { Link } from "./types.ts";

/** The part of a Redis link that the presence uses. */
export type PresenceLink = Pick<Link, "names" | "run">;

/** Options of a presence in Redis. */
export interface RedisPresenceOptions {
  /** Link to Redis, which the presence neither opens nor closes. */
  readonly link: PresenceLink;
  /**
   * Duration of a lease in milliseconds of the clock of Redis.
   * @default {30_000}
   */
  readonly ttlMs?: number;
}

/**
 * Drops the expired leases of a channel. Every channel has a sorted set of its clients
 * by the end of their leases, and a hash of their infos: the user as JSON, a line
 * break, the info as JSON. Both expire with the last lease.
 *
 * KEYS: leases, infos. The time is that of Redis, because the clocks of nodes differ.
 */
const EXPIRE = `
local leases, infos = KEYS[1], KEYS[2]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local expired = redis.call('ZRANGEBYSCORE', leases, '-inf', now)
for _, client in ipairs(expired) do redis.call('HDEL', infos, client) end
if #expired > 0 then redis.call('ZREMRANGEBYSCORE', leases, '-inf', now) end
`;

const ADD = `
${EXPIRE}
local client, info, ttl = ARGV[2], ARGV[3], tonumber(ARGV[4])
redis.call('ZADD', leases, now + ttl, client)
redis.call('HSET', infos, client, info)
redis.call('PEXPIRE', leases, ttl)
redis.call('PEXPIRE', infos, ttl)
`;

const REMOVE = `
redis.call('ZREM', KEYS[1], ARGV[2])
redis.call('HDEL', KEYS[2], ARGV[2])
`;

const GET = `
${EXPIRE}
return redis.call('HVALS', infos)
`;

const STATS = `
${EXPIRE}
local users, seen = 0, {}
for _, info in ipairs(redis.call('HVALS', infos)) do
  local user = string.match(info, '^[^\\n]*')
  if not seen[user] then
    seen[user] = true
    users = users + 1
  end
end
return { redis.call('HLEN', infos), users }
`;

/** Keeps leases in Redis. A node that dies does not renew them, so its clients are removed after `ttlMs`. */
export class RedisPresence implements Presence {
  readonly ttlMs: number;
  readonly #link: PresenceLink;

  /** Makes a presence on a link. */
  constructor({ link, ttlMs = PRESENCE_TTL_MS }: RedisPresenceOptions) {
    this.#link = link;
    this.ttlMs = ttlMs;
  }

  async add(channel: string, info: ClientInfo): Promise<void> {
    const text = `${JSON.stringify(info.user)}\n${JSON.stringify(info)}`;
    const args = [info.client, text, String(this.ttlMs)];
    await this.#change(ADD, channel, args);
  }

  async remove(channel: string, client: string): Promise<void> {
    await this.#change(REMOVE, channel, [client]);
  }

  async get(channel: string): Promise<ReadonlyMap<string, ClientInfo>> {
    const reply = await this.#read(GET, channel);
    if (!Array.isArray(reply)) throw invalid();
    const infos = reply.map(parseInfo);
    return new Map(infos.map((info) => [info.client, info]));
  }

  async stats(channel: string): Promise<PresenceStats> {
    const reply = await this.#read(STATS, channel);
    const [clients, users] = Array.isArray(reply) ? reply : [];
    return { clients: Number(clients), users: Number(users) };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Changes the lease of the client that the first argument names. */
  #change(
    script: string,
    channel: string,
    args: readonly string[],
  ): Promise<unknown> {
    const keys = this.#keysOf(channel);
    const order = [`${keys[0]} ${args[0]}`];
    return this.#link.run({ script, keys, args, order });
  }

  #read(script: string, channel: string): Promise<unknown> {
    return this.#link.run({ script, keys: this.#keysOf(channel), args: [] });
  }

  #keysOf(channel: string): string[] {
    return ["leases", "infos"].map((part) =>
      this.#link.names.keyOf(channel, part)
    );
  }
}

/** @throws {SyntaxError} If `add` did not write the text. */
function parseInfo(text: unknown): ClientInfo {
  if (typeof text !== "string") throw invalid();
  const json: unknown = JSON.parse(text.slice(text.indexOf("\n") + 1));
  if (!isClientInfo(json)) throw invalid();
  return json;
}

function invalid(): SyntaxError {
  return new SyntaxError(
    "Cannot read a presence: the reply of Redis is invalid",
  );
}
