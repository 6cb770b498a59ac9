/** A Redis Cluster of its own for a test, whose servers can be killed and whose slots can be moved. */

import { PARTITIONS, slotOf } from "../../lib/broker/redis/names.ts";
import { eventually } from "./eventually.ts";
import { freePorts } from "./free_port.ts";
import { RedisServer, type RedisServerOptions } from "./redis_server.ts";
import type { BrokerServer } from "./shared_broker.ts";

const SLOTS = 16_384;
/** Keys that move at once. */
const KEYS_AT_ONCE = 100;

/** Size and settings of a cluster. */
export interface RedisClusterOptions
  extends Pick<RedisServerOptions, "durable" | "settings"> {
  /** @default {3} */
  readonly primaries?: number;
  /** Whether each primary has a replica. @default {false} */
  readonly replicated?: boolean;
}

/** Running servers that are one cluster; disposing of it kills them. */
export class RedisClusterServers implements BrokerServer {
  readonly primaries: readonly RedisServer[];
  /** Replicas in the order of their primaries. */
  readonly replicas: readonly RedisServer[];

  private constructor(
    primaries: readonly RedisServer[],
    replicas: readonly RedisServer[],
  ) {
    this.primaries = primaries;
    this.replicas = replicas;
  }

  /** Starts the servers; resolves once they are a cluster that takes writes. */
  static async start(
    { primaries = 3, replicated = false, ...options }: RedisClusterOptions = {},
  ): Promise<RedisClusterServers> {
    const count = replicated ? 2 * primaries : primaries;
    const servers = await startServers(count, options);
    const cluster = new RedisClusterServers(
      servers.slice(0, primaries),
      servers.slice(primaries),
    );
    try {
      await cluster.#form();
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A server that has no slot yet; it belongs to the test, which ends it. */
  async join(): Promise<RedisServer> {
    const [server] = await startServers(1);
    const known = this.servers.length + 1;
    await this.#meet(server!, 0);
    await eventually(() => isSound(server!, known), {
      awaited: "a new server that takes writes",
      timeoutMs: 20_000,
    });
    return server!;
  }

  get servers(): readonly RedisServer[] {
    return [...this.primaries, ...this.replicas];
  }

  /** URL with all primaries. */
  get url(): string {
    const hosts = this.primaries.map(({ port }) => `127.0.0.1:${port}`);
    return `redis://${hosts.join()}${hosts.length > 1 ? "" : "?cluster=true"}`;
  }

  /** The cluster as what one server has for its broker: its end empties the cluster for the next one. */
  lend(): Promise<{ readonly url: string } & AsyncDisposable> {
    const { url } = this;
    return Promise.resolve({
      url,
      [Symbol.asyncDispose]: () => this.clear(),
    });
  }

  /** Removes all keys. */
  async clear(): Promise<void> {
    for (const primary of this.primaries) await primary.command("FLUSHALL");
  }

  /** The primary of a partition, as long as no slot was moved. */
  primaryOf(partition: number): RedisServer {
    const share = Math.ceil(SLOTS / this.primaries.length);
    return this.primaries[Math.floor(slotOf(partition) / share)]!;
  }

  /** The partitions of a primary, as long as no slot was moved. */
  partitionsOf(primary: RedisServer): number[] {
    return PARTITIONS.filter((each) => this.primaryOf(each) === primary);
  }

  /** Starts all servers again; resolves once they take writes. */
  async start(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.start()));
    await this.#areSound();
  }

  async kill(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()));
  }

  async keep(): Promise<() => Promise<void>> {
    const all = await Promise.all(this.servers.map((server) => server.keep()));
    return async () => {
      for (const putBack of all) await putBack();
    };
  }

  async forget(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.forget()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.servers) await server[Symbol.asyncDispose]();
  }

  async #areSound(): Promise<void> {
    const { servers } = this;
    await Promise.all(
      servers.map((server) =>
        eventually(() => isSound(server, servers.length), {
          awaited: "a cluster that takes writes",
          timeoutMs: 20_000,
        })
      ),
    );
  }

  async #form(): Promise<void> {
    const share = Math.ceil(SLOTS / this.primaries.length);
    for (const [index, server] of this.servers.entries()) {
      await ask(server, "CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
    }
    for (const [index, server] of this.primaries.entries()) {
      const first = share * index;
      const last = Math.min(first + share, SLOTS) - 1;
      const range = [String(first), String(last)];
      await ask(server, "CLUSTER", "ADDSLOTSRANGE", ...range);
    }
    for (const server of this.servers.slice(1)) await this.#meet(server, 0);
    const { servers } = this;
    await Promise.all(
      servers.map((server) =>
        eventually(() => knows(server, servers.length), {
          awaited: "a cluster to form",
          timeoutMs: 20_000,
        })
      ),
    );
    for (const [index, replica] of this.replicas.entries()) {
      await replicate(replica, this.primaries[index]!);
    }
    await this.#areSound();
  }

  async #meet(server: RedisServer, index: number): Promise<void> {
    const { port } = this.servers[index]!;
    const bus = busPorts.get(this.servers[index]!)!;
    const address = ["127.0.0.1", String(port), String(bus)];
    await ask(server, "CLUSTER", "MEET", ...address);
  }
}

