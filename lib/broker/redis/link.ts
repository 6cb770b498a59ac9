/** The way to Redis: a connection, and after its loss the next one. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { RedisConnection, type RedisLike } from "./connection.ts";

const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2_000;
const CLOSE_TIMEOUT_MS = 1_000;

/** What went wrong: the way to Redis, a message that cannot be read, what the node did with it, or an answer to another node. */
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
   * What all keys and topics begin with. It has no braces.
   * @default {"thrum:"}
   */
  readonly prefix?: string;
  /**
   * The number of the database, in which the keys are. Topics are common to all
   * databases of a server, so it is part of their names.
   * @default {0}
   */
  readonly database?: number;
  /** Told when the link is ready, at first and after each loss. */
  readonly onReady?: () => void;
  /**
   * Told about everything that nobody else is told about. Why there is no connection
   * is told once, not with each attempt that ends alike.
   */
  readonly onError?: (
    error: unknown,
    context: { readonly stage: RedisStage },
  ) => void;
}

/** What makes use of a link's connections. */
export interface LinkUser {
  /**
   * Called with each new connection, before anybody else may use it: what the last
   * one had is to be renewed. The link is not ready until that resolves.
   */
  onConnect(connection: RedisConnection): Promise<void>;
  /** Called when the link is ready again. */
  onReady(): void;
  /** Called when the connection is lost. */
  onLoss(): void;
  /** Takes what is published to a topic of this node. */
  onMessage(message: string, topic: string): void;
}

/** Keeps one connection to Redis. While it has none, all that is asked of it rejects at once. */
export class RedisLink {
  /** What all topics begin with. */
  readonly topicPrefix: string;
  readonly #prefix: string;
  readonly #options: RedisLinkOptions;
  #user: LinkUser | undefined;
  /** The newest, also while it connects. */
  #connection: RedisConnection | undefined;
  #state: "closed" | "away" | "renewing" | "ready" = "closed";
  #losses = 0;
  /** What was told about the newest loss, since the link was ready. */
  #toldLoss: string | undefined;
  #stopPause: (() => void) | undefined;
  #attempt: Promise<void> = Promise.resolve();

  /** @throws {RangeError} If the prefix has braces, which would tear a channel's keys apart. */
  constructor(options: RedisLinkOptions) {
    const { prefix = "thrum:", database = 0 } = options;
    if (/[{}]/.test(prefix)) {
      throw new RangeError(`Cannot use the prefix "${prefix}": it has braces`);
    }
    this.#prefix = prefix;
    this.topicPrefix = `${prefix}${database}:`;
    this.#options = options;
  }

  /** Whether commands can be expected to succeed now. */
  get ready(): boolean {
    return this.#state === "ready";
  }

  /** Begins to connect, on behalf of `user` if there is one; {@linkcode close} ends it. */
  open(user?: LinkUser): void {
    if (this.#state !== "closed") return;
    this.#user = user;
    this.#state = "away";
    this.#connect();
  }

  /** A key of a channel. All keys of a channel are in one slot of a cluster. */
  keyOf(channel: string, part: string): string {
    return `${this.#prefix}{${tagOf(channel)}}:${part}`;
  }

  /** The topic of a channel. */
  topicOf(channel: string): string {
    return `${this.topicPrefix}{${tagOf(channel)}}`;
  }

  /** Runs a script, on one slot's keys. Rejects at once while Redis is away. */
  run(
    script: string,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<unknown> {
    if (!this.ready) return Promise.reject(this.#away());
    return this.#connection!.run(script, keys, args);
  }

  /** Sends a command. Rejects at once while Redis is away. */
  send(args: string[]): Promise<unknown> {
    if (!this.ready) return Promise.reject(this.#away());
    return this.#connection!.send(args);
  }

  /** Names the time since Redis was started; empty while it is away. */
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

  /** Resolves once messages of a topic do not arrive any more. */
  async unsubscribe(topic: string): Promise<void> {
    if (this.#state === "ready" || this.#state === "renewing") {
      await this.#connection!.unsubscribe(topic);
    }
  }

  /** Tells the owner about an error that nobody else is told about. */
  report(error: unknown, stage: RedisStage): void {
    this.#options.onError?.(error, { stage });
  }

  /** Ends the connection for good, once Redis has answered what was asked before, or after a second. */
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
    const late = Promise.withResolvers<void>();
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
      nameOf: this.#options.nameOf,
      onMessage: (message, topic) => this.#take(message, topic),
      onEnd: (error) => this.#lose(error),
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
      // Its end is reported, and is followed by the next attempt.
      connection.end(error);
    }
    if (connection.ended) return;
    this.#state = "ready";
    this.#losses = 0;
    this.#toldLoss = undefined;
    this.#options.onReady?.();
    try {
      this.#user?.onReady();
    } catch (error) {
      this.report(error, "delivery");
    }
  }

  #lose(error: unknown): void {
    this.#user?.onLoss();
    if (this.#state === "closed") return;
    this.#state = "away";
    this.#tellLoss(error);
    const { clock, random } = this.#options;
    const pause = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** this.#losses++);
    // Many nodes lose Redis at once, and should not all come back at once.
    const pauseMs = pause * (0.5 + random.number() / 2);
    this.#stopPause = clock.after(pauseMs, () => this.#connect());
  }

  #tellLoss(error: unknown): void {
    const text = String(error);
    if (this.#toldLoss !== text) this.report(error, "connection");
    this.#toldLoss = text;
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

/** A channel's name as it stands in braces: a slot ends at the first that closes, so it has none. */
function tagOf(channel: string): string {
  return /[%}]/.test(channel)
    ? channel.replaceAll("%", "%25").replaceAll("}", "%7D")
    : channel;
}
