/** Link to Redis: a connection, and after its loss the next one. */

import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { RedisConnection, type RedisLike } from "./connection.ts";
import type { ScriptCall } from "./script_runs.ts";

const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2_000;
const CLOSE_TIMEOUT_MS = 1_000;

/** Stage at which an error occurred: the connection, the reading of a message, its delivery, or the answer to a call. */
export type RedisStage = "connection" | "message" | "delivery" | "answer";

/** Options of a link. */
export interface RedisLinkOptions {
  /** Makes a client that is not connected yet. */
  readonly createClient: () => RedisLike;
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
  /** Called when the link is ready, at first and after each loss. */
  readonly onReady?: () => void;
  /**
   * Called with each error that no caller receives. A failed connect is reported once,
   * not again for each attempt that fails alike.
   */
  readonly onError?: (
    error: unknown,
    context: { readonly stage: RedisStage },
  ) => void;
}

/** User of a link's connections. */
export interface LinkUser {
  /**
   * Called with each new connection, to renew the subscriptions of the last one. The
   * link is not ready until the promise resolves.
   */
  onConnect(connection: RedisConnection): Promise<void>;
  /** Called when the link is ready again. */
  onReady(): void;
  /** Called when the connection is lost. */
  onLoss(): void;
  /** Receives a message of a topic of this node. */
  onMessage(message: string, topic: string): void;
}

/** Keeps one connection to Redis. Without one, every method rejects at once. */
export class RedisLink {
  /** Prefix of all topics. */
  readonly topicPrefix: string;
  readonly #prefix: string;
  readonly #options: RedisLinkOptions;
  #user: LinkUser | undefined;
  /** The newest connection, also while it connects. */
  #connection: RedisConnection | undefined;
  #state: "closed" | "away" | "renewing" | "ready" = "closed";
  #losses = 0;
  /** Last error that was reported since the link was ready. */
  #reportedLoss: string | undefined;
  #stopPause: (() => void) | undefined;
  #attempt: Promise<void> = Promise.resolve();

  /** @throws {RangeError} If the prefix has braces, which would put a channel's keys into different slots. */
  constructor(options: RedisLinkOptions) {
    const { prefix = "thrum:", database = 0 } = options;
    if (/[{}]/.test(prefix)) {
      throw new RangeError(
        `Cannot use the prefix "${prefix}": expected no braces`,
      );
    }
    this.#prefix = prefix;
    this.topicPrefix = `${prefix}${database}:`;
    this.#options = options;
  }

  /** True while commands are expected to succeed. */
  get ready(): boolean {
    return this.#state === "ready";
  }

  /** Begins to connect, for `user` if given; {@linkcode close} ends it. */
  open(user?: LinkUser): void {
    if (this.#state !== "closed") return;
    this.#user = user;
    this.#state = "away";
    this.#connect();
  }

  /** Key of a channel. All keys of a channel are in one slot of a cluster. */
  keyOf(channel: string, part: string): string {
    return `${this.#prefix}{${tagOf(channel)}}:${part}`;
  }

  /** Topic of a channel. */
  topicOf(channel: string): string {
    return `${this.topicPrefix}{${tagOf(channel)}}`;
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

  /** Life of the server; empty while Redis is away. */
  get life(): string {
    return this.#connection?.life ?? "";
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
    const answered = this.ready ? this.#answered(this.#connection!) : undefined;
    this.#state = "closed";
    this.#stopPause?.();
    await answered;
    this.#connection?.end(new Error("the connection to Redis was closed"));
    await this.#attempt;
  }

  async #answered(connection: RedisConnection): Promise<void> {
    const late = deferred<void>();
    const { clock } = this.#options;
    const stop = clock.after(CLOSE_TIMEOUT_MS, late.resolve);
    await Promise.race([connection.answered(), late.promise]);
    stop();
  }

  #away(): Error {
    const reason = this.#state === "closed" ? "closed" : "away";
    return new Error(`Cannot reach Redis: the connection is ${reason}`);
  }

  #connect(): void {
    this.#connection = new RedisConnection({
      client: this.#options.createClient(),
      clock: this.#options.clock,
      random: this.#options.random,
      lifeKey: `${this.#prefix}life`,
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
      await this.#user?.onConnect(connection);
    } catch (error) {
      // The end of the connection is reported and starts the next attempt.
      connection.end(error);
    }
    if (connection.ended) return;
    this.#state = "ready";
    this.#losses = 0;
    this.#reportedLoss = undefined;
    this.#options.onReady?.();
    try {
      this.#user?.onReady();
    } catch (error) {
      this.report(error, "delivery");
    }
  }

  #onEnd(error: unknown): void {
    this.#user?.onLoss();
    if (this.#state === "closed") return;
    this.#state = "away";
    this.#reportLoss(error);
    const { clock, random } = this.#options;
    const pause = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** this.#losses++);
    // Many nodes lose Redis at once; they should not all connect again at once.
    const pauseMs = pause * (0.5 + random.number() / 2);
    this.#stopPause = clock.after(pauseMs, () => this.#connect());
  }

  #reportLoss(error: unknown): void {
    const text = String(error);
    if (this.#reportedLoss !== text) this.report(error, "connection");
    this.#reportedLoss = text;
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

/** Hash tag of a channel (Redis Cluster): its name without closing braces, which would end the tag. */
function tagOf(channel: string): string {
  return /[%}]/.test(channel)
    ? channel.replaceAll("%", "%25").replaceAll("}", "%7D")
    : channel;
}
