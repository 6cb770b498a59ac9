/** A node that was cut off from its broker for longer than a lease was back within
 * seconds, and its clients were not present for up to ten more: their leases were
 * renewed at the next third of a lease only, and not when the broker returned. With a
 * Redis Cluster that was so for longer: each of its servers returns by itself.
 */

import { assertEquals } from "@std/assert";
import { MemoryBroker } from "../../lib/broker/memory/broker.ts";
import type { BrokerNode } from "../../lib/broker/types.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import { FakeClock, fakeRandom } from "../support/fake_clock.ts";
import { fakeTokens } from "../support/fake_tokens.ts";
import { Scene } from "../support/scene.ts";
import { SdkClient } from "../support/sdk_client.ts";

/** A broker whose node a test can reach. */
class ReachableBroker extends MemoryBroker {
  owner: BrokerNode | undefined;

  override start(node: BrokerNode): void {
    this.owner = node;
    super.start(node);
  }
}

for (
  const [event, channels, present] of [
    ["its broker returns", undefined, 1],
    ["a server with their channel returns", ["news"], 1],
    ["a server with other channels returns", ["other"], 0],
    ["one channel has a gap", "news", 0],
  ] as const
) {
  Deno.test(`Leases that have expired are ${present ? "" : "not "}renewed at once when ${event}`, async () => {
    const clock = new FakeClock();
    const broker = new ReachableBroker({ clock, random: fakeRandom() });
    const presence = new MemoryPresence({ clock });
    const scene = new Scene({ broker, presence, tokens: fakeTokens });
    const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
    await client.ask({ id: 2, subscribe: { channel: "news" } });
    const count = async () => (await presence.get("news")).size;
    assertEquals(await count(), 1);
    clock.advance(presence.ttlMs + 1);
    assertEquals(await count(), 0);
    broker.owner?.checkPositions(channels);
    await scene.settle();
    assertEquals(await count(), present);
  });
}
