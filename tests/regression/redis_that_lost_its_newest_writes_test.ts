/** Redis came back without its newest writes and gave their offsets a second time: a client that had them recovered, with a hole. */

import { assert, assertEquals } from "@std/assert";
import type { StreamPosition } from "../../lib/base/publication.ts";
import { offsetsOf } from "../conformance/broker_scene.ts";
import { isAway, isReady, RedisCluster } from "../e2e/redis_cluster.ts";
import type { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";

import {
  assertHole,
  GONE,
  LOST,
  NEW,
  OLD,
  recover,
  restart,
} from "./redis_hole.ts";

const ignore = requireTool("redis-server").missing;
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
  name:
    "A client recovers from the eight epochs before, and Redis keeps no more",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const member = await cluster.join();
    const positions: StreamPosition[] = [];
    for (let life = 1; life <= 20; life++) {
      await member.publishKept("room", `life ${life}`);
      positions.push(await member.broker.position("room"));
      const position = "thrum:{room}:position";
      await cluster.server.command("HSET", position, "life", `life${life}`);
    }
    for (const [index, since] of positions.entries()) {
      const rest = positions.slice(index + 1).map(({ offset }) =>
        `life ${offset}`
      );
      const expected = index < positions.length - 8 ? GONE : rest;
      assertEquals(await recover(member, since), expected);
    }
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
