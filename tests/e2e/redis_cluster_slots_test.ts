/** Slots of a Redis Cluster that move to another primary while nodes publish. */

import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { Names, slotOf } from "../../lib/broker/redis/names.ts";
import { compares } from "../conformance/fault_scene.ts";
import { offsetsOf, payloadsOf } from "../conformance/broker_scene.ts";
import {
  MovingSlot,
  RedisClusterServers,
} from "../support/redis_cluster_servers.ts";
import { requireTool } from "../support/requirements.ts";
import {
  ClusterNodes,
  hasAll,
  keep,
  Load,
  receiveAll,
} from "./redis_cluster_nodes.ts";

const ignore = requireTool("redis-server").missing;
const names = new Names({ isCluster: true });

Deno.test({
  name:
    "A slot that moves under load loses no publication, refuses none, and keeps the order",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start();
    await using nodes = await ClusterNodes.start(servers, 3);
    const [from, to] = servers.primaries;
    const channel = nodes.channelOf(from!);
    const slot = slotOf(names.partitionOf(channel));
    await nodes.subscribe(channel);
    using plain = new Load(nodes.members, channel);
    await plain.reaches(100);
    const before = await nodes.members[0]!.broker.position(channel);
    const move = new MovingSlot(slot, from!, to!);
    await move.begin();
    await plain.reaches(plain.acknowledged.length + 10);
    while (await move.moveKeys(1));
    // Some is refused meanwhile, and waits.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await move.end();
    await plain.reaches(plain.acknowledged.length + 200);
    await plain.stop();
    assertEquals(plain.failures, []);
    assertLess(plain.slowestMs, 4_000);
    const { publications, position } = await nodes.members[0]!.broker.recover(
      channel,
      { since: { offset: 0, epoch: "" }, mode: "stream", cap: 100_000 },
    );
    assert(position.epoch !== before.epoch);
    const kept = payloadsOf(publications);
    assertEquals(new Set(kept), new Set(plain.acknowledged));
    assertEquals(kept.length, plain.acknowledged.length);
    for (const node of nodes.members.keys()) {
      const own = kept.filter((each) => `${each}`.startsWith(`${node}:`));
      assertEquals(own, own.map((_, count) => `${node}:${count}`));
    }
    assertEquals(
      offsetsOf(publications),
      publications.map((_, index) => index + 1),
    );
    for (const member of nodes.members) {
      await compares(member);
      await hasAll(member, channel, plain.acknowledged);
      const delivered = offsetsOf(member.of(channel));
      assertEquals(delivered, [...delivered].sort((a, b) => a - b));
      assertEquals(new Set(delivered).size, delivered.length);
    }
    await nodes.publishes(keep(channel, "after"));
    for (const member of nodes.members) {
      await receiveAll(member, channel, ["after"]);
    }
  },
});

Deno.test({
  name:
    "Publications with a key, to new channels, reads, presence and subscriptions wait for a slot that moves, and none fails",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start();
    await using nodes = await ClusterNodes.start(servers, 2);
    const [from, to] = servers.primaries;
    const channel = nodes.channelOf(from!);
    const partition = names.partitionOf(channel);
    const [first, second] = nodes.members;
    await nodes.subscribe(channel);
    await first!.publishKept(channel, "a", "b");
    const others = Array.from({ length: 10_000 }, (_, index) => `new${index}`)
      .filter((each) => names.partitionOf(each) === partition);
    assert(others.length > 5);
    const move = new MovingSlot(slotOf(partition), from!, to!);
    await move.begin();
    await move.moveKeys();
    const keyed = { ...keep(channel, "c"), idempotencyKey: "k" };
    const { broker } = first!;
    const waiting = Promise.all([
      broker.publish(keyed),
      ...others.map((each) => broker.publish(keep(each, "new"))),
      broker.history(channel, { limit: -1 }),
      broker.position(others[0]!),
      second!.broker.subscribe(others[1]!),
      broker.publish(keep(channel, "d")),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await move.end();
    const [published] = await waiting;
    assertEquals(published.offset, 3);
    assertEquals((await broker.publish(keyed)).offset, 3);
    assertEquals(await second!.kept(channel), [1, 2, 3, 4]);
    await nodes.publishes(keep(others[1]!, "after"));
    await receiveAll(second!, others[1]!, ["after"]);
  },
});

Deno.test({
  name:
    "A primary that joins takes slots, and later all of them go back: its channels are served all the time",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({ primaries: 1 });
    const [old] = servers.primaries;
    await using nodes = await ClusterNodes.start(servers, 2);
    await using added = await servers.join();
    const { members } = nodes;
    const channels = ["a", "b", "c"];
    for (const channel of channels) await nodes.subscribe(channel);
    const loads = channels.map((channel) => new Load(members, channel));
    for (const load of loads) await load.reaches(20);
    for (const [from, to] of [[old!, added], [added, old!]] as const) {
      for (const channel of channels) {
        const slot = slotOf(names.partitionOf(channel));
        const move = new MovingSlot(slot, from, to);
        await move.begin();
        await move.end();
      }
      for (const load of loads) {
        await load.reaches(load.acknowledged.length + 100);
      }
    }
    for (const load of loads) await load.stop();
    assertEquals(loads.flatMap(({ failures }) => failures), []);
    for (const [index, channel] of channels.entries()) {
      await nodes.publishes(keep(channel, "last"));
      for (const member of members) {
        await receiveAll(member, channel, ["last"]);
        await hasAll(member, channel, loads[index]!.acknowledged);
      }
    }
  },
});

Deno.test({
  name:
    "What waits for a slot for four seconds is refused, and all is served once it has moved",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start();
    await using nodes = await ClusterNodes.start(servers, 1);
    const [from, to] = servers.primaries;
    const channel = nodes.channelOf(from!);
    const { broker } = nodes.members[0]!;
    await nodes.subscribe(channel);
    await broker.publish(keep(channel, "a"));
    const slot = slotOf(names.partitionOf(channel));
    const move = new MovingSlot(slot, from!, to!);
    await move.begin();
    const begin = performance.now();
    const keyed = { ...keep(channel, "b"), idempotencyKey: "k" };
    await assertRejects(
      async () => await broker.publish(keyed),
      Error,
      "TRYAGAIN",
    );
    const ms = performance.now() - begin;
    assert(ms > 3_900 && ms < 6_000, `${ms}`);
    await move.end();
    assertEquals((await broker.publish(keyed)).offset, 2);
    assertEquals(await nodes.members[0]!.kept(channel), [1, 2]);
  },
});
