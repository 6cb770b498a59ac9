/** Nodes that share a Redis Cluster, without hubs. */

import { assert, assertEquals } from "@std/assert";
import { systemClock as clock } from "../../lib/base/clock.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { Names } from "../../lib/broker/redis/names.ts";
import type { Published, PublishRequest } from "../../lib/broker/types.ts";
import { KEEP_ALL, Member, payloadsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import type { RedisClusterServers } from "../support/redis_cluster_servers.ts";
import type { RedisServer } from "../support/redis_server.ts";
import { isReady, START_MS } from "./redis_cluster.ts";

const names = new Names({ isCluster: true });
/** Time for a failover, and for all nodes to notice it. */
const FAILOVER_MS = 20_000;

/** A publication that is kept. */
export function keep(channel: string, payload: string): PublishRequest {
  return { channel, payload, history: KEEP_ALL };
}

/** A node, and the errors that it has reported. */
interface Node {
  readonly member: Member;
  readonly errors: readonly string[];
}

/** The nodes of one test; disposing of it ends them, but not the servers. */
export class ClusterNodes implements AsyncDisposable {
  readonly members: Member[] = [];
  readonly #servers: RedisClusterServers;

  private constructor(servers: RedisClusterServers) {
    this.#servers = servers;
  }

  /** Starts so many nodes; resolves once they are ready. */
  static async start(
    servers: RedisClusterServers,
    count: number,
    url?: string,
  ): Promise<ClusterNodes> {
    const nodes = new ClusterNodes(servers);
    for (let index = 0; index < count; index++) nodes.add(url);
    for (const member of nodes.members) {
      await isReady(member, { timeoutMs: START_MS });
    }
    return nodes;
  }

  /** Adds a node that begins to connect. */
  add(url: string = this.#servers.url): Node {
    const errors: string[] = [];
    const link = connectRedis(url, {
      clock,
      random,
      onError: (error) =>
        errors.push(error instanceof Error ? error.message : String(error)),
    });
    const member = new Member(new RedisBroker({ link, clock, random }));
    this.members.push(member);
    member.broker.start(member);
    return { member, errors };
  }

  /** A channel in a partition of a primary. */
  channelOf(primary: RedisServer): string {
    const partitions = new Set(this.#servers.partitionsOf(primary));
    for (let index = 0;; index++) {
      const channel = `room${index}`;
      if (partitions.has(names.partitionOf(channel))) return channel;
    }
  }

  /** Subscribes all nodes to a channel. */
  async subscribe(channel: string): Promise<void> {
    for (const { broker } of this.members) await broker.subscribe(channel);
  }

  /** Publishes on the first node as soon as that is possible, and all nodes are subscribed again. */
  async publishes(request: PublishRequest): Promise<void> {
    const { members } = this;
    await eventually(async () => {
      try {
        for (const { broker } of members) {
          await broker.subscribe(request.channel);
        }
        await members[0]!.broker.publish(request);
        return true;
      } catch {
        return false;
      }
    }, { awaited: "a publication that is taken", timeoutMs: FAILOVER_MS });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { broker } of this.members) await broker.close();
  }
}

/** Publications of all nodes to one channel, one after the other on each. */
export class Load implements Disposable {
  /** Payloads that were acknowledged, in that order. */
  readonly acknowledged: string[] = [];
  readonly positions: Published[] = [];
  readonly failures: string[] = [];
  slowestMs = 0;
  #isOn = true;
  readonly #publishing: Promise<unknown>;

  constructor(
    members: readonly Member[],
    channel: string,
    extra: (count: number) => Partial<PublishRequest> = () => ({}),
  ) {
    this.#publishing = Promise.all(members.map(async ({ broker }, node) => {
      for (let count = 0; this.#isOn; count++) {
        const request = { ...keep(channel, `${node}:${count}`) };
        await this.#publish(
          () => broker.publish({ ...request, ...extra(count) }),
          `${node}:${count}`,
        );
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }));
  }

  /** Resolves once so many publications were acknowledged. */
  reaches(count: number): Promise<void> {
    return eventually(() => this.acknowledged.length >= count, {
      awaited: () =>
        `${count} publications, ${this.acknowledged.length} were taken`,
      timeoutMs: FAILOVER_MS,
    });
  }

  /** Resolves once a publication was refused. */
  fails(): Promise<void> {
    const awaited = "a publication that is refused";
    return eventually(() => this.failures.length > 0, { awaited });
  }

  /** Resolves once nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isOn = false;
    await this.#publishing;
  }

  [Symbol.dispose](): void {
    this.#isOn = false;
  }

  async #publish(
    publish: () => Published | Promise<Published>,
    payload: string,
  ): Promise<void> {
    const begin = clock.now;
    try {
      this.positions.push(await publish());
      this.acknowledged.push(payload);
    } catch (error) {
      this.failures.push(String(error));
    }
    this.slowestMs = Math.max(this.slowestMs, clock.now - begin);
  }
}

/** Resolves once a node has all of these payloads. */
export async function receiveAll(
  member: Member,
  channel: string,
  payloads: readonly string[],
): Promise<void> {
  const missing = () => {
    const has = new Set(payloadsOf(member.of(channel)));
    return payloads.filter((payload) => !has.has(payload));
  };
  await eventually(() => missing().length === 0, {
    awaited: () => {
      const lost = missing();
      return `${lost.length} of ${payloads.length}: ${lost.slice(0, 5)}`;
    },
    timeoutMs: 10_000,
  });
}

/** Checks that a node has all of these payloads, or has called for a comparison of positions, by which clients recover the others. */
export async function hasAll(
  member: Member,
  channel: string,
  payloads: readonly string[],
): Promise<void> {
  const has = new Set(payloadsOf(member.of(channel)));
  const missing = payloads.filter((payload) => !has.has(payload));
  if (missing.length === 0) return;
  assert(member.checks > 0, `${missing.length} were lost in silence`);
  const { publications } = await member.broker.recover(channel, {
    since: { offset: 0, epoch: "" },
    mode: "stream",
    cap: 100_000,
  });
  const kept = new Set(payloadsOf(publications));
  assertEquals(missing.filter((payload) => !kept.has(payload)), []);
}
