/** Recovery of subscriptions with a filter by tags: what they missed of what fits, and where they are then. */

import { assert, assertEquals, assertObjectMatch } from "@std/assert";
import type { Scene } from "../../support/scene.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import {
  begin,
  EVEN,
  NONE,
  ODD,
  publish,
  subscribe,
  subscriptionOf,
} from "../../support/filter_scene.ts";
import {
  dataOf,
  type Message,
  publicationsOf,
  SdkClient,
} from "../../support/sdk_client.ts";
import { range } from "../../support/stream_of.ts";

/** Recovers from an offset, and returns the result and the data of what came with it. */
async function recover(
  scene: Scene,
  offset: number,
  tf: Message = EVEN,
  epoch?: string,
): Promise<{ result: Message; data: unknown[]; client: SdkClient }> {
  const top = await scene.hub.broker.position("news");
  const client = await SdkClient.connect(scene);
  const { subscribe: result } = await subscribe(client, {
    recover: true,
    offset,
    epoch: epoch ?? top.epoch,
    tf,
  });
  assert(typeof result === "object" && result !== null);
  const data = publicationsOf([{ subscribe: result }]).map(({ data }) => data);
  return { result: { ...result }, data, client };
}

Deno.test("What was missed is recovered as far as it fits, and the position is the end of all of it", async () => {
  const scene = begin();
  await publish(scene, range(1, 9));
  const { result, data, client } = await recover(scene, 3);
  assertObjectMatch(result, {
    recovered: true,
    was_recovering: true,
    offset: 3,
  });
  assertEquals(data, ["4", "6", "8"]);
  assertEquals(subscriptionOf(scene, client).offset, 9);
  await publish(scene, [10]);
  assertEquals(dataOf(client.take()), ["10"]);
});

Deno.test("Where nothing of what was missed fits, the client is told the top, from which it recovers next", async () => {
  const scene = begin();
  await publish(scene, range(1, 9));
  const { result, data, client } = await recover(scene, 3, NONE);
  assertObjectMatch(result, { recovered: true, offset: 9 });
  assertEquals(data, []);
  assertEquals(subscriptionOf(scene, client).offset, 9);
  await publish(scene, [10]);
  assertEquals(client.take(), []);
  assertEquals(subscriptionOf(scene, client).offset, 10);
});

Deno.test("What is published while the history is read is filtered in its place, and the top goes along", async () => {
  for (
    const [tf, expected, offset] of [
      [EVEN, ["4", "6", "8"], 3],
      [NONE, [], 9],
    ] as const
  ) {
    const broker = memoryBroker();
    const scene = begin({}, { broker });
    await publish(scene, range(1, 6));
    const { recover: look } = broker;
    broker.recover = async (channel, query) => {
      const found = await look(channel, query);
      await publish(scene, range(7, 9));
      scene.clock.advance(5);
      return found;
    };
    const { result, data, client } = await recover(scene, 3, tf);
    assertObjectMatch(result, { recovered: true, offset });
    assertEquals(data, [...expected]);
    assertEquals(subscriptionOf(scene, client).offset, 9);
    assertEquals(dataOf(client.take()), []);
  }
});

Deno.test("What the history has lost is not recovered, also where it would not have fitted", async () => {
  const scene = begin({ historySize: 4 });
  await publish(scene, range(1, 9));
  const { result, data } = await recover(scene, 4, NONE);
  assertEquals([result.recovered, result.offset, data], [undefined, 9, []]);
  const kept = await recover(scene, 5, NONE);
  assertObjectMatch(kept.result, { recovered: true, offset: 9 });
});

Deno.test("A client recovers so many publications that fit as the channel says", async () => {
  const scene = begin({ recoverySize: 4 });
  await publish(scene, range(1, 10));
  assertEquals((await recover(scene, 2)).data, ["4", "6", "8", "10"]);
  const { result, data } = await recover(scene, 1);
  assertEquals([result.recovered, data], [undefined, []]);
});

Deno.test("A client recovers 300 publications that fit, among as many others as the history has", async () => {
  const scene = begin({ historySize: 2_000 });
  await publish(scene, range(1, 600));
  const whole = await recover(scene, 0);
  assertObjectMatch(whole.result, { recovered: true });
  assertEquals(whole.data.length, 300);
  await publish(scene, [602]);
  const { result, data } = await recover(scene, 0);
  assertEquals([result.recovered, result.offset, data], [undefined, 601, []]);
});

Deno.test("In cache mode the newest publication that fits is recovered, unless the client has it", async () => {
  const scene = begin({ recoveryMode: "cache", historySize: 5 });
  await publish(scene, range(1, 9));
  for (
    const [since, tf, offset, expected] of [
      [1, EVEN, 1, ["8"]],
      [7, EVEN, 7, ["8"]],
      [8, EVEN, 9, []],
      [9, EVEN, 9, []],
      [3, ODD, 3, ["9"]],
      [3, NONE, 9, []],
    ] as const
  ) {
    const { result, data, client } = await recover(scene, since, tf);
    assertObjectMatch(result, { recovered: true, offset });
    assertEquals(data, [...expected]);
    assertEquals(subscriptionOf(scene, client).offset, 9);
  }
  for (
    const [epoch, recovered, offset, expected] of [
      ["gone", true, 20, ["8"]],
      ["_", undefined, 9, []],
    ] as const
  ) {
    const { result, data } = await recover(scene, 20, EVEN, epoch);
    assertEquals([result.recovered, result.offset], [recovered, offset]);
    assertEquals(data, [...expected]);
  }
  await scene.hub.broker.removeHistory("news");
  const { result } = await recover(scene, 3);
  assertEquals([result.recovered, result.offset], [undefined, 9]);
});

Deno.test("In cache mode what is published meanwhile comes behind the newest, if it fits", async () => {
  const broker = memoryBroker();
  const scene = begin({ recoveryMode: "cache" }, { broker });
  await publish(scene, range(1, 5));
  const { history } = broker;
  broker.history = async (channel, query) => {
    const found = await history(channel, query);
    await publish(scene, range(6, 9));
    scene.clock.advance(5);
    return found;
  };
  const { result, data, client } = await recover(scene, 1);
  assertObjectMatch(result, { recovered: true, offset: 1 });
  assertEquals(data, ["4", "6", "8"]);
  assertEquals(subscriptionOf(scene, client).offset, 9);
});
