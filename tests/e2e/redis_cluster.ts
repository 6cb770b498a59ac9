/** A Redis of its own, and nodes that share it. */

import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { type Clock, systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { Member } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import {
  RedisServer,
  type RedisServerOptions,
} from "../support/redis_server.ts";

/** How long the first connection may take: no promise, but the patience of a test. */
export const START_MS = 20_000;

/** The server and its nodes; disposing of it ends them all. */
export class RedisCluster implements AsyncDisposable {
  readonly server: RedisServer;
  readonly #members: Member[] = [];

  private constructor(server: RedisServer) {
    this.server = server;
  }

  /** Starts a server without nodes. */
  static async start(options?: RedisServerOptions): Promise<RedisCluster> {
    return new RedisCluster(await RedisServer.start(options));
  }

  /** Adds a node that is ready; its link's time is that of `clock`, and it connects to `url`. */
  async join(
    clock: Clock = systemClock,
    url: string = this.server.url,
  ): Promise<Member> {
    const random = systemRandom;
    const link = await connectRedis(url, { clock, random });
    const broker = new RedisBroker({ link, clock: systemClock, random });
    const member = new Member(broker);
    this.#members.push(member);
    broker.start(member);
    await isReady(member, { timeoutMs: START_MS });
    return member;
  }

  /** Adds nodes that are ready and subscribed to `room`. */
  async joinRoom(count: number): Promise<Member[]> {
    const members = [];
    for (let index = 0; index < count; index++) {
      const member = await this.join();
      await member.broker.subscribe("room");
      members.push(member);
    }
    return members;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { broker } of this.#members) await broker.close();
    await this.server[Symbol.asyncDispose]();
  }
}

/** Resolves once a node's broker is ready; 5 s are the promise. */
export function isReady(
  { broker }: Member,
  { timeoutMs = 5_000 } = {},
): Promise<void> {
  const awaited = "a broker that is ready";
  return eventually(() => broker.ready, { awaited, timeoutMs });
}

/** Resolves once a node's broker knows that Redis is gone. */
export function isAway({ broker }: Member): Promise<void> {
  const awaited = "a broker that is not ready";
  return eventually(() => !broker.ready, { awaited, timeoutMs: 6_000 });
}
