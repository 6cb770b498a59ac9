/** Node calls while something else happens, or fails. */

import { assertEquals, assertRejects } from "@std/assert";
import type { NodeCall } from "../../../lib/node_calls/node_call.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

async function ask(scene: Scene, question: NodeCall): Promise<unknown> {
  const [answer] = await scene.hub.broker.call(undefined, question);
  return answer;
}

Deno.test("A call passes over a connection that is just ending", async () => {
  const answers: Promise<unknown>[] = [];
  const scene: Scene = new Scene({
    tokens: fakeTokens,
    onDisconnect: ({ connection }) => {
      if (connection.uid !== "slow") return;
      const question = { type: "refresh", user: "bob", expired: false };
      answers.push(scene.hub.broker.call(undefined, question));
    },
  });
  const [bob, slow] = [
    await SdkClient.connect(scene, { claims: { sub: "bob" } }),
    await SdkClient.connect(scene, { claims: { sub: "slow" } }),
  ];
  for (const client of [bob, slow]) {
    await client.ask({ id: 2, subscribe: { channel: "news" } });
  }
  // Bob's leave fills the frame that they share, which ends the slow one.
  const data = "x".repeat(100);
  for (let count = 0; count < 255; count++) scene.hub.publish("news", data);
  slow.transport.bufferedAmount = 1e9;
  bob.connection.ended();
  // A fan-out is sent in slices.
  for (let slice = 0; slice < 20 && answers.length === 0; slice++) {
    await scene.settle();
    scene.clock.advance(1);
  }
  assertEquals(await Promise.all(answers), [[{ count: 0 }]]);
});

Deno.test("What goes wrong here while a connection is subscribed is no answer", async () => {
  const broker = memoryBroker();
  const scene = new Scene({ broker, tokens: fakeTokens });
  await SdkClient.connect(scene, { claims: { sub: "bob" } });
  broker.publish = () => {
    throw new RangeError("cannot be published");
  };
  const question = {
    type: "subscribe",
    channel: "news",
    override: {},
  } as const;
  await assertRejects(
    () => ask(scene, { ...question, user: "bob" }),
    RangeError,
    "cannot be published",
  );
});
