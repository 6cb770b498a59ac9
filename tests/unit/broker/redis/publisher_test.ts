import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import fc from "fast-check";
import { decodeMessage } from "../../../../lib/broker/redis/codec.ts";
import type { PublishRequest } from "../../../../lib/broker/types.ts";
import { BrokerAwayError } from "../../../../lib/base/errors.ts";
import { RedisBrokerScene } from "./fake.ts";

const KEEP = { size: 10, ttlMs: 1_000 };

/** Arguments of a script before those of its first channel. */
const HEAD = 9;

/** A script's publications by topic, as texts. */
function publicationsOf(run: readonly string[]): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (let at = HEAD; at < run.length;) {
    const entries = run.slice(at + 2, at + 2 + Number(run[at + 1]));
    const { publications } = decodeMessage(`e 1\n${entries.join("")}`, "room");
    const [, channel = ""] = /{(.*)}/.exec(run[at]!) ?? [];
    found[channel] = publications.map(({ payload }) => payload);
    at += 2 + entries.length;
  }
  return found;
}

/** A script's publications to the channel `room`. */
function payloadsOf(run: readonly string[]): unknown[] {
  return publicationsOf(run).room ?? [];
}

/** Lets the server answer for each channel of a script with `reply`. */
function answerWith(
  { server }: RedisBrokerScene,
  reply: (channel: number) => string,
): void {
  server.answer = ([verb, , keys]) =>
    verb?.startsWith("EVAL")
      ? Array.from(
        { length: Math.floor(Number(keys) / 2) },
        (_, index) => reply(index),
      )
      : undefined;
}

