/** Redis becomes a replica of another one, which takes no writes, and a primary again. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { KEEP_ALL } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { isAway, isReady, RedisCluster } from "./redis_cluster.ts";

const ignore = requireTool("redis-server").missing;
const request = { channel: "room", payload: "x", history: KEEP_ALL };
/** Longer than any pause between two attempts. */
const WATCHED_MS = 2_500;

Deno.test({
  name:
    "A node whose Redis takes no writes is not ready until it does, whether somebody publishes or not",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    await using primary = await RedisServer.start();
    const [member] = await cluster.joinRoom(1);
    const { broker } = member!;
    await broker.publish(request);
    await cluster.server.command("REPLICAOF", "127.0.0.1", `${primary.port}`);
    await isAway(member!);
    let wasReady = false;
    const from = performance.now();
    await eventually(async () => {
      wasReady ||= broker.ready;
      await assertRejects(async () => await broker.publish(request), Error);
      return performance.now() - from > WATCHED_MS;
    }, { awaited: "some attempts to connect", timeoutMs: WATCHED_MS * 2 });
    assertEquals(wasReady, false);
    await cluster.server.command("REPLICAOF", "NO", "ONE");
    await isReady(member!);
    assert(member!.checks > 0);
    const { epoch } = await broker.publish(request);
    await eventually(() => member!.delivered.at(-1)?.epoch === epoch, {
      awaited: "the publication",
    });
  },
});

Deno.test({
  name: "A publication that a replica refuses says so, and ends what is ready",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    await using primary = await RedisServer.start();
    const [member] = await cluster.joinRoom(1);
    const { broker } = member!;
    await cluster.server.command("REPLICAOF", "127.0.0.1", `${primary.port}`);
    await assertRejects(
      async () => await broker.publish(request),
      Error,
      "READONLY",
    );
    assertEquals(broker.ready, false);
  },
});
