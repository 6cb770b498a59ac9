/** Topology of a Redis Cluster: which server is the primary of which partition. */

import type { Clock } from "../../base/clock.ts";
import { deferred } from "../../base/deferred.ts";
import type { RedisLike } from "./connection.ts";
import { PARTITIONS, slotOf } from "./names.ts";
import type { RedisAddress } from "./url.ts";

/** Time in which a server must answer, in milliseconds; then another one is asked. */
const ANSWER_MS = 1_000;

/** Servers of a cluster. */
export interface Topology {
  /** Primary of each partition, as host and port; a partition without one is missing. */
  readonly primaries: ReadonlyMap<number, string>;
  /** All servers, replicas too. */
  readonly servers: ReadonlyMap<string, RedisAddress>;
}

/** Dependencies of {@linkcode TopologySource}. */
export interface TopologySourceDeps {
  /** Servers of which one at least is to be there at the start. */
  readonly seeds: readonly RedisAddress[];
  readonly createClient: (server: RedisAddress) => RedisLike;
  readonly clock: Clock;
}

/** Asks one server after the other, each on a connection of its own: it does not matter which ones are there. */
export class TopologySource {
  readonly #deps: TopologySourceDeps;
  /** Servers that may be asked, the next one first. */
  #servers: Map<string, RedisAddress>;
  #client: RedisLike | undefined;

  constructor(deps: TopologySourceDeps) {
    this.#deps = deps;
    this.#servers = byName(deps.seeds);
  }

  /**
   * Reads the topology of one of the servers, `first` before the others. Each time it
   * begins with another one, because a server that is cut off knows only the past.
   *
   * @throws If no server answers: the error of the last one.
   */
  async read(first?: RedisAddress): Promise<Topology> {
    const preferred = first === undefined ? [] : [first];
    const { seeds } = this.#deps;
    const servers = byName([...preferred, ...this.#servers.values(), ...seeds]);
    let failure: unknown;
    for (const [name, server] of servers) {
      try {
        const topology = await this.#ask(server);
        const there = [...this.#servers]
          .filter(([each]) => topology.servers.has(each));
        this.#servers = new Map([...there, ...topology.servers]);
        this.#servers.delete(name);
        this.#servers.set(name, server);
        return topology;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** Ends the question that is under way. */
  close(): void {
    this.#client?.destroy();
  }

  async #ask(server: RedisAddress): Promise<Topology> {
    const client = this.#deps.createClient(server);
    this.#client = client;
    const late = deferred<never>();
    const stop = this.#deps.clock.after(ANSWER_MS, () => {
      const reason = `has not answered for ${ANSWER_MS} ms`;
      late.reject(new Error(`${nameOf(server)} ${reason}`));
    });
    try {
      const answer = await Promise.race([slotsFrom(client), late.promise]);
      return parseSlots(answer, server);
    } finally {
      stop();
      client.destroy();
    }
  }
}

/** Name of a server: its host and port. */
export function nameOf({ hostname, port }: RedisAddress): string {
  return `${hostname}:${port}`;
}

/**
 * Checks for the error of a server that has not carried a command out: the slot belongs
 * to another one, or is about to; or the cluster is about to replace a primary.
 */
export function isRefused(error: unknown): error is Error {
  return error instanceof Error &&
    /^(?:MOVED|ASK|TRYAGAIN|CLUSTERDOWN)\b/.test(error.message);
}

/** Reads the server that has the slot from an error; `undefined` if it names none, or its host is not known. */
export function serverIn(refusal: string): RedisAddress | undefined {
  const [, hostname, port] = /^MOVED \d+ ([^?]+):(\d+)$/.exec(refusal) ?? [];
  return hostname === undefined ? undefined : { hostname, port: Number(port) };
}

function byName(servers: readonly RedisAddress[]): Map<string, RedisAddress> {
  return new Map(servers.map((server) => [nameOf(server), server]));
}

async function slotsFrom(client: RedisLike): Promise<unknown> {
  await client.connect();
  return await client.sendCommand(["CLUSTER", "SLOTS"]);
}

/**
 * Reads the answer to `CLUSTER SLOTS`: ranges of slots, each as its first and last slot,
 * its primary and its replicas; a server as its host, its port and more.
 *
 * @throws {SyntaxError} If it is another one.
 */
function parseSlots(answer: unknown, asked: RedisAddress): Topology {
  if (!Array.isArray(answer)) throw invalid();
  const primaries = new Map<number, string>();
  const servers: RedisAddress[] = [];
  for (const range of answer) {
    const [from, to, ...parts] = Array.isArray(range) ? range : [];
    if (typeof from !== "number" || typeof to !== "number") throw invalid();
    const found = parts.map((part) => parseServer(part, asked));
    const [primary] = found;
    servers.push(...found.filter((server) => server !== undefined));
    if (primary === undefined) continue;
    for (const partition of PARTITIONS) {
      const slot = slotOf(partition);
      const isThere = slot >= from && slot <= to;
      if (isThere) primaries.set(partition, nameOf(primary));
    }
  }
  return { primaries, servers: byName(servers) };
}

/** Reads a server; `undefined` of one whose host is not known. */
function parseServer(
  part: unknown,
  asked: RedisAddress,
): RedisAddress | undefined {
  const [hostname, port] = Array.isArray(part) ? part : [];
  if (typeof port !== "number") throw invalid();
  if (hostname === "?") return undefined;
  return { hostname: String(hostname || asked.hostname), port };
}

function invalid(): SyntaxError {
  return new SyntaxError(
    "Cannot read the servers of a cluster: the reply of Redis is invalid",
  );
}
