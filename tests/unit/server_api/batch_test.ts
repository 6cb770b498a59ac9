import { assertEquals, assertStringIncludes } from "@std/assert";
import { ApiScene, codeOf } from "../../support/api_scene.ts";
import { dataOf } from "../../support/sdk_client.ts";

Deno.test("batch carries out commands in their order, and replies to each", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  const publish = (data: unknown) => ({ publish: { channel: "news", data } });
  const { epoch } = await scene.hub.broker.position("news");
  for (const parallel of [false, true]) {
    const commands = [
      publish(1),
      { id: 7, presence_stats: { channel: "news" } },
      { publish: {} },
      { nothing: {} },
      { info: {}, channels: {} },
      { batch: { commands: [] } },
      {},
      publish("two"),
    ];
    const answer = await scene.callRaw(
      "batch",
      JSON.stringify({ commands, parallel }),
    );
    const { replies } = JSON.parse(answer);
    const first = parallel ? 3 : 1;
    assertEquals(replies[0], { publish: { offset: first, epoch } });
    const stats = { num_clients: 1, num_users: 1 };
    assertEquals(replies[1], { presence_stats: stats });
    assertEquals(
      replies.slice(2, 7).map(codeOf),
      ["107", "104", "104", "104", "104"],
    );
    assertEquals(replies[7], { publish: { offset: first + 1, epoch } });
  }
  assertEquals(dataOf(client.take()), [1, "two", 1, "two"]);
});

Deno.test("batch keeps the digits of numbers", async () => {
  const scene = new ApiScene();
  const client = await scene.subscriber();
  await scene.callRaw(
    "batch",
    '{"commands":[ {"publish":{"channel":"news","data":"},["}} , {"publish":{"channel":"news","data":0.10}}]}',
  );
  scene.clock.advance(0);
  const frames = client.transport.take().join("\n");
  assertStringIncludes(frames, '"data":"},["');
  assertStringIncludes(frames, '"data":0.10');
});

for (const parallel of [false, true]) {
  Deno.test(`A command of a batch ${parallel ? "does not wait" : "waits"} for the one before it where the batch is ${parallel ? "parallel" : "in order"}`, async () => {
    const gate = Promise.withResolvers<void>();
    const begun: string[] = [];
    const scene = new ApiScene({}, async ({ method }) => {
      begun.push(method);
      if (method === "first") await gate.promise;
      return method;
    });
    const commands = ["first", "second"].map((method) => ({ rpc: { method } }));
    const answer = scene.call("batch", { commands, parallel });
    await scene.settle();
    assertEquals(begun, parallel ? ["first", "second"] : ["first"]);
    gate.resolve();
    const replies = [{ rpc: { data: "first" } }, { rpc: { data: "second" } }];
    assertEquals(await answer, { replies });
  });
}
