/** One connection to Redis, from its handshake to its end. */

import type { Clock } from "../../base/clock.ts";
import { ScriptRuns } from "./script_runs.ts";

/** How often a connection must show that it is alive. */
const PING_MS = 1_500;
/** Silent periods in a row that end it. More than one: after a stall of this process the answer is there, but unread. */
const MAX_SILENT = 2;
/** Topics in one command; a long command would hold up all others. */
const TOPICS_AT_ONCE = 1_000;
/** Errors after which only a new connection helps: it finds the new primary, or says again who it is. */
const FATAL = /(?:^| -)(?:READONLY|LOADING|MASTERDOWN|NOAUTH)\b/;
/** What Redis answers, in contrast to what befalls the connection: Redis begins with a word in capitals. */
const REPLY = /^[A-Z]{2,}\b/;
/** What a server that takes no writes tells of itself. */
const READ_ONLY = /^role:slave\b[^]*^slave_read_only:1\b/m;

/** Takes what is published to a topic. */
export type TakeMessage = (message: string, topic: string) => void;

/**
 * What is used of a client of Redis. It speaks RESP3, so that one connection has
 * both answers and messages, in the order in which Redis sent them. It neither
 * connects again by itself nor keeps commands for later.
 */
export interface RedisLike {
  /** Connects; rejects when Redis cannot be reached. */
  connect(): Promise<unknown>;
  /** Sends a command; those of one turn of the event loop travel together. */
  sendCommand(args: string[]): Promise<unknown>;
  /** Resolves once `take` gets what is published to the topics. */
  subscribe(topics: string[], take: TakeMessage): Promise<void>;
  /** Resolves once it does not any more. */
  unsubscribe(topics: string[], take: TakeMessage): Promise<void>;
  /** Tells about the loss of the connection, and about anything else that went wrong. */
  on(event: "error", listener: (error: unknown) => void): unknown;
  /** Ends the connection; what waits for an answer rejects. */
  destroy(): void;
}

/** What a connection works with. */
export interface ConnectionDeps {
  readonly client: RedisLike;
  readonly clock: Clock;
  /** See `ScriptRunsDeps`. */
  readonly nameOf: (script: string) => string;
  readonly onMessage: TakeMessage;
  /** Called once, when the connection has ended of itself or was ended. */
  readonly onEnd: (error: unknown) => void;
}

/** Sends commands until it ends; then everything that waits for an answer rejects. */
export class RedisConnection {
  readonly #deps: ConnectionDeps;
  readonly #scripts: ScriptRuns;
  #life = "";
  #silent = 0;
  /** Why it has ended; `undefined` until then. */
  #loss: string | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#scripts = new ScriptRuns({
      send: (args) => this.send(args),
      nameOf: deps.nameOf,
    });
  }

  /** Names the time since Redis was started: another name, and it may have forgotten its newest writes. */
  get life(): string {
    return this.#life;
  }

  /** Whether the connection is no more. */
  get ended(): boolean {
    return this.#loss !== undefined;
  }

  /** Connects and gets ready for commands; rejects, ended, if it cannot, or if Redis takes no writes. */
  async open(): Promise<void> {
    const { client, clock } = this.#deps;
    client.on("error", (error) => this.end(error));
    this.#stopWatching = clock.every(PING_MS, () => this.#watch());
    try {
      await client.connect();
      // Ended while it connected; a client may forget to stop then.
      if (this.ended) client.destroy();
      this.#silent = 0;
      // Refused while Redis still reads its data; INFO is not.
      await this.send(["PING"]);
      const life = runIdOf(await this.#info("server"));
      await this.#look();
      this.#life = life;
    } catch (error) {
      this.end(error);
      throw error;
    }
  }

  /** Sends a command; where the connection ends before the answer, nobody knows what became of it. */
  async send(args: string[]): Promise<unknown> {
    if (this.#loss !== undefined) {
      throw new Error(`Cannot reach Redis: ${this.#loss}`);
    }
    try {
      return await this.#deps.client.sendCommand(args);
    } catch (error) {
      const isReply = error instanceof Error && REPLY.test(error.message);
      if (isReply && FATAL.test(error.message)) this.end(error);
      // The client itself only says that it was told to disconnect.
      if (isReply || this.#loss === undefined) throw error;
      const state = "whether the command was carried out is unknown";
      throw new Error(`${this.#loss}; ${state}`);
    }
  }

  /** Runs a script; only its name travels where Redis knows it. */
  run(
    script: string,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<unknown> {
    return this.#scripts.run(script, keys, args);
  }

  /** Resolves once all that was asked before is answered, or the connection has ended. */
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

  /** Resolves once messages of a topic do not arrive any more. */
  async unsubscribe(topic: string): Promise<void> {
    try {
      await this.#deps.client.unsubscribe([topic], this.#deps.onMessage);
    } catch (error) {
      // A connection that has ended has no subscriptions.
      if (!this.ended) throw error;
    }
  }

  /** Ends the connection; again is the same as once. */
  end(error: unknown): void {
    if (this.ended) return;
    this.#loss = reasonOf(error);
    this.#stopWatching?.();
    this.#deps.client.destroy();
    this.#deps.onEnd(error);
  }

  /** Redis that hangs, or a network that drops everything, says nothing: neither may last. */
  #watch(): void {
    if (this.#silent >= MAX_SILENT) {
      const ms = PING_MS * this.#silent;
      this.end(new Error(`Redis has not answered for ${ms} ms`));
      return;
    }
    this.#silent++;
    if (this.#life === "") return;
    this.#look().then(
      () => this.#silent = 0,
      (error) => this.end(error),
    );
  }

  /** Rejects if Redis takes no writes: it was made a replica, and its place is elsewhere. */
  async #look(): Promise<void> {
    if (READ_ONLY.test(await this.#info("replication"))) {
      throw new Error("Redis is a read-only replica");
    }
  }

  /** What Redis tells of itself; nothing where this user may not ask. */
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

/** The id of this run of the server; the same for all where Redis does not tell. */
function runIdOf(info: string): string {
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? "unknown";
}

/** The sentence of an error; that of several attempts at once has none of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}
