/** What happens to the nodes when NATS is killed, cut off or slow. */

import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import type { Publication } from "../../lib/base/publication.ts";
import { ProtocolError } from "../../lib/base/errors.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { KEEP_ALL, Member, payloadsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import {
  natsBroker,
  type NatsNodeOptions,
  natsStore,
} from "../support/nats_nodes.ts";
import { freePorts, NatsServer } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";

const ignore = requireTool("nats-server").missing;
const NODES = 3;

/** Nodes that are subscribed to `room`; disposing of them closes their brokers. */
class Nodes implements AsyncDisposable {
  readonly members: readonly Member[];

  private constructor(members: readonly Member[]) {
    this.members = members;
  }

  static async start(
    urls: readonly string[],
    options: NatsNodeOptions = {},
  ): Promise<Nodes> {
    const members = urls.map((url) => new Member(natsBroker(url, options)));
    for (const member of members) {
      member.broker.start(member);
      await isReady(member);
      await member.broker.subscribe("room");
    }
    return new Nodes(members);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { broker } of this.members) await broker.close();
  }
}

async function isReady({ broker }: Member): Promise<void> {
  await eventually(() => broker.ready, {
    awaited: "a broker",
    timeoutMs: 60_000,
  });
}

async function isAway({ broker }: Member): Promise<void> {
  await eventually(() => !broker.ready, {
    awaited: "the loss of a broker",
    timeoutMs: 30_000,
  });
}

/** Publishes until it is told to stop; resolves with what was acknowledged, in its order. */
function publishAll(members: readonly Member[]) {
  let isOn = true;
  const acknowledged: string[] = [];
  let failures = 0;
  const publish = async ({ broker }: Member, index: number) => {
    for (let count = 0; isOn; count++) {
      const payload = `${index}:${count}`;
      try {
        const request = { channel: "room", payload, history: KEEP_ALL };
        await broker.publish(request);
        acknowledged.push(payload);
      } catch {
        // The node that asked for it is told; whether it was stored is open.
        failures++;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const publishing = Promise.all(members.map(publish));
  return {
    count: () => acknowledged.length,
    async stop() {
      isOn = false;
      await publishing;
      return { acknowledged, failures };
    },
  };
}

/** Every node has all that was acknowledged, each once, in one order. */
async function haveAll(
  members: readonly Member[],
  acknowledged: readonly string[],
): Promise<void> {
  for (const member of members) {
    const has = () => new Set(payloadsOf(member.of("room")));
    await eventually(() => acknowledged.every((each) => has().has(each)), {
      awaited: () => {
        const missing = acknowledged.filter((each) => !has().has(each));
        return `${missing.length} of ${acknowledged.length}: ${
          missing.slice(0, 5)
        }`;
      },
      timeoutMs: 30_000,
    });
  }
  const seen = members.map((member) => payloadsOf(member.of("room")));
  assertEquals(new Set(seen[0]).size, seen[0]!.length);
  for (const each of seen) assertEquals(each, seen[0]);
  for (const member of members) isChained(member.of("room"));
}

function isChained(publications: readonly Publication[]): void {
  for (const [index, { offset, previous }] of publications.entries()) {
    const before = publications[index - 1];
    if (before !== undefined) assertEquals(previous, before.offset);
    assert(offset > (before?.offset ?? 0));
  }
}

Deno.test({
  name:
    "A NATS that is killed and comes back has lost nothing that it acknowledged, and every node has it once, in order",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    const urls = new Array<string>(NODES).fill(server.url);
    await using nodes = await Nodes.start(urls);
    const { members } = nodes;
    const load = publishAll(members);
    for (const goal of [100, 200]) {
      await eventually(() => load.count() >= goal, { awaited: "load" });
      await server.kill();
      await Promise.all(members.map(isAway));
      const request = { channel: "room", payload: "x", history: KEEP_ALL };
      await assertRejects(async () =>
        await members[0]!.broker.publish(request)
      );
      await server.start();
      await Promise.all(members.map(isReady));
    }
    const { count } = load;
    const before = count();
    await eventually(() => count() >= before + 50, { awaited: "more load" });
    const { acknowledged, failures } = await load.stop();
    assert(failures > 0);
    await haveAll(members, acknowledged);
    for (const { checks } of members) assert(checks >= 2);
  },
});

Deno.test({
  name:
    "A NATS that has lost its newest writes goes on with another epoch, as soon as a node that has seen them is back",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using nodes = await Nodes.start([server.url, server.url]);
    const { members } = nodes;
    const [first, second] = members;
    await first!.publishKept("room", ..."abc");
    await second!.receives(3, "room");
    await server.kill();
    for (const member of members) await isAway(member);
    const putBack = await server.keep();
    await server.start();
    for (const member of members) await isReady(member);
    await first!.publishKept("room", ..."de");
    const seen = (await second!.receives(5, "room")).at(-1)!;
    await server.kill();
    for (const member of members) await isAway(member);
    await putBack();
    await server.start();
    for (const member of members) await isReady(member);
    // Their offsets are given a second time.
    await first!.publishKept("room", ..."DEF");
    const position = await second!.broker.position("room");
    assert(position.epoch !== seen.epoch);
    const query = { since: seen, mode: "stream" as const };
    assertEquals(
      (await second!.broker.recover("room", query)).recovered,
      false,
    );
    const delivered = await second!.receives(8, "room");
    assertEquals(payloadsOf(delivered), [..."abcdeDEF"]);
    assertEquals(delivered.at(-1)?.epoch, position.epoch);
    for (const { checks } of members) assert(checks >= 2);
  },
});

Deno.test({
  name: "A NATS that comes back without its data begins another epoch",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using nodes = await Nodes.start([server.url, server.url]);
    const [first, second] = nodes.members;
    await first!.publishKept("room", "a", "b");
    const [seen] = await second!.receives(2, "room");
    await server.kill();
    await isAway(first!);
    await isAway(second!);
    await server.forget();
    await server.start();
    for (const member of nodes.members) await isReady(member);
    await first!.publishKept("room", "c", "d");
    await second!.receives(4, "room");
    const position = await second!.broker.position("room");
    assert(position.epoch !== seen!.epoch);
    const query = { since: seen!, mode: "stream" as const };
    const { recovered } = await second!.broker.recover("room", query);
    assertEquals(recovered, false);
    for (const { checks } of nodes.members) assert(checks > 0);
  },
});

