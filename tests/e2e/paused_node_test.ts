/** Servers that stand still for longer than a presence lease, as a machine that is moved or swaps does. */

import { assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import type { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import type { TestServer } from "../support/server.ts";
import { RedisNodes } from "./redis_nodes.ts";
import { LEASE_MS } from "./short_lease_server.ts";
import { connect } from "./text_server.ts";

const ignore = requireTool("redis-server").missing;
const PAUSE_MS = LEASE_MS + 500;
/** A third of a lease: so often it is renewed. */
const RENEWED_WITHIN_MS = LEASE_MS / 3;
/** What the heartbeat calls silence, shorter than the pause. */
const env = {
  HEARTBEAT_TIMEOUT: "3s",
  PING_INTERVAL: "2s",
  PONG_TIMEOUT: "1500ms",
};
const main = "tests/e2e/short_lease_server.ts";

/** Stops processes until it is disposed of. */
class Pause implements Disposable {
  readonly #servers: readonly TestServer[];

  constructor(...servers: readonly TestServer[]) {
    this.#servers = servers;
    for (const server of servers) server.signal("SIGSTOP");
  }

  [Symbol.dispose](): void {
    for (const server of this.#servers) server.signal("SIGCONT");
  }
}

/** Cuts the connection that the server has which was started last. */
async function cutNewest(redis: RedisServer): Promise<void> {
  const list = await redis.command("CLIENT", "LIST");
  const ids = [...list.matchAll(/\bid=(\d+) .* sub=[1-9]/g)]
    .map(([, id]) => Number(id));
  await redis.command("CLIENT", "KILL", "ID", String(Math.max(...ids)));
}

/** How many clients are present, as a node of theirs knows it. */
async function countPresent(follower: Follower): Promise<number> {
  const { reply } = await follower.ask({ presence_stats: { channel: "room" } });
  const stats = Object(reply.presence_stats);
  return Number(stats.num_clients ?? 0);
}

async function publishAll(
  follower: Follower,
  prefix: string,
): Promise<readonly string[]> {
  const all = Array.from({ length: 40 }, (_, index) => `${prefix} ${index}`);
  for (const data of all) await follower.publish(data);
  return all;
}

Deno.test({
  name:
    "Nodes that stand still for longer than a lease lose no client and no publication; their clients are gone from presence meanwhile, and back after",
  ignore,
  async fn() {
    await using cluster = await RedisNodes.start(3, { env, main });
    const [going, paused, severed] = cluster.nodes;
    await using watcher = await Follower.open(going!.wsUrl, "room");
    await using patient = await Follower.open(paused!.wsUrl, "room");
    await using unlucky = await Follower.open(severed!.wsUrl, "room");
    await using text = await connect(paused!);
    text.send("+#room");
    assertEquals(await text.next(), "+#room");
    assertEquals(await countPresent(watcher), 4);
    await watcher.publish("before");
    for (const each of [patient, unlucky]) await each.sees("before");

    const expected = ["before"];
    {
      using _ = new Pause(paused!, severed!);
      const from = performance.now();
      // Redis keeps for the one what it misses, and has forgotten the other.
      await cutNewest(cluster.redis);
      expected.push(...await publishAll(watcher, "early"));
      await eventually(async () => await countPresent(watcher) === 1, {
        awaited: "those who stand still to be gone from presence",
        timeoutMs: PAUSE_MS * 2,
      });
      await eventually(() => performance.now() - from > PAUSE_MS, {
        awaited: "the end of the pause",
        timeoutMs: PAUSE_MS * 2,
      });
      expected.push(...await publishAll(watcher, "late"));
    }

    const all = [watcher, patient, unlucky];
    await eventually(async () => await countPresent(watcher) === 4, {
      awaited: "them to be back",
      timeoutMs: RENEWED_WITHIN_MS,
    });
    await Promise.all([patient.sees("late 39"), unlucky.sees("late 39")]);
    for (const [index, follower] of all.entries()) {
      const { reply } = await follower.publish(`after ${index}`);
      assertEquals(reply.error, undefined);
      expected.push(`after ${index}`);
    }
    for (const follower of all) {
      await follower.sees("after 2");
      assertEquals(follower.seen, expected);
      assertEquals(follower.faults, []);
    }
    assertEquals([watcher.told, patient.told], [[], []]);
    const told = unlucky.told.map(({ code, recovered }) => [code, recovered]);
    assertEquals(told, [[2500, true]]);
    text.send("ping");
    await eventually(() => text.pending.includes("pong"), {
      awaited: "a pong",
    });
    assertEquals(text.pending, [
      ...expected.map((data) => `#room:${data}`),
      "pong",
    ]);
  },
});
