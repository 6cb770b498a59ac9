/** Link to one Redis: a connection, and after its loss the next one. */

import { BrokerAwayError } from "../../base/errors.ts";
import type { Clock } from "../../base/clock.ts";
import { inTime } from "../../base/in_time.ts";
import type { Random } from "../../base/random.ts";
import { Reconnection } from "../reconnection.ts";
import { RedisConnection, type RedisLike } from "./connection.ts";
import { Names } from "./names.ts";
import type { ScriptCall } from "./script_runs.ts";
import type { Link, LinkUser, RedisStage } from "./types.ts";

/** A single Redis is one partition. */
const ALL: ReadonlySet<number> = new Set([0]);

/** Options of every link. */
export interface LinkOptions {
  /** See `ScriptRunsDeps`. */
  readonly nameOf: (script: string) => string;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Prefix of all keys and topics, without braces.
   * @default {"thrum:"}
   */
  readonly prefix?: string;
  /**
   * Number of the database of the keys. Topics are common to all databases of a
   * server, so the number is part of their names.
   * @default {0}
   */
  readonly database?: number;
  /** Called when a server is ready, at first and after each loss; with its address in a cluster. */
  readonly onReady?: (server?: string) => void;
  /**
   * Called with each error that no caller receives. Each reason of a loss is reported
   * once, not again for each attempt that fails alike.
   */
  readonly onError?: (error: unknown, context: ErrorContext) => void;
}

/** Place of an error. */
export interface ErrorContext {
  readonly stage: RedisStage;
  /** Address of the server, in a cluster. */
  readonly server?: string;
}

/** Options of a link to one server. */
export interface RedisLinkOptions extends LinkOptions {
  /** Makes a client that is not connected yet. */
  readonly createClient: () => RedisLike;
  /** Names and partitions of a server in a cluster; without it the server is alone. */
  readonly cluster?: ServerOfCluster;
}

/** Part of a server in its cluster. */
export interface ServerOfCluster {
  readonly names: Names;
  /** Reads the partitions that the server has. */
  readonly partitions: () => ReadonlySet<number>;
  /** Called with a topic whose slot belongs to another server from now on. */
  readonly onMoved: (topic: string) => void;
}

/** Keeps one connection to Redis. Without one, every method rejects at once. */
export class RedisLink implements Link {
  readonly isCluster: boolean;
  readonly names: Names;
  readonly #options: RedisLinkOptions;
  readonly #reconnection: Reconnection;
  #user: LinkUser | undefined;
  /** The newest connection, also while it connects. */
  #connection: RedisConnection | undefined;
  #state: "closed" | "away" | "renewing" | "ready" = "closed";
  #isTried = false;
  #attempt: Promise<void> = Promise.resolve();

  /** @throws {RangeError} If the prefix has braces. */
  constructor(options: RedisLinkOptions) {
    this.isCluster = options.cluster !== undefined;
    this.names = options.cluster?.names ??
      new Names({ ...options, isCluster: false });
    this.#options = options;
    this.#reconnection = new Reconnection({
      ...options,
      connect: () => this.#connect(),
      onReason: (error) => this.report(error, "connection"),
    });
  }

  /** True while commands are expected to succeed. */
  get ready(): boolean {
    return this.#state === "ready";
  }

  /** True once the link was ready, or has failed to be. */
  get tried(): boolean {
    return this.#isTried;
  }

  /** Begins to connect, for `user` if given; {@linkcode close} ends it. */
  open(user?: LinkUser): void {
    if (this.#state !== "closed") return;
    this.#user = user;
    this.#state = "away";
    this.#connect();
  }

  /** Runs a script. Rejects at once while Redis is away. */
  run(call: ScriptCall): Promise<unknown> {
    if (!this.ready) return Promise.reject(this.#away());
    return this.#connection!.run(call);
  }

  /** Sends a command. Rejects at once while Redis is away. */
  send(args: string[]): Promise<unknown> {
    if (!this.ready) return Promise.reject(this.#away());
    return this.#connection!.send(args);
  }

  /** Resolves with the number of subscribers that a message reaches. */
  async publish(topic: string, message: string): Promise<number> {
    const verb = this.isCluster ? "SPUBLISH" : "PUBLISH";
    return Number(await this.send([verb, topic, message]));
  }

  /** Life of the server; empty while Redis is away. */
  get life(): string {
    return this.#connection?.life ?? "";
  }

  /** The newest connection, once it is ready. */
  get connection(): RedisConnection | undefined {
    return this.ready ? this.#connection : undefined;
  }

  /** Resolves once messages of a topic arrive, on this connection. */
  subscribe(topic: string): Promise<void> {
    if (this.#state === "ready" || this.#state === "renewing") {
      return this.#connection!.subscribe([topic]);
    }
    return Promise.reject(this.#away());
  }

  /** Resolves once messages of a topic no longer arrive. */
  async unsubscribe(topic: string): Promise<void> {
    if (this.#state === "ready" || this.#state === "renewing") {
      await this.#connection!.unsubscribe(topic);
    }
  }

  /** Reports an error that no caller receives. */
  report(error: unknown, stage: RedisStage): void {
    this.#options.onError?.(error, { stage });
  }

  /** Closes the link, once Redis has replied to every earlier command, or after a second. */
  async close(): Promise<void> {
    if (this.#state === "closed") return;
    const answered = this.ready
      ? inTime(this.#connection!.answered(), this.#options.clock)
      : undefined;
    this.#state = "closed";
    this.#reconnection.stop();
    await answered;
    this.#connection?.end(new Error("the connection to Redis was closed"));
    await this.#attempt;
  }

  get #partitions(): ReadonlySet<number> {
    return this.#options.cluster?.partitions() ?? ALL;
  }

  #away(): Error {
    const reason = this.#state === "closed" ? "closed" : "away";
    return new BrokerAwayError(
      `Cannot reach Redis: the connection is ${reason}`,
    );
  }

  #connect(): void {
    this.#connection = new RedisConnection({
      client: this.#options.createClient(),
      clock: this.#options.clock,
      random: this.#options.random,
      lifeKey: this.names.lifeKeyOf(
        this.#partitions.values().next().value ?? 0,
      ),
      isCluster: this.isCluster,
      onMoved: this.#options.cluster?.onMoved,
      nameOf: this.#options.nameOf,
      onMessage: (message, topic) => this.#take(message, topic),
      onEnd: (error) => this.#onEnd(error),
    });
    this.#attempt = this.#establish(this.#connection);
  }

  async #establish(connection: RedisConnection): Promise<void> {
    try {
      await connection.open();
      if (connection.ended) return;
      this.#state = "renewing";
      await this.#user?.onConnect(connection, this.#partitions);
    } catch (error) {
      // The end of the connection is reported and starts the next attempt.
      connection.end(error);
    }
    if (connection.ended) return;
    this.#state = "ready";
    this.#isTried = true;
    this.#reconnection.succeeded();
    this.#options.onReady?.();
    try {
      this.#user?.onReady(this.#partitions);
    } catch (error) {
      this.report(error, "delivery");
    }
  }

  #onEnd(error: unknown): void {
    this.#isTried = true;
    this.#user?.onLoss(this.#partitions);
    if (this.#state === "closed") return;
    this.#state = "away";
    this.#reconnection.failed(error);
  }

  #take(message: string, topic: string): void {
    try {
      this.#user?.onMessage(message, topic);
    } catch (error) {
      // Thrown into the client, it would end the connection.
      this.report(error, "message");
    }
  }
}
