/** One connection to Redis, from its handshake to its end. */

import { BrokerAwayError } from "../../base/errors.ts";
import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { lifeOf, markedLife } from "./life.ts";
import { type ScriptCall, ScriptRuns } from "./script_runs.ts";

/** Time between two checks of a connection, in milliseconds. */
const PING_MS = 1_500;
/** Checks in a row without an answer that end a connection. More than one: after a stall of this process the answer may have arrived unread. */
const MAX_SILENT = 2;
/** Maximum number of topics in one command; a long command would delay all others. */
const TOPICS_AT_ONCE = 1_000;
/** Errors after which only a new connection helps: it finds the new primary, or authenticates again. */
const FATAL = /(?:^| -)(?:READONLY|LOADING|MASTERDOWN|NOAUTH)\b/;
/** Errors that Redis replies begin with a word in capitals; errors of the connection do not. */
const REPLY = /^[A-Z]{2,}\b/;
/** Part of `INFO replication` of a server that takes no writes. */
const READ_ONLY = /^role:slave\b[^]*^slave_read_only:1\b/m;

/** Section `server` of `INFO` of a server in a cluster. */
const IN_CLUSTER = /^redis_mode:cluster\b/m;

/** Receives a message that is published to a topic. */
export type TakeMessage = (message: string, topic: string) => void;

/**
 * Reports of a client besides messages: the loss of the connection and other errors;
 * that all keys were removed (`null`), if the server was asked for that (`CLIENT
 * TRACKING`); a topic whose slot belongs to another server of the cluster from now on.
 */
export type RedisEvent = "error" | "invalidate" | "moved";

/**
 * The part of a Redis client that a connection uses. It speaks RESP3, so that one
 * connection carries both replies and messages, in the order in which Redis sent them.
 * It neither connects again by itself nor queues commands.
 */
export interface RedisLike {
  /** Connects; rejects if Redis cannot be reached. */
  connect(): Promise<unknown>;
  /** Sends a command, together with others that are sent in the same task. */
  sendCommand(args: readonly string[]): Promise<unknown>;
  /** Resolves once `take` receives the messages of the topics. */
  subscribe(topics: readonly string[], take: TakeMessage): Promise<void>;
  /** Resolves once the messages of the topics no longer arrive. */
  unsubscribe(topics: readonly string[]): Promise<void>;
  /** Sets the listener of an event. */
  on(event: RedisEvent, listener: (value: unknown) => void): void;
  /** Ends the connection; commands that wait for a reply reject. */
  destroy(): void;
}

/** Dependencies of a connection. */
export interface ConnectionDeps {
  readonly client: RedisLike;
  readonly clock: Clock;
  readonly random: Random;
  /** Key of the life of a server that does not tell it. */
  readonly lifeKey: string;
  /** See `ScriptRunsDeps`. */
  readonly nameOf: (script: string) => string;
  /** True if the server is to be one of a cluster. */
  readonly isCluster: boolean;
  readonly onMessage: TakeMessage;
  /** Called with a topic whose slot belongs to another server from now on. */
  readonly onMoved?: (topic: string) => void;
  /** Called once, when the connection has ended. */
  readonly onEnd: (error: unknown) => void;
}

