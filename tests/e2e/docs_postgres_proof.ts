/** How it is seen that what the documentation says of SQL is so. */

import { assertEquals } from "@std/assert";
import { payloadsOf } from "../conformance/broker_scene.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { PostgresCluster } from "./postgres_cluster.ts";

/** What the transaction commits is delivered; rolled back, it is not. */
export async function assertPublishesInSql(text: string): Promise<void> {
  await using server = await PostgresServer.start();
  await using cluster = await PostgresCluster.on(server);
  const member = await cluster.join();
  await member.broker.subscribe("orders:7");
  await server.query(text.replace("commit", "rollback"));
  assertEquals(await member.settled("orders:7"), []);
  await server.query(text);
  const seen = payloadsOf(await member.settled("orders:7"));
  assertEquals(seen, [{ json: '{"state": "paid"}' }]);
}