/** Starts the cluster that the tests of a file share, because its start takes longer than most of them. */
export async function redisClusterOfFile(
  options?: RedisClusterOptions,
): Promise<RedisClusterServers> {
  const servers = await RedisClusterServers.start(options);
  Deno.test.afterAll(() => servers[Symbol.asyncDispose]());
  return servers;
}

/** A slot on its way from one primary to another. */
export class MovingSlot {
  readonly #slot: string;
  readonly #from: RedisServer;
  readonly #to: RedisServer;

  constructor(slot: number, from: RedisServer, to: RedisServer) {
    this.#slot = String(slot);
    this.#from = from;
    this.#to = to;
  }

  /** Begins the move: keys that the old primary does not have are not made there any more. */
  async begin(): Promise<void> {
    await this.#set(this.#to, "IMPORTING", await idOf(this.#from));
    await this.#set(this.#from, "MIGRATING", await idOf(this.#to));
  }

  /** Moves so many keys; returns false if there are none. */
  async moveKeys(count = KEYS_AT_ONCE): Promise<boolean> {
    const range = ["GETKEYSINSLOT", this.#slot, String(count)];
    const keys = listIn(await ask(this.#from, "CLUSTER", ...range));
    if (keys.length === 0) return false;
    const target = ["127.0.0.1", String(this.#to.port), "", "0", "5000"];
    await ask(this.#from, "MIGRATE", ...target, "KEYS", ...keys);
    return true;
  }

  /** Gives the slot to the new primary, and all its keys. */
  async end(): Promise<void> {
    while (await this.moveKeys());
    const id = await idOf(this.#to);
    await this.#set(this.#to, "NODE", id);
    // Keys that were made meanwhile.
    while (await this.moveKeys());
    await this.#set(this.#from, "NODE", id);
  }

  async #set(server: RedisServer, ...args: string[]): Promise<void> {
    await ask(server, "CLUSTER", "SETSLOT", this.#slot, ...args);
  }
}

/** Port by which a server speaks to the others. */
const busPorts = new WeakMap<RedisServer, number>();

/** Starts so many servers that know nothing of each other. */
async function startServers(
  count: number,
  { settings = [], durable = false }: RedisServerOptions = {},
): Promise<RedisServer[]> {
  const ports = freePorts(2 * count);
  return await Promise.all(Array.from({ length: count }, async (_, index) => {
    const bus = ports[count + index]!;
    const server = await RedisServer.start({
      port: ports[index]!,
      durable,
      settings: [
        ...["--cluster-enabled", "yes", "--cluster-port", String(bus)],
        // Beside its data: a server that forgets them stays in the cluster.
        ...["--cluster-config-file", "../nodes.conf"],
        ...["--cluster-node-timeout", "1000"],
        ...["--repl-diskless-sync-delay", "0"],
        // Else a primary without slots becomes a replica by itself.
        ...["--cluster-allow-replica-migration", "no"],
        ...settings,
      ],
    });
    busPorts.set(server, bus);
    return server;
  }));
}

async function replicate(
  replica: RedisServer,
  primary: RedisServer,
): Promise<void> {
  await ask(replica, "CLUSTER", "REPLICATE", await idOf(primary));
  await eventually(
    async () =>
      /master_link_status:up/.test(await ask(replica, "INFO", "replication")),
    {
      awaited: "a replica to have its data",
      timeoutMs: 20_000,
    },
  );
}

/** Sends a command; throws if the answer is an error. */
async function ask(server: RedisServer, ...args: string[]): Promise<string> {
  const answer = await server.command(...args);
  if (answer.startsWith("-")) throw new Error(`${args}: ${answer}`);
  return answer;
}

async function idOf(server: RedisServer): Promise<string> {
  const [, id = ""] = (await ask(server, "CLUSTER", "MYID")).split("\r\n");
  return id;
}

async function knows(server: RedisServer, count: number): Promise<boolean> {
  const nodes = await ask(server, "CLUSTER", "NODES");
  const lines = nodes.split("\n").filter((line) => line.includes(" connected"));
  return lines.length === count && !nodes.includes("handshake");
}

async function isSound(server: RedisServer, count: number): Promise<boolean> {
  const info = await ask(server, "CLUSTER", "INFO");
  return [
    "cluster_state:ok",
    `cluster_known_nodes:${count}\r`,
    `cluster_slots_assigned:${SLOTS}\r`,
  ].every((line) => info.includes(line));
}

/** Texts of a list, as Redis writes it. */
function listIn(answer: string): string[] {
  return answer.split("\r\n").slice(1, -1).filter((_, index) =>
    index % 2 === 1
  );
}
