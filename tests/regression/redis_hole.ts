/** A stream in Redis of whose ten publications the last two are lost, and what is left to clients. */

import { assertEquals, assertNotEquals } from "@std/assert";
import type { StreamPosition } from "../../lib/base/publication.ts";
import { type Member, payloadsOf } from "../conformance/broker_scene.ts";
import { isAway, isReady, type RedisCluster } from "../e2e/redis_cluster.ts";

/** Publications that Redis keeps. */
export const OLD = Array.from({ length: 8 }, (_, index) => `old ${index + 1}`);
/** Publications that it loses. */
export const LOST = ["lost 9", "lost 10"];
/** Publications that get the offsets of the lost ones, and one more. */
export const NEW = ["new 9", "new 10", "new 11"];

/** Stands for a position that is gone. */
export const GONE = "gone";

/** Payloads that a client at `since` recovers, or that it does not. */
export async function recover(
  { broker }: Member,
  since: StreamPosition,
): Promise<readonly unknown[] | typeof GONE> {
  const query = { since, mode: "stream" as const };
  const { recovered, publications } = await broker.recover("room", query);
  return recovered ? payloadsOf(publications) : GONE;
}

/** Asserts what is left to clients of each offset up to 10, once Redis has lost 9 and 10 and `NEW` is published. */
export async function assertHole(member: Member, epoch: string): Promise<void> {
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
export async function restart(
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
