/** Primaries of a Redis Cluster: a link to each, and the partitions that it serves. */

import { deferred } from "../../base/deferred.ts";
import { Reasons } from "../reconnection.ts";
import type { RedisConnection, RedisLike } from "./connection.ts";
import { type LinkOptions, RedisLink } from "./link.ts";
import { type Names, partitionIn, PARTITIONS } from "./names.ts";
import {
  isRefused,
  nameOf,
  serverIn,
  type Topology,
  TopologySource,
} from "./topology.ts";
import type { LinkUser } from "./types.ts";
import type { RedisAddress } from "./url.ts";

/** Pause until a refused command is sent again, in milliseconds. */
const PAUSE_MS = 25;
/** Time that a new primary has to be there, in milliseconds. */
const CONNECT_MS = 1_000;
/** Pause until the topology is read again, while a partition is not served, in milliseconds. */
const LOOK_AGAIN_MS = 500;

/** Options of a link to a cluster. */
export interface ClusterLinkOptions extends LinkOptions {
  /** Some servers of the cluster. */
  readonly seeds: readonly RedisAddress[];
  /** Makes a client that is not connected yet. */
  readonly createClient: (server: RedisAddress) => RedisLike;
}

/** Dependencies of {@linkcode Primaries}. */
export interface PrimariesDeps extends ClusterLinkOptions {
  readonly names: Names;
}

/** A primary. */
interface Primary {
  readonly name: string;
  readonly link: RedisLink;
  readonly partitions: Set<number>;
}

