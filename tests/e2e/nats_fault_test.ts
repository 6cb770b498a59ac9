/** NATS with the faults of every broker, and those that only NATS has. */

import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { ProtocolError } from "../../lib/base/errors.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { NatsBroker } from "../../lib/broker/nats/broker.ts";
import { KEEP_ALL, Member, payloadsOf } from "../conformance/broker_scene.ts";
import { testFaults } from "../conformance/faults.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free_port.ts";
import { natsBroker, natsStore } from "../support/nats_nodes.ts";
import { NatsServer } from "../support/nats_server.ts";
import { NatsStreams } from "../support/nats_streams.ts";
import { requireTool } from "../support/requirements.ts";
import { requireBroker } from "../support/shared_broker.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { isAway, isReady, NatsMembers } from "./nats_members.ts";

const ignore = requireTool("nats-server").missing;

testFaults(requireBroker("NATS"));

Deno.test({
  name:
    "A NATS that has lost its newest writes goes on with another epoch, as soon as a node that has seen them is back",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using nodes = await NatsMembers.start([server.url, server.url]);
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
  name:
    "A node that comes back later than others finds that NATS has lost what it has seen, though others have published in its place",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using proxy = new TcpProxy(server.url);
    const store = natsStore(proxy.targetUrl);
    const random = systemRandom;
    const late = new Member(
      new NatsBroker({ store, clock: systemClock, random }),
    );
    await using stack = new AsyncDisposableStack();
    stack.defer(() => late.broker.close());
    late.broker.start(late);
    await isReady(late);
    await late.broker.subscribe("room");
    const publish = async (payloads: string) => {
      await using others = await NatsMembers.start([server.url]);
      await others.members[0]!.publishKept("room", ...payloads);
    };
    await publish("abc");
    await late.receives(3, "room");
    await server.kill();
    await isAway(late);
    const putBack = await server.keep();
    await server.start();
    await isReady(late);
    await publish("de");
    const seen = (await late.receives(5, "room")).at(-1)!;
    proxy.cut();
    await server.kill();
    await isAway(late);
    await putBack();
    await server.start();
    await publish("DEFGHIJK");
    await using streams = await NatsStreams.connect(server.url);
    const { stream } = store.subjects;
    const subject = store.subjects.stored("room");
    const { messages } = await streams.jetStream.read(stream, subject);
    // They may arrive before the node has looked at the stream.
    for (const { seq, data } of messages.slice(-4)) store.see(seq, data);
    proxy.restore();
    await isReady(late);
    const { epoch, offset } = await late.broker.position("room");
    assertLess(seen.offset, offset);
    assert(epoch !== seen.epoch);
    const query = { since: seen, mode: "stream" as const };
    assertEquals((await late.broker.recover("room", query)).recovered, false);
  },
});

Deno.test({
  name:
    "A stream gets another epoch each time that its description is replaced",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    const epochs = [];
    for (let count = 0; count < 4; count++) {
      await using nodes = await NatsMembers.start([server.url]);
      const [{ broker }] = nodes.members as [Member];
      epochs.push((await broker.position("room")).epoch);
      if (count === 0) continue;
      await using streams = await NatsStreams.connect(server.url);
      const { jetStream } = streams;
      const info = await jetStream.call("STREAM.INFO.thrum_publications");
      const config = { ...info.config as object, description: "restored" };
      await jetStream.call("STREAM.UPDATE.thrum_publications", config);
    }
    const [first, ...rest] = epochs;
    assertEquals(rest[0], first);
    assertEquals(new Set(rest).size, 3);
  },
});

Deno.test({
  name: "A node closes in time though NATS does not answer any more",
  ignore,
  async fn() {
    await using server = await NatsServer.start();
    await using proxy = new TcpProxy(server.url);
    const member = new Member(natsBroker(proxy.targetUrl));
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
    const away = freePort();
    await using server = await NatsServer.start();
    const url = `nats://127.0.0.1:${away},127.0.0.1:${server.port}`;
    await using nodes = await NatsMembers.start([url]);
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
    await using nodes = await NatsMembers.start([server.url]);
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
  name:
    "What is larger than its stream takes is refused for good, and nothing is stored",
  ignore,
  fn: async () => {
    await using server = await NatsServer.start();
    await using nodes = await NatsMembers.start([server.url]);
    const [{ broker }] = nodes.members as [Member];
    await using streams = await NatsStreams.connect(server.url);
    const { jetStream } = streams;
    const info = await jetStream.call("STREAM.INFO.thrum_publications");
    const config = { ...info.config as object, max_msg_size: 1_000 };
    await jetStream.call("STREAM.UPDATE.thrum_publications", config);
    const publish = (payload: string) =>
      broker.publish({ channel: "room", payload, history: KEEP_ALL });
    const error = await assertRejects(
      async () => await publish("x".repeat(2_000)),
      ProtocolError,
      "the stream takes fewer",
    );
    assertEquals([error.code, error.temporary], [106, undefined]);
    const published = await publish("small");
    assertEquals(published.offset, (await broker.position("room")).offset);
  },
});

Deno.test({
  name:
    "The newest version of a channel is known for as long as older ones are published, though the stream drops what is old",
  ignore,
  fn: async () => {
    await using server = await NatsServer.start();
    await using nodes = await NatsMembers.start([`${server.url}?maxAge=2s`]);
    const [{ broker }] = nodes.members as [Member];
    const publish = async (number: number) => {
      const { delivered } = await broker.publish({
        ...{ channel: "room", payload: `${number}`, history: KEEP_ALL },
        version: { number, epoch: "" },
      });
      return delivered;
    };
    assert(await publish(2));
    for (let second = 1; second <= 4; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      assertEquals(await publish(1), false);
    }
  },
});

Deno.test({
  name: "A node that is halted does not fail those who publish to its channels",
  ignore,
  fn: async () => {
    await using server = await NatsServer.start();
    await using nodes = await NatsMembers.start([server.url]);
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
