import { assertEquals, assertRejects } from "@std/assert";
import { PARTITIONS, slotOf } from "../../../../lib/broker/redis/names.ts";
import {
  isRefused,
  serverIn,
  TopologySource,
} from "../../../../lib/broker/redis/topology.ts";
import type { RedisAddress } from "../../../../lib/broker/redis/url.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

type Answer = () => unknown;

const NEVER: Answer = () => new Promise(() => {});
const GONE: Answer = () => {
  throw new Error("connection refused");
};

/** Servers that answer `CLUSTER SLOTS`, by their ports. */
class Scene {
  readonly clock = new FakeClock();
  readonly asked: number[] = [];
  readonly destroyed: number[] = [];
  readonly source: TopologySource;
  readonly answers: Readonly<Record<number, Answer>>;

  constructor(answers: Readonly<Record<number, Answer>>, seeds?: number[]) {
    this.answers = answers;
    const ports = seeds ?? Object.keys(answers).map(Number);
    this.source = new TopologySource({
      clock: this.clock,
      seeds: ports.map(at),
      createClient: ({ port }) => ({
        connect: () => {
          this.asked.push(port);
          return Promise.resolve();
        },
        sendCommand: async (args) => {
          assertEquals(args, ["CLUSTER", "SLOTS"]);
          return await (this.answers[port] ?? GONE)();
        },
        subscribe: () => Promise.resolve(),
        unsubscribe: () => Promise.resolve(),
        on: () => {},
        destroy: () => this.destroyed.push(port),
      }),
    });
  }
}

function at(port: number): RedisAddress {
  return { hostname: "host", port };
}

const HALF = 8_191;
const HALVES = [
  [0, HALF, ["a", 1, "id"], ["b", 2, "id"]],
  [HALF + 1, 16_383, ["", 3, "id"], [null, 4, "id"], ["?", 5, "id"]],
];

Deno.test("The primary of each partition is the one that has its slot, and a server without a host has that of the one which says so", async () => {
  const { source } = new Scene({ 7: () => HALVES });
  const { primaries, servers } = await source.read();
  for (const partition of PARTITIONS) {
    const expected = slotOf(partition) <= HALF ? "a:1" : "host:3";
    assertEquals(primaries.get(partition), expected);
  }
  assertEquals([...servers.keys()], ["a:1", "b:2", "host:3", "host:4"]);
});

Deno.test("A partition whose slot no server has is missing", async () => {
  const { source } = new Scene({ 7: () => HALVES.slice(0, 1) });
  const { primaries } = await source.read();
  const missing = PARTITIONS.filter((each) => slotOf(each) > HALF);
  assertEquals(primaries.size, PARTITIONS.length - missing.length);
});

Deno.test("The next server is asked when one is gone, or says what is no topology, or is silent for a second", async () => {
  const scene = new Scene({
    1: GONE,
    2: () => "x",
    3: () => [["x"]],
    4: NEVER,
    5: () => [],
  });
  const reading = scene.source.read();
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  assertEquals(scene.asked, [1, 2, 3, 4]);
  scene.clock.advance(1_000);
  await reading;
  assertEquals(scene.asked, [1, 2, 3, 4, 5]);
  assertEquals(scene.destroyed, scene.asked);
  assertEquals(scene.clock.pending, 0);
});

Deno.test("The error is that of the last server where none answers", async () => {
  const scene = new Scene({
    1: GONE,
    2: () => {
      throw new Error("ERR This instance has cluster support disabled");
    },
  });
  await assertRejects(() => scene.source.read(), Error, "support disabled");
});

Deno.test("Each time another server is asked first, unless one is named", async () => {
  const answer = () => [[0, 16_383, ["host", 1], ["host", 2], ["host", 3]]];
  const scene = new Scene({ 1: answer, 2: answer, 3: answer }, [1]);
  for (let count = 0; count < 4; count++) await scene.source.read();
  assertEquals(scene.asked, [1, 2, 3, 1]);
  await scene.source.read(at(2));
  assertEquals(scene.asked.at(-1), 2);
});

Deno.test("Errors of a command that had no effect are known, and the server that has the slot", () => {
  for (
    const text of [
      "MOVED 1 host:1",
      "ASK 1 host:1",
      "TRYAGAIN Multiple keys request during rehashing of slot",
      "CLUSTERDOWN The cluster is down",
    ]
  ) assertEquals(isRefused(new Error(text)), true);
  for (const text of ["OOM", "ERR MOVED", "MOVEDX", "READONLY"]) {
    assertEquals(isRefused(new Error(text)), false);
  }
  assertEquals(serverIn("MOVED 1 host:1"), at(1));
  assertEquals(serverIn("MOVED 1 ::1:6379"), {
    hostname: "::1",
    port: 6_379,
  });
  for (
    const text of ["MOVED 1 :1", "MOVED 1 ?:1", "ASK 1 host:1", "CLUSTERDOWN"]
  ) {
    assertEquals(serverIn(text), undefined);
  }
});
