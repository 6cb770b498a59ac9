/** The network between a server and its engine goes, or is slow: what clients see of it, the same with every engine. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import { TestServer } from "../support/server.ts";
import { requireBrokers, type SharedBroker } from "../support/shared_broker.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { statusOf } from "../support/broker_nodes.ts";

const OUTAGE_MS = 10_000;
/** The promise for a publication that has no answer. */
const REFUSED_WITHIN_MS = 9_000;
/** A server that waits for its engine answers all else at once. */
const AT_ONCE_MS = 1_500;

/** A server beside its engine, another one behind a proxy, and a subscriber of each. */
interface Scene {
  readonly proxy: TcpProxy;
  readonly far: TestServer;
  readonly followers: readonly [near: Follower, far: Follower];
}

async function inScene(
  kind: SharedBroker,
  run: (scene: Scene) => Promise<void>,
): Promise<void> {
  await using engine = await kind.start();
  await using proxy = TcpProxy.beside(engine.url);
  await using near = await openServer(engine.url);
  await using far = await openServer(proxy.targetUrl);
  await using first = await Follower.open(near.wsUrl, "room", kind);
  await using second = await Follower.open(far.wsUrl, "room", kind);
  await run({ proxy, far, followers: [first, second] });
}

async function openServer(url: string): Promise<TestServer> {
  const server = await TestServer.start({
    env: { INSECURE_ANONYMOUS_ALL: "true", BROKER_URL: url },
  });
  await isReady(server);
  return server;
}

async function isReady(server: TestServer): Promise<void> {
  await eventually(async () => await statusOf(server, "/readyz") === 200, {
    awaited: "a server that is ready",
    timeoutMs: 30_000,
  });
}

/** A follower has seen this, in this order, once, however it came. */
async function hasSeen(
  follower: Follower,
  data: readonly unknown[],
): Promise<void> {
  await follower.sees(data.at(-1), 30_000);
  assertEquals(follower.seen, data);
  assertEquals(follower.faults, []);
  for (const { recovered } of follower.told) assert(recovered);
}

for (const kind of requireBrokers()) {
  const { name, missing: ignore } = kind;
  Deno.test({
    name:
      `A server whose network to ${name} is away for 10 s refuses in time, answers all else, and its clients miss nothing`,
    ignore,
    fn: () =>
      inScene(kind, async ({ proxy, far, followers }) => {
        const [near, behind] = followers;
        await near.publish("0");
        await behind.sees("0");
        proxy.freeze();
        const from = performance.now();
        const lost = behind.publish("lost");
        const published = ["0"];
        while (performance.now() - from < OUTAGE_MS) {
          const data = `${published.length}`;
          assertEquals((await near.publish(data)).reply.error, undefined);
          published.push(data);
          const asked = performance.now();
          assertEquals(await statusOf(far, "/healthz"), 200);
          assertLess(performance.now() - asked, AT_ONCE_MS);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        const { reply, ms } = await lost;
        assertEquals((reply.error as { code?: number })?.code, 100);
        assertLess(ms, REFUSED_WITHIN_MS);
        proxy.restore();
        await isReady(far);
        await behind.publish("end");
        await hasSeen(near, [
          ...near.seen.filter((data) => data !== "end"),
          "end",
        ]);
        // A publication that was refused may have arrived all the same.
        const all = near.seen;
        assertEquals(
          all.filter((data) => data !== "lost"),
          [...published, "end"],
        );
        await hasSeen(behind, all);
      }),
  });

  Deno.test({
    name:
      `A ${name} that is slow delays publications and nothing else, and each arrives once`,
    ignore,
    fn: () =>
      inScene(kind, async ({ proxy, far, followers }) => {
        const [near, behind] = followers;
        proxy.delayMs = 150;
        const published = Array.from({ length: 20 }, (_, n) => `${n}`);
        const answers = published.map((data) => behind.publish(data));
        const asked = performance.now();
        assertEquals(await statusOf(far, "/healthz"), 200);
        assertLess(performance.now() - asked, AT_ONCE_MS);
        for (const { reply, ms } of await Promise.all(answers)) {
          assertEquals(reply.error, undefined);
          assert(ms >= 150 && ms < 5_000, `${ms} ms`);
        }
        await hasSeen(near, published);
        await hasSeen(behind, published);
      }),
  });
}
