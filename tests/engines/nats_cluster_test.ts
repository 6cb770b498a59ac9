/** What happens to three nodes when the leader of a NATS cluster is killed under load. */

import { assert, assertEquals } from "@std/assert";
import type { Publication } from "../../lib/base/publication.ts";
import { type Member, payloadsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { NatsCluster } from "../support/nats_cluster.ts";
import { requireTool } from "../support/requirements.ts";
import { haveAll, NatsMembers, publishAll } from "../e2e/nats_members.ts";

const ignore = requireTool("nats-server").missing;
const STREAM = "thrum_publications";
const KILLS = 3;

Deno.test({
  name:
    "A leader that is killed under load costs no acknowledged publication, and each of three nodes has it once, in order",
  ignore,
  fn: async () => {
    await using cluster = await NatsCluster.start();
    const urls = cluster.servers.map((_, index) => cluster.urlFrom(index));
    await using nodes = await NatsMembers.start(urls);
    const { members } = nodes;
    const epoch = (await members[0]!.broker.position("room")).epoch;
    const load = publishAll(members);
    for (let kill = 0; kill < KILLS; kill++) {
      await isAcknowledged(load, 100);
      const leader = await cluster.leaderOf(STREAM);
      assert(leader);
      await leader.kill();
      await isAcknowledged(load, 100);
      await leader.start();
      await nodes.areReady();
      await isAcknowledged(load, 100);
    }
    const { acknowledged } = await load.stop();
    await haveAll(members, acknowledged);
    for (const member of members) await keepsEachOnce(member);
    assertEquals((await members[0]!.broker.position("room")).epoch, epoch);
  },
});

/** Waits for more acknowledged publications. */
async function isAcknowledged(
  load: { count(): number },
  count: number,
): Promise<void> {
  const goal = load.count() + count;
  await eventually(() => load.count() >= goal, {
    awaited: "more publications",
    timeoutMs: 60_000,
  });
}

/** The history has what was delivered, each once, at the same offset. */
async function keepsEachOnce(member: Member): Promise<void> {
  const history = await member.broker.history("room", {
    limit: -1,
    cap: 16_384,
  });
  assert(history.type === "history");
  const placesOf = (publications: readonly Publication[]) =>
    publications.map(({ offset, payload }) => `${offset} ${payload}`);
  const kept = placesOf(history.publications);
  assertEquals(new Set(payloadsOf(history.publications)).size, kept.length);
  assertEquals(placesOf(member.of("room")).slice(-kept.length), kept);
}
