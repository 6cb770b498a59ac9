import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Names,
  NODES_PARTITION,
  partitionIn,
  PARTITIONS,
  slotOf,
} from "../../../../lib/broker/redis/names.ts";

const SLOTS = 16_384;
const single = new Names({ isCluster: false });
const cluster = new Names({ isCluster: true });
const ODD_NAMES = ["room", "a}b", "}", "{}", "\0bob", "é{🦌", "{1}", "a:b"];

/** Hash tag of a name, as Redis finds it. */
function tagIn(name: string): string | undefined {
  return /\{([^}]+)\}/.exec(name)?.[1];
}

for (const names of [single, cluster]) {
  const where = names === cluster ? "in a cluster" : "in a single Redis";

  Deno.test(`All keys and the topic of a channel are in one slot ${where}, whatever its name`, () => {
    for (const channel of ODD_NAMES) {
      const keys = ["position", "stream", "key:}{"].map((part) =>
        names.keyOf(channel, part)
      );
      const tags = [...keys, names.topicOf(channel)].map(tagIn);
      assertEquals(new Set(tags).size, 1);
      assert(tags[0] !== undefined);
    }
  });

  Deno.test(`No two channels have a key or a topic in common ${where}`, () => {
    const channels = ["a", "a}", "a%7D", "a%257D", "{a}", "a}:stream", "nodes"];
    const topics = channels.map((channel) => names.topicOf(channel));
    topics.push(names.nodeTopicOf(), names.nodeTopicOf("a"));
    assertEquals(new Set(topics).size, channels.length + 2);
  });
}

Deno.test("A prefix with braces is refused", () => {
  for (const isCluster of [false, true]) {
    assertThrows(() => new Names({ prefix: "{a}", isCluster }), RangeError);
  }
});

Deno.test("A single Redis keeps the names that it has always had", () => {
  const names = new Names({ prefix: "p:", database: 2, isCluster: false });
  assertEquals(names.keyOf("room", "stream"), "p:{room}:stream");
  assertEquals(names.topicOf("room"), "p:2:{room}");
  assertEquals(names.nodeTopicOf(), "p:2:nodes");
  assertEquals(names.nodeTopicOf("id"), "p:2:node:id");
  assertEquals(names.partitionOf("room"), 0);
});

Deno.test("The names of a cluster never change: nodes of two versions must find the same channels", () => {
  assertEquals(cluster.keyOf("room", "stream"), "thrum:{77}{room}:stream");
  assertEquals(cluster.topicOf("room"), "thrum:0:{77}{room}");
  assertEquals(cluster.nodeTopicOf(), "thrum:0:{0}nodes");
  assertEquals(PARTITIONS.length, 128);
  assertEquals(NODES_PARTITION, 0);
});

Deno.test("A partition is found again in each of its names", () => {
  for (const channel of ODD_NAMES) {
    const partition = cluster.partitionOf(channel);
    assert(PARTITIONS.includes(partition));
    assertEquals(partitionIn(cluster.keyOf(channel, "stream")), partition);
    assertEquals(partitionIn(cluster.topicOf(channel)), partition);
  }
  assertEquals(partitionIn(cluster.nodeTopicOf("a")), NODES_PARTITION);
  assertEquals(partitionIn(cluster.lifeKeyOf(PARTITIONS[3]!)), PARTITIONS[3]);
});

Deno.test("The slot of a partition is the one of Redis", () => {
  // As `CLUSTER KEYSLOT` answers.
  assertEquals([0, 1, 42, 127].map(slotOf), [13_907, 9_842, 8_000, 6_102]);
});

Deno.test("Primaries with equal shares of the slots have equal shares of the partitions", () => {
  for (const primaries of [2, 3, 5, 6, 12, 32]) {
    const counts = new Array<number>(primaries).fill(0);
    for (const partition of PARTITIONS) {
      counts[Math.floor(slotOf(partition) * primaries / SLOTS)]!++;
    }
    assert(Math.max(...counts) - Math.min(...counts) <= 2, `${counts}`);
  }
});

Deno.test("Channels are spread over all partitions", () => {
  const counts = new Map<number, number>();
  for (let index = 0; index < 12_800; index++) {
    const partition = cluster.partitionOf(`room${index}`);
    counts.set(partition, (counts.get(partition) ?? 0) + 1);
  }
  assertEquals(counts.size, PARTITIONS.length);
  assert(Math.max(...counts.values()) < 200);
});
