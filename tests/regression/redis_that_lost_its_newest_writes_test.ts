/** Redis came back without its newest writes and gave their offsets a second time: a client that had them recovered, with a hole. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { StreamPosition } from "../../lib/base/publication.ts";
import {
  type Member,
  offsetsOf,
  payloadsOf,
} from "../conformance/broker_scene.ts";
import { isAway, isReady, RedisCluster } from "../e2e/redis_cluster.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";

const ignore = requireTool("redis-server").missing;
const OLD = Array.from({ length: 8 }, (_, index) => `old ${index + 1}`);
const LOST = ["lost 9", "lost 10"];
const NEW = ["new 9", "new 10", "new 11"];

/** Stands for a position that is gone. */
const GONE = "gone";

/** Payloads that a client at `since` recovers, or that it does not. */
async function recover(
  { broker }: Member,
  since: StreamPosition,
): Promise<readonly unknown[] | typeof GONE> {
  const query = { since, mode: "stream" as const };
  const { recovered, publications } = await broker.recover("room", query);
  return recovered ? payloadsOf(publications) : GONE;
}

/** Asserts what is left to clients of each offset up to 10, once Redis has lost 9 and 10 and `NEW` is published. */
async function assertHole(member: Member, epoch: string): Promise<void> {
  for (let offset = 0; offset <= 12; offset++) {
    const expected = offset <= OLD.length
      ? [...OLD.slice(offset), ...NEW]
      : GONE;
    assertEquals(await recover(member, { offset, epoch }), expected);
    const since = { offset, epoch };
    const history = await member.broker.history("room", { since, limit: -1 });
    assertEquals(
      history.type === "history" ? payloadsOf(history.publications) : GONE,
      expected,
    );
  }
  const top = await member.broker.position("room");
  assertNotEquals(top.epoch, epoch);
  assertEquals(top.offset, 11);
  // One offset and epoch name one publication.
  assertEquals(await recover(member, { ...top, offset: 9 }), NEW.slice(1));
  assertEquals(await recover(member, top), []);
}

/** Kills Redis, changes what is left of it, and starts it again. */
async function restart(
  { server }: RedisCluster,
  members: readonly Member[],
  lose: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await server.kill();
  await Promise.all(members.map(isAway));
  await lose();
  await server.start();
  await Promise.all(members.map((member) => isReady(member)));
}

for (const nodes of [1, 2]) {
  Deno.test({
    name:
      `A client beyond the RDB file of a killed Redis does not recover, and one within it does, on ${nodes} node(s)`,
    ignore,
    async fn() {
      await using cluster = await RedisCluster.start();
      const members = [];
      for (let count = 0; count < nodes; count++) {
        members.push(await cluster.join());
      }
      const [first] = members;
      const last = members.at(-1)!;
      await first!.publishKept("room", ...OLD);
      await cluster.server.save();
      await first!.publishKept("room", ...LOST);
      const { epoch } = await first!.broker.position("room");
      await restart(cluster, members);
      await last.publishKept("room", ...NEW);
      for (const member of members) await assertHole(member, epoch);
    },
  });
}

Deno.test({
  name:
    "A client beyond the RDB file of a killed Redis does not recover, also when it is the first to return",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const member = await cluster.join();
    await member.publishKept("room", ...OLD);
    await cluster.server.save();
    await member.publishKept("room", ...LOST);
    const seen = await member.broker.position("room");
    await restart(cluster, [member]);
    assertEquals(await recover(member, seen), GONE);
    const kept = { ...seen, offset: OLD.length };
    assertEquals(await recover(member, kept), []);
    await member.publishKept("room", ...NEW);
    await assertHole(member, seen.epoch);
  },
});

Deno.test({
  name:
    "A client beyond the log (AOF, everysec) of a killed Redis does not recover",
  ignore,
  async fn() {
    const settings = ["--appendfsync", "everysec"];
    await using cluster = await RedisCluster.start({ durable: true, settings });
    const member = await cluster.join();
    await member.publishKept("room", ...OLD);
    const lose = await cluster.server.logMark();
    await member.publishKept("room", ...LOST);
    const { epoch } = await member.broker.position("room");
    await restart(cluster, [member], lose);
    await member.publishKept("room", ...NEW);
    await assertHole(member, epoch);
  },
});

