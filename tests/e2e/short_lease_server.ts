/** The server on a Redis with presence leases of seconds, for tests that outlast one. */

import { systemClock } from "../../lib/base/clock.ts";
import { createLog } from "../../lib/base/log.ts";
import type { BrokerFactory } from "../../lib/broker/factory.ts";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { RedisPresence } from "../../lib/broker/redis/presence.ts";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { loadConfig } from "../../server/config.ts";

/** How long a lease lasts there, unless the environment has another `LEASE_MS`. */
export const LEASE_MS = 8_000;

/** A Redis whose presence is over soon. */
function shortLeases(url: string, leaseMs: number): BrokerFactory {
  return {
    open({ clock, random }) {
      const link = connectRedis(url, { clock, random });
      return {
        broker: new RedisBroker({ link, clock, random }),
        presence: new RedisPresence({ link, ttlMs: leaseMs }),
      };
    },
  };
}

if (import.meta.main) {
  const config = loadConfig();
  const leaseMs = Number(Deno.env.get("LEASE_MS") ?? LEASE_MS);
  const log = createLog({
    level: config.logLevel,
    clock: systemClock,
    write: (_, line) => console.log(line),
  });
  const hub = createHub({
    ...config,
    access: "anonymous",
    broker: shortLeases(config.brokerUrl ?? "", leaseMs),
    log,
  });
  const app = thrum(hub, config);
  Deno.serve(
    {
      port: config.port,
      hostname: config.host,
      onListen: ({ hostname, port }) =>
        log.info("listening", { hostname, port }),
    },
    (request, info) => app.fetch(request, info),
  );
}
