/** Nodes that share a PostgreSQL, which the tests of a file share. */

import { type Clock, systemClock } from "../../lib/base/clock.ts";
import { deferred } from "../../lib/base/deferred.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import { PostgresBroker } from "../../lib/broker/postgres/broker.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { KEEP_ALL, Member } from "../conformance/broker_scene.ts";
import {
  PostgresServer,
  type PostgresServerOptions,
} from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";
import { isReady, START_MS } from "./redis_cluster.ts";

/** A publication that is kept. */
export const request = { channel: "room", payload: "x", history: KEEP_ALL };

/** The nodes of one test; disposing of it ends them all. */
export class PostgresCluster implements AsyncDisposable {
  readonly server: PostgresServer;
  readonly #members: Member[] = [];

  private constructor(server: PostgresServer) {
    this.server = server;
  }

  /** Empties a server, which other tests use, too; starts it again if they have ended it. */
  static async on(server: PostgresServer): Promise<PostgresCluster> {
    if (!server.running) await server.start();
    await server.clear();
    return new PostgresCluster(server);
  }

  /** Adds a node that is ready; its link's time is that of `clock`, and it connects to `url`, whose tables are in `schema`. */
  async join(
    url: string = this.server.url,
    clock: Clock = systemClock,
    schema?: string,
  ): Promise<Member> {
    const link = connectPostgres(url, { clock, random, schema });
    const broker = new PostgresBroker({ link, clock: systemClock, random });
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
  }
}

/** Why a node does not become ready. */
export async function problemOf(url: string): Promise<string> {
  const { promise, resolve, reject } = deferred<string>();
  const link = connectPostgres(url, {
    clock: systemClock,
    random,
    onReady: () => reject(new Error("the node is ready")),
    onError: (error) => resolve(String(error)),
  });
  link.open();
  try {
    return await promise;
  } finally {
    await link.close();
  }
}

/** Registers a test with its sentence. */
export type PostgresTest = (
  sentence: string,
  run: (cluster: PostgresCluster) => Promise<void>,
) => void;

/** Returns what registers the tests of a file. They share a server, because its start takes longer than most of them. */
export async function postgresTests(
  options?: PostgresServerOptions,
): Promise<PostgresTest> {
  const ignore = requirePostgres().missing;
  const server = ignore ? undefined : await PostgresServer.start(options);
  Deno.test.afterAll(async () => await server?.[Symbol.asyncDispose]());
  return (name, run) => {
    Deno.test({
      name,
      ignore,
      async fn() {
        await using cluster = await PostgresCluster.on(server!);
        await run(cluster);
      },
    });
  };
}