/** Follows the topology of the cluster. While one primary is away, the others serve their partitions. */
export class Primaries {
  readonly #deps: PrimariesDeps;
  readonly #source: TopologySource;
  readonly #byName = new Map<string, Primary>();
  readonly #byPartition = new Map<number, Primary>();
  /** Partitions whose subscriptions are not renewed yet at their newest primary. */
  readonly #unsettled = new Set<number>();
  /** Functions that end pauses at once. */
  readonly #pauses = new Set<() => void>();
  #user: LinkUser | undefined;
  #isOpen = false;
  /** True once every primary was ready, or has failed to be. */
  #isTried = false;
  /** Reading of the topology that is under way. */
  #reading: Promise<void> | undefined;
  #stopPause: (() => void) | undefined;
  /** Reasons for which the topology cannot be read. */
  readonly #reasons = new Reasons((error) =>
    this.#deps.onError?.(error, { stage: "connection" })
  );

  constructor(deps: PrimariesDeps) {
    this.#deps = deps;
    this.#source = new TopologySource(deps);
  }

  /** True while any primary is there; at first once each was there, or has failed to be. */
  get ready(): boolean {
    const links = [...this.#byName.values()].map(({ link }) => link);
    this.#isTried ||= links.length > 0 && links.every(({ tried }) => tried);
    return this.#isTried && links.some(({ ready }) => ready);
  }

  /** True until the end. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Link to the primary of a partition; `undefined` if none is known. */
  of(partition: number): RedisLink | undefined {
    return this.#byPartition.get(partition)?.link;
  }

  /** Begins to connect, for `user` if given. */
  open(user?: LinkUser): void {
    if (this.#isOpen) return;
    this.#user = user;
    this.#isOpen = true;
    this.#look();
  }

  /** Resolves when a command that the primary of a partition has refused may be sent again. */
  async find(partition: number, refusal: string): Promise<void> {
    await this.#pause(PAUSE_MS);
    // The slot still belongs to this primary.
    if (/^(?:ASK|TRYAGAIN)\b/.test(refusal)) return;
    await this.#look(serverIn(refusal));
    const pauses = CONNECT_MS / PAUSE_MS;
    for (let count = 0; count < pauses && this.#isOpen; count++) {
      if (this.of(partition)?.ready) return;
      await this.#pause(PAUSE_MS);
    }
  }

  /** Closes all links, once every earlier command has its reply, or after a second. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#stopPause?.();
    this.#source.close();
    for (const end of this.#pauses) end();
    const links = [...this.#byName.values()].map(({ link }) => link);
    await Promise.all(links.map((link) => link.close()));
    await this.#reading;
  }

  #pause(ms: number): Promise<void> {
    if (!this.#isOpen) return Promise.resolve();
    const { promise, resolve } = deferred<void>();
    const end = () => {
      stop();
      this.#pauses.delete(end);
      resolve();
    };
    const stop = this.#deps.clock.after(ms, end);
    this.#pauses.add(end);
    return promise;
  }

  /** Reads the topology, unless that is being done; asks `first` before the other servers. */
  #look(first?: RedisAddress): Promise<void> {
    this.#reading ??= this.#read(first);
    return this.#reading;
  }

  #lookAfter(ms: number, first?: RedisAddress): void {
    this.#stopPause?.();
    if (!this.#isOpen) return;
    this.#stopPause = this.#deps.clock.after(ms, () => this.#look(first));
  }

  async #read(first?: RedisAddress): Promise<void> {
    try {
      const topology = await this.#source.read(first);
      if (!this.#isOpen) return;
      this.#reasons.clear();
      this.#take(topology);
    } catch (error) {
      if (this.#isOpen) this.#reasons.add(error);
    } finally {
      this.#reading = undefined;
    }
    const isServed = PARTITIONS.every((partition) =>
      this.of(partition)?.ready && !this.#unsettled.has(partition)
    );
    if (!isServed) this.#lookAfter(LOOK_AGAIN_MS);
  }

  /** Gives each partition to its newest primary. */
  #take({ primaries, servers }: Topology): void {
    const lost = new Set<number>();
    for (const partition of PARTITIONS) {
      const name = primaries.get(partition);
      const before = this.#byPartition.get(partition);
      if (before !== undefined && before.name === name) continue;
      before?.partitions.delete(partition);
      if (before !== undefined) lost.add(partition);
      this.#byPartition.delete(partition);
      this.#unsettled.add(partition);
      const address = name === undefined ? undefined : servers.get(name);
      if (address === undefined) continue;
      const primary = this.#primaryAt(address);
      primary.partitions.add(partition);
      this.#byPartition.set(partition, primary);
    }
    if (lost.size > 0) this.#user?.onLoss(lost);
    for (const primary of [...this.#byName.values()]) {
      if (primary.partitions.size > 0) this.#settle(primary);
      else {
        this.#byName.delete(primary.name);
        primary.link.close();
      }
    }
  }

  #primaryAt(address: RedisAddress): Primary {
    const name = nameOf(address);
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const { names, onReady, onError, createClient, ...options } = this.#deps;
    const partitions = new Set<number>();
    const link = new RedisLink({
      ...options,
      createClient: () => createClient(address),
      onReady: () => onReady?.(name),
      onError: (error, { stage }) => onError?.(error, { stage, server: name }),
      cluster: {
        names,
        partitions: () => new Set(partitions),
        onMoved: (topic) => this.#onMoved(partitionIn(topic)),
      },
    });
    const primary: Primary = { name, link, partitions };
    this.#byName.set(name, primary);
    link.open(this.#userOf(primary));
    return primary;
  }

  #userOf(primary: Primary): LinkUser {
    return {
      onConnect: async (connection, partitions) => {
        for (const partition of partitions) this.#unsettled.add(partition);
        await this.#renew(primary, connection, partitions);
      },
      onReady: (partitions) => {
        this.#user?.onReady(partitions);
        // Some may have come while the others were renewed.
        this.#settle(primary);
      },
      onLoss: (partitions) => {
        if (partitions.size === 0) return;
        this.#user?.onLoss(partitions);
        this.#lookAfter(PAUSE_MS);
      },
      onMessage: (message, topic) => this.#user?.onMessage(message, topic),
    };
  }

  /** Renews the subscriptions of partitions that have come to a primary which is there already. */
  async #settle(primary: Primary): Promise<void> {
    const { connection } = primary.link;
    const partitions = new Set(
      [...primary.partitions].filter((each) => this.#unsettled.has(each)),
    );
    if (connection === undefined || partitions.size === 0) return;
    try {
      const isRenewed = await this.#renew(primary, connection, partitions);
      if (isRenewed && !connection.ended) this.#user?.onReady(partitions);
    } catch (error) {
      // The next connection renews all partitions.
      connection.end(error);
    }
  }

  /** Returns false if a slot belongs to another primary by now. */
  async #renew(
    primary: Primary,
    connection: RedisConnection,
    partitions: ReadonlySet<number>,
  ): Promise<boolean> {
    try {
      await this.#user?.onConnect(connection, partitions);
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.#lookAfter(PAUSE_MS, serverIn(error.message));
      return false;
    }
    for (const partition of partitions) {
      if (primary.partitions.has(partition)) this.#unsettled.delete(partition);
    }
    return true;
  }

  /** Called for each topic of a slot that belongs to another primary from now on. */
  #onMoved(partition: number): void {
    if (this.#unsettled.has(partition)) return;
    this.#unsettled.add(partition);
    this.#user?.onLoss(new Set([partition]));
    this.#lookAfter(PAUSE_MS);
  }
}