/** A replica of a server that has everything up to now, and gets nothing more. */
async function startBehind(primary: RedisServer): Promise<RedisServer> {
  const settings = ["--replicaof", "127.0.0.1", `${primary.port}`];
  const replica = await RedisServer.start({ settings });
  await eventually(async () => {
    const info = await replica.command("INFO", "replication");
    return info.includes("master_link_status:up");
  }, { awaited: "the replica to have everything", timeoutMs: 20_000 });
  return replica;
}

Deno.test({
  name: "A client beyond a replica that was promoted behind does not recover",
  ignore,
  async fn() {
    const settings = ["--repl-diskless-sync-delay", "0"];
    await using cluster = await RedisCluster.start({ settings });
    const before = await cluster.join();
    await before.publishKept("room", ...OLD);
    await using replica = await startBehind(cluster.server);
    await before.publishKept("room", "x");
    // As in a partition: the replica is promoted, and the primary takes writes still.
    const { offset } = await before.broker.position("room");
    await eventually(async () => {
      const top = await replica.command(
        "HGET",
        "thrum:{room}:position",
        "offset",
      );
      return top.includes(`\r\n${offset}\r\n`);
    }, { awaited: "the replica to have the newest" });
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
    await cluster.server.command(
      "REPLICAOF",
      "127.0.0.1",
      `${replica.port}`,
    );
    await isAway(before);
    await eventually(async () => {
      const info = await cluster.server.command("INFO", "replication");
      return info.includes("master_link_status:up");
    }, { awaited: "the old primary to follow", timeoutMs: 20_000 });
    await cluster.server.command("REPLICAOF", "NO", "ONE");
    await isReady(before);
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
    const settings = ["--repl-diskless-sync-delay", "0"];
    await using cluster = await RedisCluster.start({ settings });
    const member = await cluster.join();
    await member.publishKept("room", ...OLD);
    await using replica = await startBehind(cluster.server);
    await replica.command("REPLICAOF", "NO", "ONE");
    await member.publishKept("room", ...LOST);
    const { epoch } = await member.broker.position("room");
    await cluster.server.command(
      "REPLICAOF",
      "127.0.0.1",
      `${replica.port}`,
    );
    await isAway(member);
    await eventually(async () => {
      const info = await cluster.server.command("INFO", "replication");
      return info.includes("master_link_status:up");
    }, { awaited: "the primary to follow", timeoutMs: 20_000 });
    await cluster.server.command("REPLICAOF", "NO", "ONE");
    await isReady(member);
    await member.publishKept("room", ...NEW);
    await assertHole(member, epoch);
  },
});

Deno.test({
  name:
    "A client recovers over many restarts of a Redis that keeps its data, whether its channel was used between them or not",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ durable: true });
    const member = await cluster.join();
    await member.publishKept("room", ...OLD);
    const positions = [await member.broker.position("room")];
    const published: string[] = [...OLD];
    for (let life = 2; life <= 8; life++) {
      await restart(cluster, [member]);
      if (life % 2 === 0) continue;
      published.push(`life ${life}`);
      await member.publishKept("room", `life ${life}`);
      positions.push(await member.broker.position("room"));
    }
    for (const since of positions) {
      const rest = published.slice(since.offset);
      assertEquals(await recover(member, since), rest);
    }
    const epochs = new Set(positions.map(({ epoch }) => epoch));
    assertEquals(epochs.size, positions.length);
  },
});

Deno.test({
  name: "A client of a life of which Redis has kept nothing does not recover",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const member = await cluster.join();
    await member.publishKept("room", ...OLD);
    await cluster.server.save();
    const first = await member.broker.position("room");
    const lives = [];
    for (let life = 2; life <= 4; life++) {
      await restart(cluster, [member]);
      await member.publishKept("room", ...LOST);
      lives.push(await member.broker.position("room"));
    }
    await restart(cluster, [member]);
    await member.publishKept("room", ...NEW);
    for (const since of lives) {
      assertEquals(await recover(member, since), GONE);
      assertEquals(await recover(member, { ...since, offset: 8 }), GONE);
    }
    await assertHole(member, first.epoch);
  },
});

