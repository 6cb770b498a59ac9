/** Three nodes with a broker, one of them on a machine that is cut off; then another one dies. */

import { isReady } from "../../support/broker_nodes.ts";
import { API_KEY, callApi } from "../../routes/api_server.ts";
import { eventually } from "../../support/eventually.ts";
import { Machine } from "../../support/netns.ts";
import { TestServer } from "../../support/server.ts";
import type { SharedBroker } from "../../support/shared_broker.ts";
import { TcpProxy } from "../../support/tcp_proxy.ts";
import { TextClient } from "../../support/text_client.ts";
import {
  createTrial,
  type Figure,
  type Progress,
  type TrialWith,
} from "./trial.ts";
import { pause } from "./wait.ts";

interface Scale {
  /** Clients of each node. */
  readonly each: number;
  /** Longer than a lease, in milliseconds. */
  readonly partitionMs: number;
  readonly leaseMs: number;
  /** What noticing it may take. */
  readonly marginMs: number;
}

/** No other test has this one. */
const MACHINE = 3;
const CHANNEL = "room";
const TALK_EVERY_MS = 15_000;
const EQUAL_WITHIN_MS = 5_000;
/** A lease of the server as it is; others need a program of their own. */
const LEASE_MS = 30_000;

/** Nodes with clients, the last of them on a machine of its own. */
class Nodes implements AsyncDisposable {
  readonly machine: Machine;
  readonly servers: TestServer[] = [];
  /** `BROKER_URL` here, and on the machine. */
  readonly #urls: readonly [near: string, far: string];
  readonly #stack: AsyncDisposableStack;

  private constructor(
    machine: Machine,
    urls: readonly [near: string, far: string],
    stack: AsyncDisposableStack,
  ) {
    this.machine = machine;
    this.#urls = urls;
    this.#stack = stack;
  }

  static async start(
    kind: SharedBroker,
    { each, leaseMs }: Scale,
  ): Promise<Nodes> {
    await using stack = new AsyncDisposableStack();
    const machine = stack.use(await Machine.start(MACHINE));
    const { url } = stack.use(await kind.start());
    const proxy = stack.use(TcpProxy.beside(url, machine.gateway));
    const urls = [url, proxy.targetUrl] as const;
    const nodes = new Nodes(machine, urls, stack.move());
    try {
      for (const isRemote of [false, false, true]) {
        await nodes.#add(each, leaseMs, isRemote);
      }
      return nodes;
    } catch (error) {
      await nodes[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async #add(each: number, leaseMs: number, isRemote: boolean): Promise<void> {
    const { launcher, address } = this.machine;
    const [near, far] = this.#urls;
    const server = await TestServer.start({
      ...isRemote ? { launcher } : {},
      ...leaseMs === LEASE_MS
        ? {}
        : { mode: "run", main: "tests/e2e/short_lease_server.ts" },
      env: {
        INSECURE_ANONYMOUS_ALL: "true",
        API_KEY,
        HOST: isRemote ? address : "127.0.0.1",
        BROKER_URL: isRemote ? far : near,
        LEASE_MS: String(leaseMs),
      },
    });
    const index = this.servers.push(this.#stack.use(server)) - 1;
    await isReady(server);
    for (let count = 0; count < each; count++) {
      const uid = `node-${index}-${count}`;
      const client = await TextClient.open(`${server.wsUrl}/ws?uid=${uid}`);
      // A server that is killed closes none politely.
      this.#stack.defer(() => void client.close().catch(() => {}));
      client.send(`+#${CHANNEL}`);
      await client.next();
      // A client that is silent for a minute would be evicted.
      const talking = setInterval(() => client.send("pong"), TALK_EVERY_MS);
      this.#stack.defer(() => clearInterval(talking));
    }
  }
}

/** The uids that are present, as a server says; `undefined` where it cannot say. */
async function presentAt({ url }: TestServer): Promise<string | undefined> {
  const body = { channel: CHANNEL };
  const { status, text } = await callApi({ url }, "presence", body);
  const { result } = JSON.parse(text);
  if (status !== 200 || result === undefined) return undefined;
  const clients: { user: string }[] = Object.values(result.presence);
  return clients.map(({ user }) => user).sort().join();
}

/** Milliseconds until all servers say that these nodes' clients are present, and no others. */
async function untilPresent(
  servers: readonly TestServer[],
  { nodes, each, timeoutMs }: {
    readonly nodes: readonly number[];
    readonly each: number;
    readonly timeoutMs: number;
  },
): Promise<number> {
  const from = performance.now();
  const expected = nodes.flatMap((node) =>
    Array.from({ length: each }, (_, count) => `node-${node}-${count}`)
  ).sort().join();
  let found: readonly (string | undefined)[] = [];
  await eventually(async () => {
    found = await Promise.all(servers.map(presentAt));
    return found.every((each) => each === expected);
  }, { awaited: () => `${expected}; found ${found.join(" and ")}`, timeoutMs });
  return performance.now() - from;
}

async function scenario(
  kind: SharedBroker,
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const { each, partitionMs, leaseMs, marginMs } = scale;
  await using nodes = await Nodes.start(kind, scale);
  const { servers, machine } = nodes;
  const [near, dying] = servers;
  const timeoutMs = partitionMs + leaseMs + 10_000;
  await untilPresent(servers, { nodes: [0, 1, 2], each, timeoutMs });
  progress(`${3 * each} clients of 3 nodes`);
  await machine.cut();
  const cutAt = performance.now();
  const absentMs = await untilPresent([near!, dying!], {
    nodes: [0, 1],
    each,
    timeoutMs,
  });
  await pause(partitionMs - (performance.now() - cutAt));
  await machine.heal();
  progress("healed");
  const equalMs = await untilPresent(servers, {
    nodes: [0, 1, 2],
    each,
    timeoutMs,
  });
  dying!.signal("SIGKILL");
  await dying!.exit;
  const goneMs = await untilPresent([near!, servers[2]!], {
    nodes: [0, 2],
    each,
    timeoutMs,
  });
  return [
    { name: "clients", value: 3 * each },
    { name: "partition", value: partitionMs / 1_000, unit: "s" },
    {
      name: "clients of a node that is cut off are gone after",
      value: absentMs,
      unit: "ms",
      atMost: leaseMs + marginMs,
    },
    {
      name: "equal after it heals",
      value: equalMs,
      unit: "ms",
      atMost: EQUAL_WITHIN_MS,
    },
    {
      name: "clients of a dead node are gone after",
      value: goneMs,
      unit: "ms",
      atMost: leaseMs + marginMs,
    },
  ];
}

export const presence: TrialWith = (kind) =>
  createTrial({
    name: "presence",
    promise:
      "Presence of three nodes is equal within 5 s after a partition; a dead node's clients are gone within 30 s",
    kind,
    machine: MACHINE,
    scales: {
      ci: { each: 3, partitionMs: 5_000, leaseMs: 3_000, marginMs: 2_000 },
      full: { each: 50, partitionMs: 60_000, leaseMs: LEASE_MS, marginMs: 500 },
    },
    scenario: (scale: Scale, progress) => scenario(kind, scale, progress),
  });
