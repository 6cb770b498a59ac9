/** A gap in every channel at once: what it costs Redis to find out who has missed something. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock as clock } from "../../lib/base/clock.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import { memoryHub } from "../support/memory_hub.ts";
import type { Hub } from "../../lib/hub/hub.ts";
import { centrifugeProtocol } from "../../lib/protocol/centrifuge.ts";
import { eventually } from "../support/eventually.ts";
import { FakeTransport } from "../support/fake_transport.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";

const CHANNELS = 200;
/** Scripts for each channel: the publication, the comparison of its position, and one to spare. */
const SCRIPTS_EACH = 3;

const names = Array.from({ length: CHANNELS }, (_, index) => `room${index}`);

/** Publishes once to every channel; resolves when Redis has taken all of it. */
async function publishAll(hub: Hub, text: string): Promise<void> {
  await Promise.all(names.map(async (name) => await hub.publish(name, text)));
}

/** How many scripts Redis has run since its statistics began. */
async function scriptsOf(server: RedisServer): Promise<number> {
  const stats = await server.command("INFO", "commandstats");
  const counts = stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g);
  return counts.reduce((sum, [, calls]) => sum + Number(calls), 0);
}

Deno.test({
  name:
    "Redis that is emptied under many channels is asked about each of them, not about all for each",
  ignore: requireTool("redis-server").missing,
  async fn() {
    await using server = await RedisServer.start();
    const link = await connectRedis(server.url, { clock, random });
    const broker = new RedisBroker({ link, clock, random });
    const { hub } = memoryHub({ broker, maxChannels: CHANNELS });
    await eventually(() => broker.ready, { awaited: "the broker" });
    const transport = new FakeTransport();
    const identity = { uid: undefined, expiresAt: Infinity };
    const client = hub.connect(transport, centrifugeProtocol, identity);
    await Promise.all(names.map(async (name) => {
      const options = { positioned: true };
      const subscription = hub.subscriptions.reserve(client, name, options);
      await hub.subscriptions.subscribe(subscription);
      hub.channels.get(name)?.begin(subscription);
    }));
    await publishAll(hub, "before");
    await server.command("FLUSHALL");
    await server.command("CONFIG", "RESETSTAT");
    await publishAll(hub, "after");
    await eventually(() => client.channels.size === 0, {
      awaited: "every subscription to end",
    });
    assertLess(await scriptsOf(server), CHANNELS * SCRIPTS_EACH + 1);
    assert(broker.ready);
    assertEquals(client.closed, false);
    await hub.close();
  },
});
