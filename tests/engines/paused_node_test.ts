/** Servers that stand still for longer than a presence lease, as a machine that is moved or swaps does. */

import { assert, assertEquals } from "@std/assert";
import { BrokerNodes, isReady } from "../support/broker_nodes.ts";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import { TestServer } from "../support/server.ts";
import { requireBrokers, type SharedBroker } from "../support/shared_broker.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { LEASE_MS } from "../e2e/short_lease_server.ts";
import { connect } from "../e2e/text_server.ts";

const PAUSE_MS = LEASE_MS + 500;
/** A third of a lease: so often it is renewed. */
const RENEWED_WITHIN_MS = LEASE_MS / 3;
/** What the heartbeat calls silence, shorter than the pause. */
const env = {
  INSECURE_ANONYMOUS_ALL: "true",
  HEARTBEAT_TIMEOUT: "3s",
  PING_INTERVAL: "2s",
  PONG_TIMEOUT: "1500ms",
};
const main = "tests/e2e/short_lease_server.ts";

/** Stops processes until it is disposed of. */
class Pause implements Disposable {
  readonly #servers: readonly TestServer[];

  constructor(...servers: readonly TestServer[]) {
    this.#servers = servers;
    for (const server of servers) server.signal("SIGSTOP");
  }

  [Symbol.dispose](): void {
    for (const server of this.#servers) server.signal("SIGCONT");
  }
}

/** How many clients are present, as a node of theirs knows it. */
async function countPresent(follower: Follower): Promise<number> {
  const { reply } = await follower.ask({ presence_stats: { channel: "room" } });
  const stats = Object(reply.presence_stats);
  return Number(stats.num_clients ?? 0);
}

async function publishAll(
  follower: Follower,
  prefix: string,
): Promise<readonly string[]> {
  const all = Array.from({ length: 40 }, (_, index) => `${prefix} ${index}`);
  for (const data of all) await follower.publish(data);
  return all;
}

/** Three nodes with a broker, the last of them by a proxy. */
class Nodes implements AsyncDisposable {
  readonly going: TestServer;
  readonly paused: TestServer;
  readonly severed: TestServer;
  readonly proxy: TcpProxy;
  readonly #stack: AsyncDisposableStack;

  private constructor(
    nodes: Pick<Nodes, "going" | "paused" | "severed" | "proxy">,
    stack: AsyncDisposableStack,
  ) {
    ({
      going: this.going,
      paused: this.paused,
      severed: this.severed,
      proxy: this.proxy,
    } = nodes);
    this.#stack = stack;
  }

  static async start({ start: broker }: SharedBroker): Promise<Nodes> {
    await using stack = new AsyncDisposableStack();
    const { broker: { url }, nodes: [going, paused] } = stack.use(
      await BrokerNodes.start(2, { broker, env, main }),
    );
    assert(going !== undefined && paused !== undefined);
    const proxy = stack.use(TcpProxy.beside(url));
    const severed = stack.use(
      await TestServer.start({
        env: { ...env, BROKER_URL: proxy.targetUrl },
        main,
        mode: "run",
      }),
    );
    await isReady(severed);
    return new Nodes({ going, paused, severed, proxy }, stack.move());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** Plays it with a kind of broker. */
async function pauseNodes(kind: SharedBroker): Promise<void> {
  await using nodes = await Nodes.start(kind);
  const { going, paused, severed, proxy } = nodes;
  await using watcher = await Follower.open(going.wsUrl, "room", kind);
  await using patient = await Follower.open(paused.wsUrl, "room", kind);
  await using unlucky = await Follower.open(severed.wsUrl, "room", kind);
  await using text = await connect(paused);
  text.send("+#room");
  assertEquals(await text.next(), "+#room");
  assertEquals(await countPresent(watcher), 4);
  await watcher.publish("before");
  for (const each of [patient, unlucky]) await each.sees("before");

  const expected = ["before"];
  {
    using _ = new Pause(paused, severed);
    const from = performance.now();
    // The broker keeps for the one what it misses, and has forgotten the other.
    proxy.cut();
    expected.push(...await publishAll(watcher, "early"));
    await eventually(async () => await countPresent(watcher) === 1, {
      awaited: "those who stand still to be gone from presence",
      timeoutMs: PAUSE_MS * 2,
    });
    await eventually(() => performance.now() - from > PAUSE_MS, {
      awaited: "the end of the pause",
      timeoutMs: PAUSE_MS * 2,
    });
    expected.push(...await publishAll(watcher, "late"));
    proxy.restore();
  }

  const all = [watcher, patient, unlucky];
  await eventually(async () => await countPresent(watcher) === 4, {
    awaited: "them to be back",
    timeoutMs: RENEWED_WITHIN_MS,
  });
  await Promise.all([patient.sees("late 39"), unlucky.sees("late 39")]);
  for (const [index, follower] of all.entries()) {
    const { reply } = await follower.publish(`after ${index}`);
    assertEquals(reply.error, undefined);
    expected.push(`after ${index}`);
  }
  for (const follower of all) {
    await follower.sees("after 2");
    assertEquals(follower.seen, expected);
    assertEquals(follower.faults, []);
  }
  assertEquals([watcher.told, patient.told], [[], []]);
  const told = unlucky.told.map(({ code, recovered }) => [code, recovered]);
  assertEquals(told, kind.catchesUp ? [] : [[2500, true]]);
  text.send("ping");
  await eventually(() => text.pending.includes("pong"), {
    awaited: "a pong",
  });
  assertEquals(text.pending, [
    ...expected.map((data) => `#room:${data}`),
    "pong",
  ]);
}

for (const kind of requireBrokers()) {
  Deno.test({
    name:
      `Nodes with ${kind.name} that stand still for longer than a lease lose no client and no publication; their clients are gone from presence meanwhile, and back after`,
    ignore: kind.missing,
    fn: () => pauseNodes(kind),
  });
}
