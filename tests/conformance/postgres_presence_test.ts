import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { PostgresPresence } from "../../lib/broker/postgres/presence.ts";
import type { Presence } from "../../lib/presence/types.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";
import { type PresenceScene, testPresence } from "./presence.ts";

/** Short enough to wait for, long enough for a slow machine. */
const TTL_MS = 1_500;

/** Two nodes in turn: what one says, the other knows. */
async function createScene(server: PostgresServer): Promise<PresenceScene> {
  await server.clear();
  const deps = { clock: systemClock, random: systemRandom };
  const links = [1, 2].map(() => connectPostgres(server.url, deps));
  for (const link of links) {
    link.open();
    await eventually(() => link.ready, { awaited: "the link to PostgreSQL" });
  }
  const [writer, reader] = links.map((link) =>
    new PostgresPresence({ link, clock: systemClock, ttlMs: TTL_MS })
  );
  if (writer === undefined || reader === undefined) throw new Error("no nodes");
  const presence: Presence = {
    ttlMs: TTL_MS,
    add: (channel, info) => writer.add(channel, info),
    remove: (channel, client) => writer.remove(channel, client),
    get: (channel) => reader.get(channel),
    stats: (channel) => reader.stats(channel),
    async close() {
      for (const link of links) await link.close();
    },
  };
  return {
    presence,
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

if (!requirePostgres().missing) {
  const server = await PostgresServer.start();
  testPresence("PostgreSQL presence", () => createScene(server));
  Deno.test.afterAll(() => server[Symbol.asyncDispose]());
}
