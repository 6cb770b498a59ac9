/** Several deployments on one Redis, each with a database of its own. */

import { assertEquals, assertThrows } from "@std/assert";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock as clock } from "../../lib/base/clock.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import { KEEP_ALL, Member, payloadsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { isReady, START_MS } from "./redis_cluster.ts";

const ignore = requireTool("redis-server").missing;

/** Makes a node of the database that `url` names. */
async function makeMember(url: string): Promise<Member> {
  const link = await connectRedis(url, { clock, random });
  return new Member(new RedisBroker({ link, clock, random }));
}

/** Starts a node and subscribes it to `room`. */
async function join(member: Member): Promise<void> {
  member.broker.start(member);
  await isReady(member, { timeoutMs: START_MS });
  await member.broker.subscribe("room");
}

Deno.test({
  name:
    "Nodes hear those of their own database, and no others; without a number it is 0",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const paths = ["", "/0", "/1", "/01", "/2"];
    await using nodes = new AsyncDisposableStack();
    const members = await Promise.all(
      paths.map((path) => makeMember(`${server.url}${path}`)),
    );
    for (const { broker } of members) nodes.defer(() => broker.close());
    await Promise.all(members.map(join));
    for (const [index, { broker }] of members.entries()) {
      const payload = paths[index]!;
      await broker.publish({ channel: "room", payload, history: KEEP_ALL });
    }
    const delivered = await Promise.all(
      members.map(async (member) => payloadsOf(await member.settled("room"))),
    );
    assertEquals(delivered, [
      ...[["", "/0"], ["", "/0"]],
      ...[["/1", "/01"], ["/1", "/01"]],
      ["/2"],
    ]);
    const [first] = members;
    assertEquals((await first!.broker.call(undefined, "?")).length, 2);
    const last = members.at(-1)!.broker.node;
    assertEquals(await first!.broker.call(last, "?"), []);
    for (const { checks } of members) assertEquals(checks, 0);
  },
});

Deno.test("An address that is none of Redis is refused before anybody connects", () => {
  for (const url of ["http://localhost", "redis://localhost/one", "redis"]) {
    assertThrows(() => connectRedis(url, { clock, random }), TypeError);
  }
});

Deno.test({
  name: "A database that Redis does not have is told of once",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const errors: string[] = [];
    const link = await connectRedis(`${server.url}/99`, {
      clock,
      random,
      onError: (error) => errors.push(String(error)),
    });
    link.open();
    await eventually(() => errors.length > 0, { awaited: "an error" });
    // By then some attempts have failed.
    await new Promise((done) => setTimeout(done, 500));
    assertEquals(errors, ["Error: ERR DB index is out of range"]);
    assertEquals(link.ready, false);
    await link.close();
  },
});
