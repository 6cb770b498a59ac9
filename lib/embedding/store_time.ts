/** Time of the Redis, PostgreSQL or NATS that nodes share, by its own clock. */

import { systemOf } from "../base/broker_url.ts";
import type { Clock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import type { Random } from "../base/random.ts";
import { connectPostgres } from "../broker/postgres/connect.ts";
import { connectRedis } from "../broker/redis/connect.ts";
import { natsStoreAt } from "./nats_store.ts";

/** Parts of a program that a connection uses. */
export interface StoreTimeDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** Events of a link. */
interface LinkEvents extends StoreTimeDeps {
  readonly onReady: () => void;
  readonly onError: (error: unknown) => void;
}

/** A link with the question for its time. */
interface TimedLink {
  open(): void;
  close(): Promise<void>;
  /** Milliseconds since 1970. */
  readTime(): Promise<number>;
}

/**
 * Reads the time of the store at a URL of `brokerAt`, in milliseconds since 1970. It
 * connects for that, and ends the connection.
 *
 * @throws {TypeError} If the URL is another one.
 * @throws {Error} If the store cannot be reached.
 */
export async function readStoreTime(
  url: string,
  deps: StoreTimeDeps,
): Promise<number> {
  const ready = deferred();
  const link = linkTo(url, {
    ...deps,
    onReady: ready.resolve,
    onError: ready.reject,
  });
  link.open();
  try {
    await ready.promise;
    return await link.readTime();
  } finally {
    await link.close();
  }
}

function linkTo(url: string, events: LinkEvents): TimedLink {
  const system = systemOf(url);
  if (system === "redis") return redisLink(url, events);
  return system === "nats" ? natsLink(url, events) : postgresLink(url, events);
}

function redisLink(url: string, events: LinkEvents): TimedLink {
  const link = connectRedis(url, events);
  return {
    open: () => link.open(),
    close: () => link.close(),
    async readTime() {
      // A script, which reaches any primary of a cluster by a key that it does not use.
      const keys = [link.names.keyOf("", "time")];
      const script = "return redis.call('TIME')";
      const reply = await link.run({ script, keys, args: [] });
      const [seconds, microseconds] = Array.isArray(reply) ? reply : [];
      return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
    },
  };
}

function postgresLink(url: string, events: LinkEvents): TimedLink {
  const link = connectPostgres(url, events);
  const statement =
    "select (extract(epoch from clock_timestamp()) * 1000)::float8";
  return {
    open: () => link.open(),
    close: () => link.close(),
    async readTime() {
      const [row] = await link.run(statement, []);
      return Number(row?.[0]);
    },
  };
}

/** Its time comes with what it stores, which a store measures with each connection. */
function natsLink(url: string, events: LinkEvents): TimedLink {
  const store = natsStoreAt(url, "thrum")(events);
  return {
    open: () => store.link.open(),
    async close() {
      store.stop();
      await store.link.close();
    },
    readTime: () => Promise.resolve(store.nowMs),
  };
}
