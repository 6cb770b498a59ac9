/** Two machines and a Redis, as network namespaces: the link of one is cut, and heals. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { Follower } from "../support/follower.ts";
import { Machine, whyNoNamespaces } from "../support/netns.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";
import { isReady, statusOf } from "../support/broker_nodes.ts";

const redis = requireTool("redis-server");
const refusal = await whyNoNamespaces(1);
const skipped = refusal === undefined ? "" : ` (skipped: ${refusal})`;
/** A node that hears nothing of Redis gives it up within that time. */
const GIVEN_UP_WITHIN_MS = 6_000;
const AT_ONCE_MS = 1_000;
const BACK_WITHIN_MS = 5_000;

/** Machines that reach a Redis, a server on each, and a subscriber of each server. */
class Network implements AsyncDisposable {
  readonly machines: Machine[] = [];
  readonly servers: TestServer[] = [];
  readonly followers: Follower[] = [];
  readonly #stack = new AsyncDisposableStack();

  static async start(): Promise<Network> {
    const network = new Network();
    try {
      await network.#build();
      return network;
    } catch (error) {
      await network[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async #build(): Promise<void> {
    for (const index of [1, 2]) {
      this.machines.push(this.#stack.use(await Machine.start(index)));
    }
    const gateways = this.machines.map(({ gateway }) => gateway);
    const { port } = this.#stack.use(
      await RedisServer.start({
        settings: [
          ...["--bind", "127.0.0.1", ...gateways],
          ...["--protected-mode", "no"],
        ],
      }),
    );
    for (const { launcher, address, gateway } of this.machines) {
      const server = await TestServer.start({
        launcher,
        env: {
          INSECURE_ANONYMOUS_ALL: "true",
          HOST: address,
          BROKER_URL: `redis://${gateway}:${port}`,
        },
      });
      this.servers.push(this.#stack.use(server));
      await isReady(server);
      const follower = await Follower.open(server.wsUrl, "room");
      this.followers.push(this.#stack.use(follower));
    }
  }
}

const TEMPORARY = { code: 100, message: "internal error", temporary: true };

Deno.test({
  name:
    `A machine that is cut off says so, the other goes on, and after healing each publication is seen once and in one order${skipped}`,
  ignore: redis.missing || refusal !== undefined,
  async fn() {
    await using network = await Network.start();
    const [cut] = network.machines;
    const [far, near] = network.servers;
    const [lonely, happy] = network.followers;
    await lonely!.publish("before");
    for (const follower of [lonely!, happy!]) await follower.sees("before");

    await cut!.cut();
    // It cannot know yet: this one waits, until Redis has not answered for too long.
    const doubtful = await lonely!.publish("doubtful");
    assertEquals(doubtful.reply.error, TEMPORARY);
    assertLess(doubtful.ms, GIVEN_UP_WITHIN_MS);
    assertEquals(await statusOf(far!, "/readyz"), 503);
    for (let count = 0; count < 20; count++) {
      const refused = await lonely!.publish("refused");
      assertEquals(refused.reply.error, TEMPORARY);
      assertLess(refused.ms, AT_ONCE_MS);
      const taken = await happy!.publish(`meanwhile ${count}`);
      assertEquals(taken.reply.error, undefined);
      assertLess(taken.ms, AT_ONCE_MS);
    }
    assertEquals(await statusOf(near!, "/readyz"), 200);
    assertEquals(await statusOf(far!, "/healthz"), 200);
    assertEquals([lonely!.seen, lonely!.told], [["before"], []]);

    await cut!.heal();
    const healedAt = performance.now();
    await isReady(far!, BACK_WITHIN_MS);
    await lonely!.sees("meanwhile 19");
    assertLess(performance.now() - healedAt, BACK_WITHIN_MS);
    await lonely!.publish("after");
    for (const follower of [lonely!, happy!]) {
      await follower.sees("after");
      assertEquals(follower.faults, []);
    }
    assertEquals(lonely!.told.map(({ code, recovered }) => [code, recovered]), [
      [2500, true],
    ]);
    assertEquals(happy!.told, []);
    assertEquals(lonely!.seen, happy!.seen);
    // What was on the wire when it was cut may arrive or not, but never twice.
    const seen = happy!.seen.filter((data) => data !== "doubtful");
    const meanwhile = Array.from({ length: 20 }, (_, n) => `meanwhile ${n}`);
    assertEquals(seen, ["before", ...meanwhile, "after"]);
    assert(happy!.seen.length - seen.length <= 1);
  },
});
