/** A Redis Cluster that changes under servers with clients: who is told what, and what each gets back. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { Names, slotOf } from "../../lib/broker/redis/names.ts";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import {
  MovingSlot,
  RedisClusterServers,
} from "../support/redis_cluster_servers.ts";
import type { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";
import { isReady, statusOf } from "../support/broker_nodes.ts";

const ignore = requireTool("redis-server").missing;
const names = new Names({ isCluster: true });
/** What is refused must not wait for anything. */
const AT_ONCE_MS = 1_000;
/** Pause between two publications. */
const PAUSE_MS = 20;
/** Publications that a subscriber gets back at most. */
const RECOVERABLE = 250;

/** A channel of a primary. */
function channelOf(servers: RedisClusterServers, primary: RedisServer): string {
  const partitions = servers.partitionsOf(primary);
  const rooms = Array.from({ length: 1_000 }, (_, index) => `room${index}`);
  return rooms.find((each) => partitions.includes(names.partitionOf(each)))!;
}

/** Two hubs on a cluster, and a follower of each channel on each hub. */
class Scene implements AsyncDisposable {
  readonly servers: RedisClusterServers;
  readonly hubs: readonly TestServer[];
  readonly #stack: AsyncDisposableStack;

  private constructor(
    servers: RedisClusterServers,
    hubs: readonly TestServer[],
    stack: AsyncDisposableStack,
  ) {
    this.servers = servers;
    this.hubs = hubs;
    this.#stack = stack;
  }

  static async start(replicated = false): Promise<Scene> {
    await using stack = new AsyncDisposableStack();
    const settings = ["--cluster-require-full-coverage", "no"];
    const servers = stack.use(
      await RedisClusterServers.start({ replicated, settings }),
    );
    const env = { INSECURE_ANONYMOUS_ALL: "true", BROKER_URL: servers.url };
    const hubs = [];
    for (let count = 0; count < 2; count++) {
      const hub = stack.use(await TestServer.start({ env }));
      await isReady(hub);
      hubs.push(hub);
    }
    return new Scene(servers, hubs, stack.move());
  }

  /** A follower on each hub. */
  async follow(channel: string): Promise<readonly [Follower, Follower]> {
    const [one, two] = this.hubs.map(({ wsUrl }) => wsUrl);
    return [
      this.#stack.use(await Follower.open(one!, channel)),
      this.#stack.use(await Follower.open(two!, channel)),
    ];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** Publishes one after the other while `act` runs, and a little longer; resolves with what was acknowledged. */
async function publishDuring(
  follower: Follower,
  act: () => Promise<void>,
): Promise<string[]> {
  const acknowledged: string[] = [];
  let isOver = false;
  const acting = act().finally(() => isOver = true);
  for (let after = 0, count = 0; after < 20; count++) {
    if (isOver) after++;
    const { reply } = await follower.publish(`${count}`);
    if (reply.error === undefined) acknowledged.push(`${count}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await acting;
  return acknowledged;
}

Deno.test({
  name:
    "A slot moves under two hubs: each subscriber has every publication once and in order, and none is refused",
  ignore,
  async fn() {
    await using scene = await Scene.start();
    const [from, to] = scene.servers.primaries;
    const channel = channelOf(scene.servers, from!);
    const followers = await scene.follow(channel);
    const slot = slotOf(names.partitionOf(channel));
    const acknowledged = await publishDuring(followers[0], async () => {
      const move = new MovingSlot(slot, from!, to!);
      await move.begin();
      await move.moveKeys();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await move.end();
    });
    assertLess(acknowledged.length, RECOVERABLE);
    assertEquals(acknowledged, acknowledged.map((_, count) => `${count}`));
    for (const follower of followers) {
      await follower.sees(acknowledged.at(-1));
      assertEquals(follower.seen, acknowledged);
      assertEquals(follower.faults, []);
      // The epoch is another one.
      await eventually(() => follower.told[0]?.recovered === true, {
        awaited: "a subscriber to recover",
      });
    }
  },
});

Deno.test({
  name:
    "A primary is killed under two hubs: its channels are refused at once and go on at the replica, where subscribers are told; the others notice nothing",
  ignore,
  async fn() {
    await using scene = await Scene.start(true);
    const { servers, hubs } = scene;
    const [dying, living] = servers.primaries;
    const followers = await scene.follow(channelOf(servers, dying!));
    const bystanders = await scene.follow(channelOf(servers, living!));
    await followers[0].publish("before");
    for (const each of followers) await each.sees("before");
    const sent = await publishDuring(bystanders[0], async () => {
      await dying!.kill();
      const { reply, ms } = await followers[1].publish("refused");
      assertEquals(reply.error, {
        code: 100,
        message: "internal error",
        temporary: true,
      });
      assertLess(ms, AT_ONCE_MS);
      for (const hub of hubs) {
        assertEquals(await statusOf(hub, "/readyz"), 200);
      }
      await eventually(async () => {
        const { reply } = await followers[0].publish("after");
        return reply.error === undefined;
      }, { awaited: "the replica", timeoutMs: 20_000 });
      for (const follower of followers) await follower.sees("after");
    });
    for (const follower of followers) {
      await eventually(() => follower.told[0]?.recovered !== undefined, {
        awaited: "a subscriber to be told",
      });
      assertEquals(follower.faults, []);
      assert(follower.told.every(({ code }) => code === 2500));
    }
    for (const follower of bystanders) {
      await follower.sees(sent.at(-1));
      assertEquals(follower.seen, sent);
      assertEquals(follower.told, []);
      assertEquals(follower.faults, []);
    }
    for (const { logs } of hubs) {
      assertEquals(logs.filter(({ level }) => level === "error"), []);
      const lines = logs.filter(({ event }) => event === "redis_failed");
      // The end of the connection, and why the next one does not come about.
      assert(lines.length > 0 && lines.length < 4);
      for (const { server } of lines) {
        assertEquals(server, `127.0.0.1:${dying!.port}`);
      }
    }
  },
});
