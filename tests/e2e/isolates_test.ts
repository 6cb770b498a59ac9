/** Real isolates of one process: nothing is lost in a burst, and the end of any of them is survived. */

import { assert, assertEquals, assertRejects, equal } from "@std/assert";
import { signalChild } from "../support/child.ts";
import {
  BrokerScene,
  type Member,
  offsetsOf,
  payloadsOf,
} from "../conformance/broker_scene.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { type IsolateBroker, makeIsolates } from "../support/isolates.ts";

const ISOLATES = 3;
const BURST = 100_000;
/** On a machine that does much else at the same time. */
const PATIENCE_MS = 30_000;

interface Isolates {
  readonly brokers: readonly IsolateBroker[];
  readonly scene: BrokerScene;
  /** The first is the sequencer. */
  readonly members: readonly Member[];
}

/** Registers a test with three isolates, all subscribed to "room". */
function check(sentence: string, run: (isolates: Isolates) => Promise<void>) {
  Deno.test(sentence, async () => {
    const brokers = await makeIsolates(ISOLATES, { timeoutMs: PATIENCE_MS });
    const scene = await BrokerScene.start({
      brokers,
      passTime: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    const { members } = scene;
    for (const { broker } of members) await broker.subscribe("room");
    try {
      await run({ brokers, scene, members });
      const warnings = brokers.flatMap(({ warnings }) => warnings);
      assertEquals(warnings, []);
    } finally {
      for (const broker of brokers) broker.terminate();
    }
  });
}

/** What one life of the order has delivered to a member: from its first to its last, without a gap. */
function assertOneOrder({ delivered }: Member): void {
  const epochs = Map.groupBy(delivered, ({ epoch }) => epoch);
  for (const publications of epochs.values()) {
    const offsets = offsetsOf(publications);
    assertEquals(offsets, offsets.map((_, index) => offsets[0]! + index));
  }
  const payloads = payloadsOf(delivered);
  assertEquals(new Set(payloads).size, payloads.length);
}

/** As `assertEquals`, whose list of differences takes too much memory for so many. */
function assertSame(actual: readonly number[], expected: readonly number[]) {
  assertEquals(actual.length, expected.length);
  const index = actual.findIndex((value, index) => value !== expected[index]);
  assertEquals(actual[index], expected[index], `number ${index}`);
}

/**
 * Resolves once a member receives what another one publishes. That tries again: a
 * publication may be taken before the member is subscribed in the new order.
 */
async function hears(member: Member, from: Member): Promise<void> {
  const sent = new Set<unknown>();
  await eventually(async () => {
    const payload = crypto.randomUUID();
    try {
      await from.broker.publish({ channel: "room", payload });
    } catch {
      return false;
    }
    sent.add(payload);
    const newest = payloadsOf(member.delivered.slice(-sent.size - 1));
    return newest.some((payload) => sent.has(payload));
  }, { awaited: "a publication after the hand-over", timeoutMs: PATIENCE_MS });
}

check(
  "a burst of 100 000 publications across three isolates reaches each subscriber once, in order",
  async ({ brokers, members }) => {
    const each = Math.ceil(BURST / ISOLATES);
    const offsets = await Promise.all(
      brokers.map((broker, index) =>
        broker.publishMany({ channel: "room", payload: `${index}:` }, each)
      ),
    );
    const total = each * ISOLATES;
    const all = Array.from({ length: total }, (_, index) => index + 1);
    assertSame(offsets.flat().toSorted((a, b) => a - b), all);
    for (const member of members) {
      const delivered = await member.receives(total, "room");
      assertSame(offsetsOf(delivered), all);
      for (const [index, published] of offsets.entries()) {
        // What was published as the nth has the place that its publisher was told.
        const mine = delivered.filter(({ payload }) =>
          `${payload}`.startsWith(`${index}:`)
        );
        assertSame(offsetsOf(mine), published);
        assertEquals(payloadsOf(mine).at(-1), `${index}:${each - 1}`);
      }
    }
  },
);

check(
  "a burst of large publications reaches each subscriber once, in order",
  async ({ brokers, members }) => {
    // Larger than what isolates share, and of characters of several bytes.
    const payload = "🦌".repeat(60_000);
    await brokers[1]!.publishMany({ channel: "room", payload }, 40);
    for (const member of members) {
      const delivered = await member.receives(40, "room");
      assertEquals(delivered.map(({ payload }) => payload), [
        ...Array.from({ length: 40 }, (_, index) => `${payload}${index}`),
      ]);
    }
  },
);

check(
  "the sequencer is terminated while all publish: the others go on in a new order, and are told",
  async ({ brokers, members }) => {
    const [, second, third] = members;
    const draft = { channel: "room", payload: "" };
    const bursts = brokers.slice(1).map((broker, index) =>
      broker.publishMany({ ...draft, payload: `${index}:` }, 20_000)
    );
    for (const member of members) await member.receives(1_000, "room");
    brokers[0]!.terminate();
    const published = await Promise.all(bursts);

    await hears(second!, third!);
    await hears(third!, second!);
    // What was not answered is rejected: the burst of one may not have begun.
    assert(published.flat().some((offset) => offset > 0));
    for (const member of [second!, third!]) {
      assertOneOrder(member);
      assertEquals(member.checks, 1);
      const epochs = new Set(member.delivered.map(({ epoch }) => epoch));
      assertEquals(epochs.size, 2);
    }
    const after = second!.delivered.at(-1)!.epoch;
    const inNewEpoch = ({ delivered }: Member) =>
      payloadsOf(delivered.filter(({ epoch }) => epoch === after)).slice(-5);
    await eventually(() => equal(inNewEpoch(second!), inNewEpoch(third!)), {
      awaited: "both to have the same",
    });
  },
);

check(
  "what was on its way to a terminated sequencer is rejected, not forgotten",
  async ({ brokers, members }) => {
    const [, second] = members;
    // It has got the question, and its answer never comes.
    members[0]!.onQuestion = () => new Promise(() => {});
    const { node } = members[0]!.broker;
    const answer = second!.broker.call(node, "?");
    await second!.broker.position("room");
    brokers[0]!.terminate();
    await assertRejects(() => answer, Error, "has ended before it answered");
    await hears(second!, members[2]!);
  },
);

check(
  "the sequencer throws: the others go on",
  async ({ brokers, members }) => {
    const [, second, third] = members;
    brokers[0]!.throw();
    await eventually(() => second!.checks + third!.checks === 2, {
      awaited: "both to be told",
    });
    await hears(second!, third!);
    await hears(third!, second!);
  },
);

check(
  "another isolate throws: its subscriptions are forgotten, and the others go on",
  async ({ brokers, members }) => {
    const [first, second, third] = members;
    await third!.broker.subscribe("its own");
    const publish = () =>
      first!.broker.publish({ channel: "its own", payload: "" });
    assert((await publish()).delivered);
    brokers[2]!.throw();
    await eventually(async () => !(await publish()).delivered, {
      awaited: "the sequencer to learn it",
    });
    await hears(second!, first!);
    await hears(first!, second!);
    assertEquals([first!.checks, second!.checks], [0, 0]);
    assertEquals(await first!.broker.call(undefined, "?"), ["?", "?"]);
  },
);

check(
  "presence is there again as soon as another isolate is the sequencer",
  async ({ brokers, members }) => {
    const alice = { client: "a1", user: "alice" };
    const bob = { client: "b1", user: "bob" };
    await brokers[1]!.presence.add("room", alice);
    await brokers[2]!.presence.add("room", bob);
    await brokers[0]!.presence.add("room", { client: "c1", user: "carol" });
    assertEquals((await brokers[1]!.presence.stats("room")).clients, 3);
    brokers[0]!.terminate();
    await eventually(() => members[1]!.checks + members[2]!.checks === 2, {
      awaited: "both to be told",
    });
    for (const broker of brokers.slice(1)) {
      const present = await broker.presence.get("room");
      assertEquals(present, new Map([["a1", alice], ["b1", bob]]));
    }
  },
);

check(
  "one sequencer after the other is terminated: the last isolate serves alone",
  async ({ brokers, members }) => {
    const [, second, third] = members;
    brokers[0]!.terminate();
    await hears(second!, third!);
    const [ended, last] = await isSequencer(second!)
      ? [second!, third!]
      : [third!, second!];
    brokers[members.indexOf(ended)]!.terminate();
    await eventually(() => last.checks === 2, { awaited: "it to be told" });
    await hears(last, last);
  },
);

/** Whether the isolate that holds a member's own lock holds the sequencer's too. */
async function isSequencer({ broker }: Member): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  const own = held.find(({ name }) => name?.endsWith(`-node:${broker.node}`));
  const cluster = own?.name?.replace(/-node:.*/, "");
  const leading = held.find(({ name }) => name === `${cluster}-sequencer`);
  return leading !== undefined && leading.clientId === own?.clientId;
}

Deno.test("A program ends when its brokers are closed", async () => {
  const program = new URL("../support/ending_isolates.ts", import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program.href],
    stdout: "piped",
  }).spawn();
  try {
    const ended = deadline(child.output(), {
      awaited: "the program to end",
      timeoutMs: 20_000,
    });
    const { code, stdout } = await ended;
    assertEquals(new TextDecoder().decode(stdout), "closed\n");
    assertEquals(code, 0);
  } catch (error) {
    signalChild(child, "SIGKILL");
    throw error;
  }
});

check(
  "the clients of an isolate that ends leave presence at once",
  async ({ brokers }) => {
    const [first, second, third] = brokers;
    /** Clients in the channel; none while there is no sequencer to ask. */
    const count = async () => {
      try {
        return (await second!.presence.stats("room")).clients;
      } catch {
        return undefined;
      }
    };
    for (const [index, { presence }] of brokers.entries()) {
      await presence.add("room", { client: `c${index}`, user: "u" });
    }
    third!.terminate();
    await eventually(async () => await count() === 2, {
      awaited: "a client of a follower to be gone",
    });
    first!.terminate();
    await eventually(async () => await count() === 1, {
      awaited: "a client of the sequencer to be gone",
    });
  },
);
