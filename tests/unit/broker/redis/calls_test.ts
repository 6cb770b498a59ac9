import { assertEquals, assertRejects } from "@std/assert";
import { TopicCalls } from "../../../../lib/broker/topic_calls.ts";
import { LinkScene } from "./fake.ts";

/** Calls of the node `me`, which share a fake Redis with `others` that never answer by themselves. */
async function setUp({ others }: { readonly others: number }) {
  const scene = await LinkScene.ready();
  const { link, clock, server } = scene;
  const ids: number[] = [];
  server.answer = ([verb, , note = ""]) => {
    if (verb !== "PUBLISH") return undefined;
    ids.push(JSON.parse(note).id);
    return others;
  };
  const onCall = (call: unknown) => call;
  const deps = {
    clock,
    node: "me",
    topicOf: (node: string | undefined) =>
      `thrum:0:${node === undefined ? "nodes" : `node:${node}`}`,
    send: async (topic: string, text: string) =>
      Number(await link.send(["PUBLISH", topic, text])),
    onError: (error: unknown) => link.report(error, "answer"),
    onCall,
  };
  const calls = new TopicCalls({ ...deps, maxCalls: 2 });
  const answer = (id: number | undefined, answer: unknown) => {
    const note = JSON.stringify({ type: "answer", id, answer });
    return calls.receive(note, "thrum:0:node:me");
  };
  return { scene, calls, ids, answer };
}

/** What comes of a promise, or that nothing has come of it yet. */
function stateOf(promise: Promise<unknown>): Promise<unknown> {
  return Promise.race([promise, Promise.resolve("waiting")]);
}

Deno.test("An answer is waited for three seconds, and not longer", async () => {
  const { scene, calls } = await setUp({ others: 1 });
  const asked = calls.call("other", "?");
  await scene.pass(2_999);
  assertEquals(await stateOf(asked), "waiting");
  await scene.pass(1);
  assertEquals(await stateOf(asked), []);
  await scene.link.close();
});

Deno.test("Questions under way are bounded, and one that is answered, refused or given up makes room", async () => {
  const { scene, calls, ids, answer } = await setUp({ others: 1 });
  const both = [calls.call("other", 1), calls.call("other", 2)];
  await scene.settle();
  const refused = () =>
    assertRejects(() => calls.call("other", 3), Error, "2 ");
  await refused();
  answer(ids[0], "yes");
  assertEquals(await both[0], ["yes"]);
  const third = assertRejects(() => calls.call("other", 3), Error, "not today");
  await scene.settle();
  await refused();
  const refusal = { type: "refusal", id: ids[2], message: "not today" };
  calls.receive(JSON.stringify(refusal), "thrum:0:node:me");
  await third;
  const fourth = calls.call("other", 4);
  await scene.pass(3_000);
  assertEquals(await Promise.all([both[1], fourth]), [[], []]);
  const more = [calls.call("other", 5), calls.call("other", 6)];
  await scene.settle();
  await refused();
  for (const id of ids.slice(4)) answer(id, id);
  assertEquals(await Promise.all(more), ids.slice(4).map((id) => [id]));
  assertEquals(await calls.call("me", "own"), ["own"]);
  await scene.link.close();
});

Deno.test("Where nobody else hears a question, the node's own answer is all", async () => {
  const { scene, calls } = await setUp({ others: 1 });
  assertEquals(await calls.call(undefined, "?"), ["?"]);
  assertEquals(calls.topics, ["thrum:0:node:me", "thrum:0:nodes"]);
  await scene.link.close();
});
