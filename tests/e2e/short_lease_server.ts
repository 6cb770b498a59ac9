/** The server on a Redis with presence leases of seconds, for tests that outlast one. */

import { createTokenVerifier } from "../../lib/auth/token_verifier.ts";
import { systemClock as clock } from "../../lib/base/clock.ts";
import { createLog } from "../../lib/base/log.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { RedisPresence } from "../../lib/broker/redis/presence.ts";
import { createHub } from "../../lib/create_hub.ts";
import { createApp } from "../../routes/app.ts";
import { loadConfig } from "../../server/config.ts";

/** How long a lease lasts there. */
export const LEASE_MS = 8_000;

if (import.meta.main) {
  const config = loadConfig();
  const log = createLog({
    level: config.logLevel,
    clock,
    write: (_, line) => console.log(line),
  });
  const link = await connectRedis(config.brokerUrl ?? "", { clock, random });
  const tokens = createTokenVerifier({});
  const hub = createHub({
    ...config,
    broker: new RedisBroker({ link, clock, random }),
    presence: new RedisPresence({ link, ttlMs: LEASE_MS }),
    tokens,
    log,
  });
  const app = createApp({ hub, config, log, tokens });
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