/** Sends commands until it ends; then every command that waits for a reply rejects. */
export class RedisConnection {
  readonly #deps: ConnectionDeps;
  readonly #scripts: ScriptRuns;
  #life = "";
  /** The section `server` of `INFO`, which does not change while the server runs. */
  #server = "";
  #silent = 0;
  /** Reason for the end; `undefined` until then. */
  #endReason: string | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#scripts = new ScriptRuns({
      send: (args) => this.send(args),
      nameOf: deps.nameOf,
      lifeOf: () => this.#life,
    });
  }

  /** Life of the server: after a restart or a failover it is another, and Redis may have lost its newest writes. */
  get life(): string {
    return this.#life;
  }

  /** True once the connection has ended. */
  get ended(): boolean {
    return this.#endReason !== undefined;
  }

  /** Connects and checks that Redis takes writes; rejects and ends the connection if not. */
  async open(): Promise<void> {
    const { client, clock, onMoved } = this.#deps;
    client.on("error", (error) => this.end(error));
    client.on("invalidate", (key) => {
      if (key === null) this.#refreshLife();
    });
    client.on("moved", (topic) => onMoved?.(String(topic)));
    this.#stopWatching = clock.every(PING_MS, () => this.#watch());
    try {
      await client.connect();
      // If it was ended meanwhile, the client may not have stopped to connect.
      if (this.ended) client.destroy();
      this.#silent = 0;
      // Redis refuses PING while it still loads its data, but not INFO.
      await this.send(["PING"]);
      await this.#trackRemoval();
      this.#server = await this.#info("server");
      if (IN_CLUSTER.test(this.#server) && !this.#deps.isCluster) {
        throw new Error(
          "Redis is a part of a cluster: expected ?cluster=true in its URL",
        );
      }
      this.#life = await this.#writableLife() ?? await this.#markedLife();
    } catch (error) {
      this.end(error);
      throw error;
    }
  }

  /** Sends a command. If the connection ends before the reply, the outcome is unknown. */
  async send(args: string[]): Promise<unknown> {
    if (this.#endReason !== undefined) {
      throw new BrokerAwayError(`Cannot reach Redis: ${this.#endReason}`);
    }
    try {
      return await this.#deps.client.sendCommand(args);
    } catch (error) {
      const isReply = error instanceof Error && REPLY.test(error.message);
      if (isReply && FATAL.test(error.message)) this.end(error);
      // The client's own error says only that it was disconnected.
      if (isReply || this.#endReason === undefined) throw error;
      const state = "whether the command was carried out is unknown";
      throw new BrokerAwayError(`${this.#endReason}; ${state}`);
    }
  }

  /** Runs a script; sends only its name if Redis knows it. */
  run(call: ScriptCall): Promise<unknown> {
    return this.#scripts.run(call);
  }

  /** Resolves once every earlier command has a reply, or the connection has ended. */
  async answered(): Promise<void> {
    await Promise.allSettled([this.send(["PING"]), this.#scripts.answered()]);
  }

  /** Resolves once messages of the topics arrive. */
  async subscribe(topics: readonly string[]): Promise<void> {
    const { client, onMessage } = this.#deps;
    const parts = [];
    for (let index = 0; index < topics.length; index += TOPICS_AT_ONCE) {
      const part = topics.slice(index, index + TOPICS_AT_ONCE);
      parts.push(client.subscribe(part, onMessage));
    }
    await Promise.all(parts);
  }

  /** Resolves once messages of a topic no longer arrive. */
  async unsubscribe(topic: string): Promise<void> {
    try {
      await this.#deps.client.unsubscribe([topic]);
    } catch (error) {
      // A connection that has ended has no subscriptions.
      if (!this.ended) throw error;
    }
  }

  /** Ends the connection; a second call does nothing. */
  end(error: unknown): void {
    if (this.ended) return;
    this.#endReason = reasonOf(error);
    this.#stopWatching?.();
    this.#deps.client.destroy();
    this.#deps.onEnd(error);
  }

  /** Ends a connection without replies: Redis may hang, or the network drop everything. */
  #watch(): void {
    if (this.#silent >= MAX_SILENT) {
      const ms = PING_MS * this.#silent;
      this.end(new Error(`Redis has not answered for ${ms} ms`));
      return;
    }
    this.#silent++;
    this.#refreshLife();
  }

  /**
   * Asks Redis to report when all keys are removed: a server that becomes a replica
   * takes over the keys of its primary, and may be a primary again before the next check.
   */
  async #trackRemoval(): Promise<void> {
    try {
      // Without a key in particular, because this connection opts in for none.
      await this.send(["CLIENT", "TRACKING", "ON", "OPTIN"]);
    } catch (error) {
      // This user or this server has no such command; the checks remain.
      if (this.ended) throw error;
    }
  }

  /** Reads the life again, or ends the connection: a server that was a replica for a while has another. */
  async #refreshLife(): Promise<void> {
    if (this.#life === "") return;
    try {
      this.#life = await this.#writableLife() ?? this.#life;
      this.#silent = 0;
    } catch (error) {
      this.end(error);
    }
  }

  /**
   * Reads the life of the server, if it tells it. Rejects if Redis takes no writes: it
   * has become a replica, and the primary is another server.
   */
  async #writableLife(): Promise<string | undefined> {
    const replication = await this.#info("replication");
    if (READ_ONLY.test(replication)) {
      throw new Error("Redis is a read-only replica");
    }
    return lifeOf(`${this.#server}\n${replication}`);
  }

  #markedLife(): Promise<string> {
    const { nameOf, random, lifeKey: key } = this.#deps;
    return markedLife({ send: (args) => this.send(args), nameOf, random, key });
  }

  /** Reads a section of `INFO`; empty if this user has no permission for it. */
  async #info(section: string): Promise<string> {
    try {
      return String(await this.send(["INFO", section]));
    } catch (error) {
      const isDenied = error instanceof Error &&
        /^NOPERM\b/.test(error.message);
      if (isDenied) return "";
      throw error;
    }
  }
}

/** Message of an error; the error of several attempts at once has only a name. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}
