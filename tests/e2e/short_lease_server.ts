/** The server on a broker with presence leases of seconds, for tests that outlast one. */

import { systemClock } from "../../lib/base/clock.ts";
import { createLog } from "../../lib/base/log.ts";
import type { BrokerFactory } from "../../lib/broker/factory.ts";
import { NatsBroker } from "../../lib/broker/nats/broker.ts";
import { NatsPresence } from "../../lib/broker/nats/presence.ts";
import { PostgresBroker } from "../../lib/broker/postgres/broker.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { PostgresPresence } from "../../lib/broker/postgres/presence.ts";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { RedisPresence } from "../../lib/broker/redis/presence.ts";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import {
  hubOptionsOf,
  loadConfig,
  routeOptionsOf,
} from "../../server/config.ts";
import { natsStore } from "../support/nats_nodes.ts";

/** How long a lease lasts there, unless the environment has another `LEASE_MS`. */
export const LEASE_MS = 8_000;

/** A broker whose presence is over soon. */
function shortLeases(url: string, leaseMs: number): BrokerFactory {
  const scheme = url.slice(0, url.indexOf(":"));
  return {
    open({ clock, random }) {
      if (scheme === "redis") {
        const link = connectRedis(url, { clock, random });
        return {
          broker: new RedisBroker({ link, clock, random }),
          presence: new RedisPresence({ link, ttlMs: leaseMs }),
        };
      }
      if (scheme === "postgres") {
        const link = connectPostgres(url, { clock, random });
        return {
          broker: new PostgresBroker({ link, clock, random }),
          presence: new PostgresPresence({ link, clock, ttlMs: leaseMs }),
        };
      }
      const store = natsStore(url, { leaseMs });
      return {
        broker: new NatsBroker({ store, clock, random, leaseMs }),
        presence: new NatsPresence({ store, ttlMs: leaseMs }),
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
    ...hubOptionsOf(config),
    access: "anonymous",
    broker: shortLeases(config.brokerUrl ?? "", leaseMs),
    log,
  });
  const app = thrum(hub, routeOptionsOf(config));
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
