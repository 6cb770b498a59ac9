/** A replica that was behind took over and gave lost offsets a second time: a client that had them recovered, with a hole. */

import { assert, assertEquals } from "@std/assert";
import type { Member } from "../conformance/broker_scene.ts";
import { isAway, isReady, RedisCluster } from "../e2e/redis_cluster.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { assertHole, GONE, LOST, NEW, OLD, recover } from "./redis_hole.ts";

const ignore = requireTool("redis-server").missing;
/** By default a replica waits five seconds for others. */
const settings = ["--repl-diskless-sync-delay", "0"];

/** Time within which a node notices that its server has taken over the state of another. */
const NOTICED_MS = 100;

/** Resolves once a server has the state of the one that it follows. */
async function follows(replica: RedisServer): Promise<void> {
  await eventually(async () => {
    const info = await replica.command("INFO", "replication");
    return info.includes("master_link_status:up");
  }, { awaited: "the replica to have everything", timeoutMs: 20_000 });
}

/** Starts a replica of a server, and resolves once it has its state. */
async function startReplica(primary: RedisServer): Promise<RedisServer> {
  const replica = await RedisServer.start({
    settings: ["--replicaof", "127.0.0.1", `${primary.port}`, ...settings],
  });
  await follows(replica);
  return replica;
}

/** Resolves once a replica has a publication of the room. */
async function hasOffset(replica: RedisServer, offset: number): Promise<void> {
  await eventually(async () => {
    const key = "thrum:{room}:position";
    const top = await replica.command("HGET", key, "offset");
    return top.includes(`\r\n${offset}\r\n`);
  }, { awaited: "the replica to have the newest" });
}

/** Makes the primary of a cluster take over the state of another server, and a primary again. */
async function demote(
  { server }: RedisCluster,
  primary: RedisServer,
  member: Member,
): Promise<void> {
  await server.command("REPLICAOF", "127.0.0.1", `${primary.port}`);
  await isAway(member);
  await follows(server);
  await server.command("REPLICAOF", "NO", "ONE");
  await isReady(member);
}

Deno.test({
  name: "A client beyond a replica that was promoted behind does not recover",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ settings });
    await using replica = await startReplica(cluster.server);
    const before = await cluster.join();
    await before.publishKept("room", ...OLD, "x");
    // As in a partition: the replica is promoted, and the primary takes writes still.
    const { offset } = await before.broker.position("room");
    await hasOffset(replica, offset);
    await replica.command("REPLICAOF", "NO", "ONE");
    await before.publishKept("room", "lost 10", "lost 11");
    const seen = await before.broker.position("room");
    const after = await cluster.join(undefined, replica.url);
    await after.publishKept("room", "new 10");
    // Both go on for a while, and no position of one is a position of the other.
    await before.publishKept("room", "lost 12");
    await after.publishKept("room", "new 11", "new 12");
    for (const offset of [10, 11, 12]) {
      assertEquals(await recover(after, { ...seen, offset }), GONE);
    }
    const kept = { ...seen, offset: 9 };
    const fresh = ["new 10", "new 11", "new 12"];
    assertEquals(await recover(after, kept), fresh);
    const top = await after.broker.position("room");
    assertEquals(await recover(before, top), GONE);
    // The primary becomes a replica of it, and a primary again: the same process.
    await demote(cluster, replica, before);
    for (const offset of [10, 11, 12]) {
      assertEquals(await recover(before, { ...seen, offset }), GONE);
      const rest = fresh.slice(offset - 9);
      assertEquals(await recover(before, { ...top, offset }), rest);
    }
  },
});

Deno.test({
  name:
    "A primary that took over the state of a replica behind it, and is a primary again, has another epoch",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ settings });
    const member = await cluster.join();
    await member.publishKept("room", ...OLD);
    await using replica = await startReplica(cluster.server);
    await replica.command("REPLICAOF", "NO", "ONE");
    await member.publishKept("room", ...LOST);
    const { epoch } = await member.broker.position("room");
    await demote(cluster, replica, member);
    await member.publishKept("room", ...NEW);
    await assertHole(member, epoch);
  },
});

Deno.test({
  name:
    "A primary that was a replica of one behind it between two checks has another epoch",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ settings });
    await using replica = await startReplica(cluster.server);
    const member = await cluster.join();
    await member.publishKept("room", ...OLD);
    await hasOffset(replica, OLD.length);
    await replica.command("REPLICAOF", "NO", "ONE");
    await member.publishKept("room", ...LOST);
    const { epoch } = await member.broker.position("room");
    const { server } = cluster;
    await server.command("REPLICAOF", "127.0.0.1", `${replica.port}`);
    await follows(server);
    await server.command("REPLICAOF", "NO", "ONE");
    // Far less than the time between two checks, and enough for Redis to report the change.
    await new Promise((resolve) => setTimeout(resolve, NOTICED_MS));
    await isReady(member);
    await member.publishKept("room", ...NEW);
    await assertHole(member, epoch);
  },
});

Deno.test({
  name:
    "Nodes that learn of a new life one after the other give a channel one epoch",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ settings });
    // Its clock stands still, so that it does not ask the server again.
    const early = await cluster.join(new FakeClock());
    await early.publishKept("room", "a");
    // The first replica gives the primary another replication id, and loses nothing.
    await using _replica = await startReplica(cluster.server);
    const late = await cluster.join();
    const { epoch } = await early.broker.position("room");
    const epochs = new Set<string>();
    for (let round = 0; round < 20; round++) {
      for (const member of [late, early]) {
        await member.publishKept("room", "b");
        epochs.add((await member.broker.position("room")).epoch);
      }
    }
    assertEquals(epochs.size, 1);
    assert(!epochs.has(epoch));
    assert(early.broker.ready);
  },
});
