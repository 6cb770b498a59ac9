/** The demos of a server shared the streams of another hub, whose URL of the same NATS ended in `/demos`. */

import { assertEquals } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { brokerAt } from "../../lib/embedding/brokers.ts";
import type { BrokerFactory } from "../../lib/broker/factory.ts";
import { eventually } from "../support/eventually.ts";
import { NatsServer } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";

/** A hub that has connected. */
async function hubWith(broker: BrokerFactory) {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const hub = createHub({ access: "anonymous", broker, log });
  await eventually(() => hub.ready, { awaited: "the NATS" });
  return hub;
}

Deno.test({
  name: "The demos share nothing with a hub of any name in the URL of a NATS",
  ignore: requireTool("nats-server").missing,
  async fn() {
    await using server = await NatsServer.start();
    await using demos = await hubWith(brokerAt(server.url, "thrum-demos"));
    await demos.publish("news", "of the demos");
    for (const name of ["", "/demos", "/thrum-demos", "/-demos"]) {
      await using hub = await hubWith(brokerAt(server.url + name));
      const { publications } = await hub.history("news");
      assertEquals(publications, [], name);
    }
  },
});
