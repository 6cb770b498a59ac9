/** The link port: what brokers and presences use of a Redis, or of a cluster. */

import type { RedisConnection } from "./connection.ts";
import type { Names } from "./names.ts";
import type { ScriptCall } from "./script_runs.ts";

/** Stage at which an error occurred: the connection, the reading of a message, its delivery, or the answer to a call. */
export type RedisStage = "connection" | "message" | "delivery" | "answer";

/** User of a link's connections. Each connection serves some partitions: all of them, unless it is one of a cluster. */
export interface LinkUser {
  /**
   * Called with a connection that serves these partitions from now on, to renew the
   * subscriptions of the last one. The link is not ready until the promise resolves.
   */
  onConnect(
    connection: RedisConnection,
    partitions: ReadonlySet<number>,
  ): Promise<void>;
  /** Called when the partitions are ready again. */
  onReady(partitions: ReadonlySet<number>): void;
  /** Called when the connection of the partitions is lost. */
  onLoss(partitions: ReadonlySet<number>): void;
  /** Receives a message of a topic of this node. */
  onMessage(message: string, topic: string): void;
}

/** Connections to all servers. While a server is away, every method that needs it rejects at once. */
export interface Link {
  /** True if scripts and topics belong to slots. */
  readonly isCluster: boolean;
  readonly names: Names;
  /** True while calls are expected to succeed: in a cluster, while any server is there. */
  readonly ready: boolean;
  /** Begins to connect, for `user` if given; {@linkcode close} ends it. */
  open(user?: LinkUser): void;
  /** Runs a script. */
  run(call: ScriptCall): Promise<unknown>;
  /** Publishes a message; resolves with the number of subscribers that it reaches. */
  publish(topic: string, message: string): Promise<number>;
  /** Resolves once messages of a topic arrive, on the connection of its partition. */
  subscribe(topic: string): Promise<void>;
  /** Resolves once messages of a topic no longer arrive. */
  unsubscribe(topic: string): Promise<void>;
  /** Reports an error that no caller receives. */
  report(error: unknown, stage: RedisStage): void;
  /** Closes the link, once every earlier call has its reply, or after a second. */
  close(): Promise<void>;
}
