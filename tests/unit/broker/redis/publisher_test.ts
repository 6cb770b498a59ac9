import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { decodeMessage } from "../../../../lib/broker/redis/codec.ts";
import type { PublishRequest } from "../../../../lib/broker/types.ts";
import { RedisBrokerScene } from "./fake.ts";

const KEEP = { size: 10, ttlMs: 1_000 };

/** A script's publications, as texts. */
function payloadsOf(run: readonly string[]): unknown[] {
  const message = `e 1\n${run.slice(8).join("")}`;
  return decodeMessage(message, "room").publications.map((p) => p.payload);
}

/** Publishes in one turn; resolves with the scripts that Redis was sent. */
async function publishAll(
  scene: RedisBrokerScene,
  requests: readonly Partial<PublishRequest>[],
): Promise<string[][]> {
  scene.server.answer = ([verb]) =>
    verb?.startsWith("EVAL") ? "1 5 e" : undefined;
  const published = requests.map((request, index) =>
    scene.broker.publish({ channel: "room", payload: `${index}`, ...request })
  );
  await scene.pass(0);
  await Promise.all(published);
  return scene.runs;
}

Deno.test("What is published to a channel in one turn travels in one script, in its order", async () => {
  const scene = await new RedisBrokerScene().start();
  const runs = await publishAll(scene, [{}, {}, {}]);
  assertEquals(runs.map(payloadsOf), [["0", "1", "2"]]);
  await scene.broker.close();
});

Deno.test("Each publisher learns its own position", async () => {
  const scene = await new RedisBrokerScene().start();
  scene.server.answer = ([verb]) =>
    verb?.startsWith("EVAL") ? "0 5 e" : undefined;
  const published = ["a", "b"].map((payload) =>
    scene.broker.publish({ channel: "room", payload, history: KEEP })
  );
  await scene.pass(0);
  assertEquals(await Promise.all(published), [
    { offset: 5, epoch: "e", delivered: false },
    { offset: 6, epoch: "e", delivered: false },
  ]);
  await scene.broker.close();
});

Deno.test("Publications with different histories are sent apart, and keep their order", async () => {
  const scene = await new RedisBrokerScene().start();
  const runs = await publishAll(scene, [
    { history: KEEP },
    { history: { ...KEEP } },
    { history: { ...KEEP, size: 11 } },
    { history: KEEP },
    {},
    { history: { size: 0, ttlMs: 1 } },
    { type: "join" },
    { skipHistory: true, history: KEEP },
    { type: "leave" },
    {},
  ]);
  assertEquals(
    runs.map((run) => [run[4], run[5], payloadsOf(run)]),
    [
      ["keep", "10", ["0", "1"]],
      ["keep", "11", ["2"]],
      ["keep", "10", ["3"]],
      ["count", "0", ["4", "5"]],
      ["none", "0", ["6", "7", "8"]],
      ["count", "0", ["9"]],
    ],
  );
  await scene.broker.close();
});

Deno.test("A publication with a key is sent alone", async () => {
  const scene = await new RedisBrokerScene().start();
  const runs = await publishAll(scene, [
    {},
    { idempotencyKey: "k" },
    {},
    {},
    { idempotencyKey: "k" },
  ]);
  assertEquals(runs.map(payloadsOf), [["0"], ["1"], ["2", "3"], ["4"]]);
  await scene.broker.close();
});

Deno.test("Channels do not wait for one another", async () => {
  const scene = await new RedisBrokerScene().start();
  const runs = await publishAll(scene, [
    { channel: "a" },
    { channel: "b" },
    { channel: "a" },
  ]);
  assertEquals(runs.map(payloadsOf), [["0", "2"], ["1"]]);
  await scene.broker.close();
});

Deno.test("No script holds Redis up for long: neither 257 publications nor many long ones share one", async () => {
  const scene = await new RedisBrokerScene().start();
  const runs = await publishAll(
    scene,
    new Array<Partial<PublishRequest>>(257).fill({}),
  );
  assertEquals(runs.map((run) => payloadsOf(run).length), [256, 1]);
  const payload = "x".repeat(200_000);
  const long = new Array<Partial<PublishRequest>>(4).fill({ payload });
  const more = (await publishAll(scene, long)).slice(2);
  assertEquals(more.map((run) => payloadsOf(run).length), [2, 2]);
  await scene.broker.close();
});

Deno.test("Every publish of a script that fails rejects", async () => {
  const scene = await new RedisBrokerScene().start();
  scene.server.answer = ([verb]) => {
    if (verb?.startsWith("EVAL")) throw new Error("OOM");
    return undefined;
  };
  const published = ["a", "b"].map((payload) =>
    assertRejects(
      () => scene.broker.publish({ channel: "room", payload }),
      Error,
      "OOM",
    )
  );
  await scene.pass(0);
  await Promise.all(published);
  await scene.broker.close();
});

Deno.test("What waits for Redis is bounded, and the bound is free again with the answer", async () => {
  const scene = await new RedisBrokerScene({ maxWaitingBytes: 2_500 }).start();
  const request = { channel: "room", payload: "x".repeat(1_000) };
  const answer = Promise.withResolvers<string>();
  scene.server.answer = ([verb]) =>
    verb?.startsWith("EVAL") ? answer.promise : undefined;
  const first = [scene.broker.publish(request), scene.broker.publish(request)];
  await assertRejects(() => scene.broker.publish(request), Error, "wait");
  await scene.pass(0);
  await assertRejects(() => scene.broker.publish(request), Error, "wait");
  answer.resolve("0 1 e");
  await Promise.all(first);
  const again = scene.broker.publish(request);
  await scene.pass(0);
  await again;
  await scene.broker.close();
});

Deno.test("While Redis is away nothing waits, and nothing is sent later", async () => {
  const scene = await new RedisBrokerScene().start();
  scene.server.up = false;
  const request = { channel: "room", payload: "x" };
  const late = assertRejects(() => scene.broker.publish(request));
  scene.server.connection.fail();
  assertFalse(scene.broker.ready);
  await assertRejects(() => scene.broker.publish(request), Error, "away");
  await scene.pass(0);
  await late;
  scene.server.up = true;
  await scene.pass(2_000);
  assert(scene.broker.ready);
  assertEquals(scene.runs, []);
  await scene.broker.close();
});

Deno.test("What was published before the end is sent", async () => {
  const scene = await new RedisBrokerScene().start();
  scene.server.answer = ([verb]) =>
    verb?.startsWith("EVAL") ? "0 1 e" : undefined;
  const published = scene.broker.publish({ channel: "room", payload: "x" });
  await scene.broker.close();
  assertEquals((await published).offset, 1);
  assertEquals(scene.clock.pending, 0);
});