Deno.test({
  name:
    "A client of a Redis that was emptied, or has evicted the channel's position, does not recover",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const member = await cluster.join();
    for (
      const command of [
        ["FLUSHALL"],
        ["DEL", "thrum:{room}:position"],
        ["DEL", "thrum:{room}:position", "thrum:{room}:stream"],
      ]
    ) {
      await member.publishKept("room", ...OLD, ...LOST);
      const { epoch } = await member.broker.position("room");
      await cluster.server.command(...command);
      await member.publishKept("room", ...OLD, ...NEW);
      for (let offset = 0; offset <= 12; offset++) {
        assertEquals(await recover(member, { offset, epoch }), GONE);
      }
      assertEquals((await member.broker.position("room")).offset, 11);
    }
  },
});

Deno.test({
  name:
    "Redis that evicts keys for want of memory loses histories, and no client recovers over a hole",
  ignore,
  async fn() {
    const policy = ["--maxmemory-policy", "allkeys-random"];
    await using cluster = await RedisCluster.start({ settings: policy });
    const member = await cluster.join();
    const { broker } = member;
    const history = { size: 100, ttlMs: 3_600_000 };
    const channels = Array.from({ length: 200 }, (_, index) => `c${index}`);
    const seen = new Map<string, StreamPosition>();
    for (const channel of channels) {
      for (const payload of ["1", "2"]) {
        seen.set(channel, await broker.publish({ channel, payload, history }));
      }
    }
    const used = await cluster.server.command("INFO", "memory");
    const [, bytes] = /used_memory:(\d+)/.exec(used) ?? [];
    await cluster.server.command("CONFIG", "SET", "maxmemory", `${bytes}`);
    const payload = "x".repeat(1_000);
    for (const channel of channels) {
      await broker.publish({ channel, payload, history });
    }
    const stats = await cluster.server.command("INFO", "stats");
    assert(Number(/evicted_keys:(\d+)/.exec(stats)?.[1]) > 0, stats);
    let gone = 0;
    for (const [channel, since] of seen) {
      const query = { since, mode: "stream" as const };
      const { recovered, publications, position } = await broker.recover(
        channel,
        query,
      );
      if (!recovered) gone++;
      else {
        assertEquals([offsetsOf(publications), position.offset], [[3], 3]);
        assertEquals(publications[0]?.payload, payload);
      }
    }
    assert(gone > 0);
  },
});

/** Adds a user that may not use INFO, as a managed Redis may have it. */
const USER = ["--user", "thrum", "on", ">secret", "~*", "&*", "+@all", "-info"];

function urlOf({ port }: RedisServer): string {
  return `redis://thrum:secret@127.0.0.1:${port}`;
}

Deno.test({
  name:
    "A client beyond what Redis has kept does not recover either where its user has no INFO, and nodes agree on the epoch",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ settings: USER });
    const url = urlOf(cluster.server);
    const members = [
      await cluster.join(undefined, url),
      await cluster.join(undefined, url),
    ];
    await members[0]!.publishKept("room", ...OLD);
    const { epoch } = await members[1]!.broker.position("room");
    assertEquals((await members[0]!.broker.position("room")).epoch, epoch);
    // A lost connection is no new life.
    await cluster.server.command("CLIENT", "KILL", "TYPE", "pubsub");
    await Promise.all(members.map(isAway));
    await Promise.all(members.map((member) => isReady(member)));
    assertEquals((await members[0]!.broker.position("room")).epoch, epoch);
    await cluster.server.save();
    await members[1]!.publishKept("room", ...LOST);
    await restart(cluster, members);
    await members[0]!.publishKept("room", ...NEW);
    for (const member of members) await assertHole(member, epoch);
  },
});

Deno.test({
  name:
    "Nodes that learn of a new life one after the other give a channel one epoch",
  ignore,
  async fn() {
    const settings = ["--repl-diskless-sync-delay", "0"];
    await using cluster = await RedisCluster.start({ settings });
    // Its clock stands still, so that it does not ask the server again.
    const early = await cluster.join(new FakeClock());
    await early.publishKept("room", "a");
    // The first replica gives the primary another replication id, and loses nothing.
    await using _replica = await startBehind(cluster.server);
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
