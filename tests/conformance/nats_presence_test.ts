import { NatsPresence } from "../../lib/broker/nats/presence.ts";
import type { Presence } from "../../lib/presence/types.ts";
import { eventually } from "../support/eventually.ts";
import { natsStore } from "../support/nats_nodes.ts";
import { NatsServer } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";
import { type PresenceScene, testPresence } from "./presence.ts";

/** Short enough to wait for, long enough for a slow machine. */
const TTL_MS = 1_500;

const nats = requireTool("nats-server");

/** Two nodes in turn: what one says, the other knows. */
async function createScene(): Promise<PresenceScene> {
  const server = await NatsServer.start();
  const stores = [1, 2].map(() => natsStore(server.url, { leaseMs: TTL_MS }));
  for (const { link } of stores) {
    link.open();
    await eventually(() => link.ready, { awaited: "the link to NATS" });
  }
  const [writer, reader] = stores.map((store) =>
    new NatsPresence({ store, ttlMs: TTL_MS })
  );
  if (writer === undefined || reader === undefined) throw new Error("no nodes");
  const presence: Presence = {
    ttlMs: TTL_MS,
    add: (channel, info) => writer.add(channel, info),
    remove: (channel, client) => writer.remove(channel, client),
    get: (channel) => reader.get(channel),
    stats: (channel) => reader.stats(channel),
    async close() {
      await writer.close();
      await reader.close();
      for (const store of stores) {
        store.stop();
        await store.link.close();
      }
      await server[Symbol.asyncDispose]();
    },
  };
  return {
    presence,
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

if (!nats.missing) testPresence("NATS presence", createScene);
