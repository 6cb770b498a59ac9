/** Servers of a Redis Cluster that are killed, hang or come back: the channels of the others go on. */

import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import type { Publication } from "../../lib/base/publication.ts";
import { payloadsOf } from "../conformance/broker_scene.ts";
import { compares } from "../conformance/fault_scene.ts";
import { eventually } from "../support/eventually.ts";
import { RedisClusterServers } from "../support/redis_cluster_servers.ts";
import type { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import {
  ClusterNodes,
  hasAll,
  keep,
  Load,
  receiveAll,
} from "./redis_cluster_nodes.ts";

const ignore = requireTool("redis-server").missing;

/** The others serve their slots while one is away. */
const PARTLY = ["--cluster-require-full-coverage", "no"];

Deno.test({
  name:
    "A primary that is killed under load is replaced by its replica: other channels lose nothing, its own are refused in time, go on with another epoch, and are compared",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({
      replicated: true,
      settings: PARTLY,
    });
    await using nodes = await ClusterNodes.start(servers, 3);
    const [lost, other] = servers.primaries.map((each) =>
      nodes.channelOf(each)
    );
    for (const channel of [lost!, other!]) await nodes.subscribe(channel);
    using onLost = new Load(nodes.members, lost!);
    using onOther = new Load(nodes.members, other!);
    await Promise.all([onLost.reaches(100), onOther.reaches(100)]);
    const before = await nodes.members[0]!.broker.position(lost!);
    await servers.primaries[0]!.kill();
    await onLost.fails();
    assert(nodes.members.every(({ broker }) => broker.ready));
    const acknowledged = onLost.acknowledged.length;
    await onLost.reaches(acknowledged + 100);
    await Promise.all([onLost.stop(), onOther.stop()]);
    assertEquals(onOther.failures, []);
    assertLess(onLost.slowestMs, 5_000);
    const after = await nodes.members[0]!.broker.position(lost!);
    assert(after.epoch !== before.epoch);
    await nodes.publishes(keep(lost!, "last"));
    const later = onLost.acknowledged.slice(acknowledged);
    for (const member of nodes.members) {
      await receiveAll(member, other!, onOther.acknowledged);
      await receiveAll(member, lost!, ["last"]);
      await hasAll(member, lost!, later);
      isOrdered(member.of(other!));
      isOrdered(member.of(lost!));
      assert(member.checks > 0);
    }
    const orders = nodes.members.map((member) => payloadsOf(member.of(other!)));
    for (const order of orders) assertEquals(order, orders[0]);
  },
});

/** Each publication came once, and in the order of its epoch. */
function isOrdered(publications: readonly Publication[]): void {
  const tops = new Map<string, number>();
  for (const { epoch, offset } of publications) {
    assert(offset > (tops.get(epoch) ?? 0), `${offset} of ${epoch}`);
    tops.set(epoch, offset);
  }
  const payloads = payloadsOf(publications);
  assertEquals(new Set(payloads).size, payloads.length);
}

Deno.test({
  name:
    "While a primary without a replica is down its channels are refused at once, those of the others are served, and once it is back all is",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({ settings: PARTLY });
    await using nodes = await ClusterNodes.start(servers, 2);
    const [lost, other] = servers.primaries.map((each) =>
      nodes.channelOf(each)
    );
    for (const channel of [lost!, other!]) await nodes.subscribe(channel);
    const [first, second] = nodes.members;
    const { broker } = first!;
    await servers.primaries[0]!.kill();
    await assertRejects(async () => await broker.publish(keep(lost!, "gone")));
    const begin = performance.now();
    for (let count = 0; count < 20; count++) {
      await assertRejects(async () => await broker.publish(keep(lost!, "no")));
      await broker.publish(keep(other!, `${count}`));
    }
    assertLess(performance.now() - begin, 2_000);
    await assertRejects(() => broker.position(lost!));
    assert(broker.ready && second!.broker.ready);
    assertEquals((await second!.receives(20, other!)).length, 20);
    await servers.primaries[0]!.start();
    await Promise.all(nodes.members.map((member) => compares(member)));
    await nodes.publishes(keep(lost!, "again"));
    for (const member of nodes.members) {
      await receiveAll(member, lost!, ["again"]);
    }
  },
});

