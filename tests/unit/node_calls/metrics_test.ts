import { assertEquals } from "@std/assert";
import { readSnapshot, type Snapshot } from "../../../lib/metrics/snapshot.ts";
import { gatherSnapshots } from "../../../lib/node_calls/metrics.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";

/** A node whose broker reaches others, which answer as a test says. */
function node(answers: Readonly<Record<string, () => unknown>>) {
  const broker = memoryBroker();
  const scene = new Scene({ broker });
  const calls: (string | undefined)[] = [];
  broker.call = async (name) => {
    calls.push(name);
    const asked = name === undefined ? Object.values(answers) : [answers[name]];
    return await Promise.all(
      asked.flatMap((answer) => answer ?? []).map(
        (answer) => answer(),
      ),
    );
  };
  return { scene, calls, own: broker.node };
}

function snapshotOf(name: string): Snapshot {
  return { ...readSnapshot(new Scene().core), node: name };
}

function namesOf(snapshots: readonly Snapshot[]): readonly string[] {
  return snapshots.map(({ node }) => node);
}

Deno.test("A node answers the call for its metrics with values that can be cloned", async () => {
  const { hub, core } = new Scene();
  const [answer] = await hub.broker.call(undefined, { type: "metrics" });
  const expected = JSON.parse(JSON.stringify(readSnapshot(core)));
  assertEquals(JSON.parse(JSON.stringify(answer)), expected);
});

Deno.test("By default the metrics of all nodes are gathered, each once and in the order of their ids", async () => {
  const { scene, calls, own } = node({
    b: () => snapshotOf("zzz"),
    a: () => snapshotOf("!"),
    own: () => readSnapshot(scene.core),
  });
  const found = await gatherSnapshots(scene.core);
  assertEquals(namesOf(found), ["!", own, "zzz"]);
  assertEquals(calls, [undefined]);
});

Deno.test("Where the nodes are named, no other is asked, and this one not by the broker", async () => {
  const { scene, calls, own } = node({
    "!": () => snapshotOf("!"),
    "zzz": () => snapshotOf("zzz"),
  });
  const found = await gatherSnapshots(scene.core, [own, "!"]);
  assertEquals(namesOf(found), ["!", own]);
  assertEquals(calls, ["!"]);
});

Deno.test("A node that fails, and an answer that is no snapshot, cost nothing but themselves", async () => {
  const { scene, own } = node({
    "!": () => snapshotOf("!"),
    failing: () => Promise.reject(new Error("the broker is away")),
    strange: () => ({ node: "strange", metrics: [["a", [[[], "1"]]]] }),
  });
  const found = await gatherSnapshots(scene.core, ["!", "failing", "strange"]);
  assertEquals(namesOf(found), ["!", own]);
  const failed = scene.logs.filter(({ event }) => event === "metrics_failed");
  assertEquals(failed.map(({ node }) => node), ["failing"]);
});

Deno.test("While the broker is away a node still answers with its own metrics", async () => {
  const { scene, own } = node({
    all: () => Promise.reject(new Error("the broker is away")),
  });
  assertEquals(namesOf(await gatherSnapshots(scene.core)), [own]);
});