/** Publishes in one turn; resolves with the scripts that Redis was sent. */
async function publishAll(
  scene: RedisBrokerScene,
  requests: readonly Partial<PublishRequest>[],
): Promise<string[][]> {
  answerWith(scene, () => "1 5 e");
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
  answerWith(scene, (channel) => `${channel} ${channel + 5} e${channel}`);
  const published = ["a", "b", "a"].map((channel) =>
    scene.broker.publish({ channel, payload: "x", history: KEEP })
  );
  await scene.pass(0);
  assertEquals(scene.runs.length, 1);
  assertEquals(await Promise.all(published), [
    { offset: 5, epoch: "e0", delivered: false },
    { offset: 6, epoch: "e1", delivered: true },
    { offset: 6, epoch: "e0", delivered: false },
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
    runs.map((run) => [run[3], run[4], payloadsOf(run)]),
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

for (
  const [what, lonely] of [
    ["a key", { idempotencyKey: "k" }],
    ["a version", { version: { number: 1, epoch: "" } }],
    ["a condition", { after: { offset: 0, epoch: "" } }],
  ] as const
) {
  Deno.test(`A publication with ${what} is sent alone`, async () => {
    const scene = await new RedisBrokerScene().start();
    const history = KEEP;
    const runs = await publishAll(scene, [
      { history },
      { history, ...lonely },
      { history, ...lonely },
      { history },
      { history },
      { history, channel: "other" },
      { history, ...lonely },
      { history, ...lonely, channel: "other" },
    ]);
    assertEquals(runs.map(publicationsOf), [
      { room: ["0"] },
      { room: ["1"] },
      { room: ["2"] },
      { room: ["3", "4"], other: ["5"] },
      { room: ["6"] },
      { other: ["7"] },
    ]);
    await scene.broker.close();
  });
}

Deno.test("Channels share a script, and none waits for a later one", async () => {
  const scene = await new RedisBrokerScene().start();
  const runs = await publishAll(scene, [
    { channel: "a" },
    { channel: "b" },
    { channel: "a" },
    { channel: "b", history: KEEP },
    { channel: "a" },
    { channel: "b" },
    { channel: "c", history: KEEP },
  ]);
  assertEquals(runs.map(publicationsOf), [
    { a: ["0", "2", "4"], b: ["1"] },
    { b: ["3"], c: ["6"] },
    { b: ["5"] },
  ]);
  await scene.broker.close();
});

Deno.test("Whatever is published in one turn, each channel keeps its order and nothing is lost", async () => {
  const modes = [{}, { history: KEEP }, { type: "join" }, {
    history: { ...KEEP, size: 11 },
  }] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(4), fc.nat(3), fc.nat(9)), { maxLength: 700 }),
      async (steps) => {
        const scene = await new RedisBrokerScene().start();
        const runs = await publishAll(
          scene,
          steps.map(([channel, mode, key]) => ({
            channel: `${channel}`,
            ...modes[mode],
            idempotencyKey: key === 0 ? "k" : undefined,
          })),
        );
        const sent: Record<string, unknown[]> = {};
        const expected: Record<string, unknown[]> = {};
        for (const [index, [channel]] of steps.entries()) {
          (expected[channel] ??= []).push(`${index}`);
        }
        for (const run of runs) {
          for (const [channel, all] of Object.entries(publicationsOf(run))) {
            (sent[channel] ??= []).push(...all);
          }
        }
        assertEquals(sent, expected);
        await scene.broker.close();
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("No script holds Redis up for long: neither 257 publications, nor 65 channels, nor many long ones share one", async () => {
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
  const channels = Array.from({ length: 65 }, (_, n) => ({ channel: `${n}` }));
  const many = (await publishAll(scene, channels)).slice(4);
  assertEquals(
    many.map((run) => Object.keys(publicationsOf(run)).length),
    [64, 1],
  );
  await scene.broker.close();
});

Deno.test("Every publish of a script that fails rejects", async () => {
  const scene = await new RedisBrokerScene().start();
  scene.server.answer = ([verb]) => {
    if (verb?.startsWith("EVAL")) throw new Error("OOM");
    return undefined;
  };
  const published = ["a", "b"].map((channel) =>
    assertRejects(
      () => scene.broker.publish({ channel, payload: "x" }),
      Error,
      "OOM",
    )
  );
  await scene.pass(0);
  await Promise.all(published);
  await scene.broker.close();
});

Deno.test("A channel that fails by itself does not harm those that share its script", async () => {
  const scene = await new RedisBrokerScene().start();
  answerWith(scene, (channel) => channel === 1 ? "!WRONGTYPE it" : "1 5 e");
  const [first, second, third] = ["a", "b", "c"].map((channel) =>
    scene.broker.publish({ channel, payload: "x" })
  );
  const failed = assertRejects(() => second!, Error, "WRONGTYPE it");
  await scene.pass(0);
  await failed;
  assertEquals((await first)?.offset, 5);
  assertEquals((await third)?.offset, 5);
  await scene.broker.close();
});

Deno.test("A reply that no script writes rejects all that wait for it, and nothing else waits", async () => {
  for (const reply of ["1 5 e", ["1 5 e"], ["1 5 e", "nonsense"], []]) {
    const scene = await new RedisBrokerScene().start();
    scene.server.answer = ([verb]) =>
      verb?.startsWith("EVAL") ? reply : undefined;
    const published = ["a", "b"].map((channel) =>
      scene.broker.publish({ channel, payload: "x" })
    );
    const settled = Promise.allSettled(published);
    await scene.pass(0);
    const failures = (await settled).filter(({ status }) =>
      status === "rejected"
    );
    assertEquals(failures.length, reply.length === 2 ? 1 : 2);
    await scene.broker.close();
  }
});

Deno.test("What waits for Redis is bounded, and the bound is free again with the answer", async () => {
  const scene = await new RedisBrokerScene({ maxWaitingBytes: 2_500 }).start();
  const request = { channel: "room", payload: "x".repeat(1_000) };
  const answer = Promise.withResolvers<string[]>();
  scene.server.answer = ([verb]) =>
    verb?.startsWith("EVAL") ? answer.promise : undefined;
  const first = [scene.broker.publish(request), scene.broker.publish(request)];
  await assertRejects(() => scene.broker.publish(request), Error, "wait");
  await scene.pass(0);
  await assertRejects(() => scene.broker.publish(request), Error, "wait");
  answer.resolve(["0 1 e"]);
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
  const refused = () => scene.broker.publish(request);
  await assertRejects(refused, BrokerAwayError, "away");
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
  answerWith(scene, () => "0 1 e");
  const published = scene.broker.publish({ channel: "room", payload: "x" });
  await scene.broker.close();
  assertEquals((await published).offset, 1);
  assertEquals(scene.clock.pending, 0);
});