Deno.test({
  name:
    "A primary that hangs is given up in time, and its channels go on at its replica",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({
      replicated: true,
      settings: PARTLY,
    });
    await using nodes = await ClusterNodes.start(servers, 2);
    const [hanging] = servers.primaries;
    const channel = nodes.channelOf(hanging!);
    await nodes.subscribe(channel);
    const { broker } = nodes.members[0]!;
    await broker.publish(keep(channel, "before"));
    hanging!.signal("SIGSTOP");
    const begin = performance.now();
    await assertRejects(async () => await broker.publish(keep(channel, "x")));
    assertLess(performance.now() - begin, 6_000);
    await nodes.publishes(keep(channel, "after"));
    for (const member of nodes.members) {
      await receiveAll(member, channel, ["after"]);
    }
    // What comes back is a replica now, and no longer asked.
    hanging!.signal("SIGCONT");
    await nodes.publishes(keep(channel, "later"));
    for (const member of nodes.members) {
      await receiveAll(member, channel, ["later"]);
    }
  },
});

Deno.test({
  name:
    "A failover that an operator asks for refuses no publication and loses none in silence",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({
      primaries: 1,
      replicated: true,
    });
    await using nodes = await ClusterNodes.start(servers, 3);
    await nodes.subscribe("room");
    using load = new Load(nodes.members, "room");
    await load.reaches(100);
    const before = await nodes.members[0]!.broker.position("room");
    await servers.replicas[0]!.command("CLUSTER", "FAILOVER");
    await eventually(async () => {
      const { epoch } = await nodes.members[0]!.broker.position("room");
      return epoch !== before.epoch;
    }, { awaited: "another epoch", timeoutMs: 20_000 });
    await load.reaches(load.acknowledged.length + 100);
    await load.stop();
    assertEquals(load.failures, []);
    await nodes.publishes(keep("room", "last"));
    for (const member of nodes.members) {
      await receiveAll(member, "room", ["last"]);
      await hasAll(member, "room", load.acknowledged);
      isOrdered(member.of("room"));
    }
  },
});

Deno.test({
  name:
    "A node finds the cluster by any server of its list, a replica too, and one address is enough",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({
      primaries: 1,
      replicated: true,
    });
    const [primary] = servers.primaries;
    const [replica] = servers.replicas;
    for (
      const url of [
        `redis://127.0.0.1:1,127.0.0.1:${primary!.port}`,
        `${replica!.url}?cluster=true`,
      ]
    ) {
      await using nodes = await ClusterNodes.start(servers, 1, url);
      await nodes.subscribe("room");
      await nodes.members[0]!.publishKept("room", "a");
      await receiveAll(nodes.members[0]!, "room", ["a"]);
    }
  },
});

Deno.test({
  name:
    "Where servers announce no address, a node reaches all of them at the host of its URL",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({
      settings: [
        ...["--cluster-preferred-endpoint-type", "unknown-endpoint"],
        ...["--bind", "127.0.0.1", "127.0.0.2"],
      ],
    });
    const [{ port }] = servers.primaries as [RedisServer];
    const url = `redis://127.0.0.2:${port}?cluster=true`;
    await using nodes = await ClusterNodes.start(servers, 2, url);
    for (const primary of servers.primaries) {
      const channel = nodes.channelOf(primary);
      await nodes.subscribe(channel);
      await nodes.members[0]!.publishKept(channel, "a");
      await receiveAll(nodes.members[1]!, channel, ["a"]);
      const clients = await primary.command("CLIENT", "LIST");
      const hosts = [...clients.matchAll(/laddr=([\d.]+)/g)].map(([, host]) =>
        host
      );
      // The one at the other address is that of the question.
      assertEquals(hosts.filter((host) => host !== "127.0.0.2").length, 1);
      assert(hosts.length > nodes.members.length);
    }
  },
});

Deno.test({
  name:
    "A URL that takes a cluster for a single Redis, or the other way round, says so, and does nothing",
  ignore,
  async fn() {
    await using servers = await RedisClusterServers.start({ primaries: 1 });
    await using nodes = await ClusterNodes.start(servers, 0);
    const [primary] = servers.primaries;
    const single = nodes.add(primary!.url);
    await eventually(() => single.errors.length > 0, { awaited: "an error" });
    assertEquals(single.errors, [
      "Redis is a part of a cluster: expected ?cluster=true in its URL",
    ]);
    assertEquals(single.member.broker.ready, false);
  },
});
