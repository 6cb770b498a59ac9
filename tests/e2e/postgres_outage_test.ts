/** PostgreSQL is killed under servers with clients: what clients and operators are told meanwhile and afterwards. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";
import { isReady, statusOf } from "./redis_nodes.ts";
import { connect } from "./text_server.ts";

const OUTAGE_MS = 3_000;
/** What is refused must not wait for anything. */
const AT_ONCE_MS = 1_000;

/** Asserts what clients of a node are answered while PostgreSQL is away. */
async function assertRefusal(
  node: TestServer,
  follower: Follower,
): Promise<void> {
  await using text = await connect(node);
  text.send("#room:lost");
  assertEquals(await text.next(), "error:100 internal error");
  assertEquals(await statusOf(node, "/readyz"), 503);
  assertEquals(await statusOf(node, "/healthz"), 200);
  const { reply, ms } = await follower.publish("lost");
  const error = { code: 100, message: "internal error", temporary: true };
  assertEquals(reply.error, error);
  assertLess(ms, AT_ONCE_MS);
}

Deno.test({
  name:
    "PostgreSQL is killed for seconds under two servers with load: refusals are at once, and each acknowledged publication is seen on both, once and in one order",
  ignore: requirePostgres().missing,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const postgres = stack.use(await PostgresServer.start({ durable: true }));
    const env = {
      INSECURE_ANONYMOUS_ALL: "true",
      BROKER_URL: postgres.url,
      CHANNEL_HISTORY_SIZE: "1000",
    };
    const nodes: TestServer[] = [];
    const followers: Follower[] = [];
    for (let index = 0; index < 2; index++) {
      const node = stack.use(await TestServer.start({ env }));
      await isReady(node);
      nodes.push(node);
      followers.push(stack.use(await Follower.open(node.wsUrl, "room")));
    }
    const [first, second] = followers;
    const acknowledged: string[] = [];
    let isOver = false;
    const publishing = Array.from({ length: 10 }, async (_, publisher) => {
      for (let count = 0; !isOver; count++) {
        const data = `${publisher}:${count}`;
        const { reply } = await first!.publish(data);
        if (reply.error === undefined) acknowledged.push(data);
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    await eventually(() => second!.seen.length > 200, { awaited: "traffic" });
    const from = performance.now();
    await postgres.kill();
    isOver = true;
    await Promise.all(publishing);
    await eventually(async () => {
      await assertRefusal(nodes[0]!, first!);
      await assertRefusal(nodes[1]!, second!);
      return performance.now() - from > OUTAGE_MS;
    }, { awaited: "the end of the outage", timeoutMs: 20_000 });
    await postgres.start();
    for (const node of nodes) await isReady(node);
    await eventually(async () => {
      return (await second!.publish("end")).reply.error === undefined;
    }, { awaited: "a publication" });
    for (const follower of followers) {
      await follower.sees("end");
      assertEquals(follower.faults, []);
      assert(follower.told.every(({ recovered }) => recovered !== false));
      assertEquals(new Set(follower.seen).size, follower.seen.length);
    }
    assertEquals(second!.seen, first!.seen);
    const seen = new Set(first!.seen);
    assertEquals(acknowledged.filter((data) => !seen.has(data)), []);
    for (const { logs } of nodes) {
      assertEquals(logs.filter(({ level }) => level === "error"), []);
      const ready = logs.filter(({ event }) => event === "postgres_ready");
      assertEquals(ready.length, 2);
    }
  },
});