Deno.test({
  name:
    "A node that was cut off for 10 s has everything in order afterwards, and the others do not wait for it",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using proxy = new TcpProxy(server.url.replace("nats:", "http:"));
    const cutOff = proxy.url.replace("http:", "nats:");
    await using nodes = await Nodes.start([server.url, server.url, cutOff]);
    const { members } = nodes;
    const load = publishAll(members.slice(0, 2));
    await eventually(() => load.count() >= 50, { awaited: "load" });
    for (const cut of [() => proxy.cut(), () => proxy.freeze()]) {
      const before = load.count();
      cut();
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      assertEquals(members[2]!.broker.ready, false);
      assert(load.count() > before + 100, `${load.count() - before}`);
      proxy.restore();
      await isReady(members[2]!);
    }
    const { acknowledged, failures } = await load.stop();
    assertEquals(failures, 0);
    await haveAll(members, acknowledged);
    assert(members[2]!.checks >= 2);
  },
});

Deno.test({
  name:
    "A slow NATS slows its answers and nothing else; what takes too long is refused in time",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using proxy = new TcpProxy(server.url.replace("nats:", "http:"));
    const url = proxy.url.replace("http:", "nats:");
    await using nodes = await Nodes.start([url]);
    const [member] = nodes.members;
    const { broker } = member!;
    proxy.delayMs = 300;
    const request = { channel: "room", payload: "slow", history: KEEP_ALL };
    const begin = systemClock.now;
    const publishing = broker.publish(request);
    // The event loop is free meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 1));
    assertLess(systemClock.now - begin, 250);
    await publishing;
    assert(systemClock.now - begin >= 300);
    proxy.delayMs = 0;
    proxy.freeze();
    const stuck = systemClock.now;
    await assertRejects(async () => await broker.publish(request));
    assertLess(systemClock.now - stuck, 15_000);
    proxy.restore();
    await isReady(member!);
    await eventually(async () => {
      try {
        await broker.publish({ ...request, payload: "again" });
        return true;
      } catch {
        return false;
      }
    }, { awaited: "a publication" });
    await eventually(() => payloadsOf(member!.of("room")).includes("again"), {
      awaited: "its delivery",
    });
    isChained(member!.of("room"));
  },
});

Deno.test({
  name: "A node closes in time though NATS does not answer any more",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using proxy = new TcpProxy(server.url.replace("nats:", "http:"));
    const member = new Member(natsBroker(proxy.url.replace("http:", "nats:")));
    member.broker.start(member);
    await isReady(member);
    await member.broker.subscribe("room");
    proxy.freeze();
    const stuck = assertRejects(async () =>
      await member.broker.publish({ channel: "room", payload: "x" })
    );
    const begin = systemClock.now;
    await member.broker.close();
    assertLess(systemClock.now - begin, 3_000);
    await stuck;
  },
});

Deno.test({
  name: "A node takes another server of its list when one is not there",
  ignore,
  async fn() {
    const [away] = freePorts(1);
    await using server = await NatsServer.start();
    const url = `nats://127.0.0.1:${away},127.0.0.1:${server.port}`;
    await using nodes = await Nodes.start([url]);
    const [member] = nodes.members;
    await member!.publishKept("room", "a");
    assertEquals(payloadsOf(await member!.receives(1, "room")), ["a"]);
  },
});

Deno.test({
  name:
    "What is larger than NATS takes is refused for good, and nothing is stored",
  ignore,
  fn: async () => {
    await using server = await NatsServer.start();
    await using nodes = await Nodes.start([server.url]);
    const [{ broker }] = nodes.members as [Member];
    const publish = (payload: string) =>
      broker.publish({ channel: "room", payload, history: KEEP_ALL });
    const error = await assertRejects(
      async () => await publish("x".repeat(2_000_000)),
      ProtocolError,
      "NATS takes at most 1048576",
    );
    assertEquals([error.code, error.temporary], [106, undefined]);
    const published = await publish("small");
    assertEquals(published.offset, (await broker.position("room")).offset);
  },
});

Deno.test({
  name: "A node that is halted does not fail those who publish to its channels",
  ignore,
  fn: async () => {
    await using server = await NatsServer.start();
    await using nodes = await Nodes.start([server.url]);
    const [{ broker }] = nodes.members as [Member];
    const halted = natsStore(server.url);
    halted.link.subscribe(halted.subjects.live("news"), () => {});
    halted.link.open();
    await eventually(() => halted.link.ready, { awaited: "the halted node" });
    for (const history of [KEEP_ALL, undefined]) {
      const request = { channel: "news", payload: "x", history };
      const skipHistory = history === undefined;
      const { delivered } = await broker.publish({ ...request, skipHistory });
      assert(delivered);
    }
    halted.stop();
    await halted.link.close();
  },
});
