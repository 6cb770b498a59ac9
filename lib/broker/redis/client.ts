/** Client of one server of Redis: commands, their replies and messages on one connection. */

import type { Socket } from "node:net";
import { deferred } from "../../base/deferred.ts";
import type { RedisEvent, RedisLike, TakeMessage } from "./connection.ts";
import { encodeCommand, ReplyReader } from "./resp.ts";
import { openSocket } from "./socket.ts";
import type { RedisServerUrl } from "./url.ts";

/** Answer of Redis to the PING that follows a change of the subscriptions. */
const FENCE = "subscribed";

/** Options of a client. */
export interface RespClientOptions extends RedisServerUrl {
  /** True in a cluster: each topic belongs to a slot, as keys do. */
  readonly isSharded: boolean;
}

/** A command whose reply has not arrived. */
interface Pending {
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** True for a change of the subscriptions with its PING; there may be an error before the answer. */
  readonly isFenced: boolean;
  error?: Error;
}

/**
 * Client of one server, in RESP3. When a slot moves, a server of a cluster ends the
 * subscriptions in it with a message that looks like the confirmation of a command. The
 * package `redis` takes it for one, by its source, and then assigns each reply to the
 * wrong command: so this client is the hub's own.
 *
 * It ignores confirmations. A PING follows each change of the subscriptions, and the
 * reply to that PING, or an error before it, is the result of the change.
 */
export class RespClient implements RedisLike {
  readonly #options: RespClientOptions;
  readonly #listeners: Partial<Record<RedisEvent, (value: unknown) => void>> =
    {};
  readonly #topics = new Set<string>();
  /** Topics whose end was asked for, and how often. */
  readonly #leaving = new Map<string, number>();
  readonly #reader = new ReplyReader((reply, isPush) => {
    if (this.#isEnded) return;
    if (isPush) this.#onPush(reply);
    else this.#onReply(reply);
  });
  #pending: Pending[] = [];
  /** Index of the oldest command among those; the ones before it are done. */
  #oldest = 0;
  #socket: Socket | undefined;
  /** Commands that are sent together, when those that are at hand have been called. */
  #unsent = "";
  #isEnded = false;
  #takeMessage: TakeMessage = () => {};

  constructor(options: RespClientOptions) {
    this.#options = options;
  }

  async connect(): Promise<void> {
    const socket = await openSocket(this.#options);
    if (this.#isEnded) {
      socket.destroy();
      throw new Error("the client was destroyed");
    }
    this.#socket = socket;
    socket.on("data", (bytes) => {
      // It would be text if an encoding were set.
      if (typeof bytes !== "string") this.#receive(bytes);
    });
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("Redis has hung up")));
    const { username, password, database } = this.#options;
    const login = password === "" ? [] : ["AUTH", username, password];
    const commands = [this.sendCommand(["HELLO", "3", ...login])];
    if (database !== 0) {
      commands.push(this.sendCommand(["SELECT", String(database)]));
    }
    await Promise.all(commands);
  }

  sendCommand(args: readonly string[]): Promise<unknown> {
    return this.#send(encodeCommand(args), false);
  }

  subscribe(topics: readonly string[], take: TakeMessage): Promise<void> {
    this.#takeMessage = take;
    for (const topic of topics) this.#topics.add(topic);
    return this.#change("SUBSCRIBE", topics);
  }

  async unsubscribe(topics: readonly string[]): Promise<void> {
    for (const topic of topics) {
      this.#topics.delete(topic);
      this.#leaving.set(topic, (this.#leaving.get(topic) ?? 0) + 1);
    }
    try {
      await this.#change("UNSUBSCRIBE", topics);
    } finally {
      for (const topic of topics) {
        const left = (this.#leaving.get(topic) ?? 1) - 1;
        if (left > 0) this.#leaving.set(topic, left);
        else this.#leaving.delete(topic);
      }
    }
  }

  on(event: RedisEvent, listener: (value: unknown) => void): void {
    this.#listeners[event] = listener;
  }

  destroy(): void {
    this.#end(new Error("the client was destroyed"));
  }

  async #change(verb: string, topics: readonly string[]): Promise<void> {
    const name = this.#options.isSharded ? `S${verb}` : verb;
    const command = encodeCommand([name, ...topics]);
    await this.#send(command + encodeCommand(["PING", FENCE]), true);
  }

  #send(text: string, isFenced: boolean): Promise<unknown> {
    if (this.#socket === undefined || this.#isEnded) {
      const reason = "Cannot send to Redis: the client is not connected";
      return Promise.reject(new Error(reason));
    }
    const { promise, resolve, reject } = deferred<unknown>();
    this.#pending.push({ resolve, reject, isFenced });
    if (this.#unsent === "") queueMicrotask(() => this.#flush());
    this.#unsent += text;
    return promise;
  }

  #flush(): void {
    const text = this.#unsent;
    this.#unsent = "";
    if (!this.#isEnded) this.#socket?.write(text);
  }

  #receive(bytes: Parameters<ReplyReader["push"]>[0]): void {
    try {
      this.#reader.push(bytes);
    } catch (error) {
      this.#fail(error);
    }
  }

  #onReply(reply: unknown): void {
    const pending = this.#pending[this.#oldest];
    if (pending === undefined) {
      throw new SyntaxError("Cannot read a reply: no command waits for one");
    }
    if (pending.isFenced && reply !== FENCE) {
      if (reply instanceof Error && pending.error === undefined) {
        pending.error = reply;
        return;
      }
      throw new SyntaxError("Cannot read a reply: expected the one to PING");
    }
    this.#oldest++;
    if (this.#oldest > 1_024 && this.#oldest * 2 > this.#pending.length) {
      this.#pending = this.#pending.slice(this.#oldest);
      this.#oldest = 0;
    }
    const error = reply instanceof Error ? reply : pending.error;
    if (error === undefined) pending.resolve(reply);
    else pending.reject(error);
  }

  #onPush(push: unknown): void {
    const [kind, topic, value] = Array.isArray(push) ? push : [];
    switch (kind) {
      case "message":
      case "smessage":
        this.#takeMessage(value, topic);
        break;
      case "invalidate":
        this.#listeners.invalidate?.(topic);
        break;
      case "sunsubscribe":
        if (!this.#leaving.has(topic) && this.#topics.delete(topic)) {
          this.#listeners.moved?.(topic);
        }
    }
  }

  /** Ends a client that has lost its connection. */
  #fail(error: unknown): void {
    if (this.#isEnded) return;
    this.#end(error);
    this.#listeners.error?.(error);
  }

  #end(error: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#socket?.destroy();
    const waiting = this.#pending.slice(this.#oldest);
    this.#pending = [];
    this.#oldest = 0;
    for (const { reject } of waiting) reject(error);
  }
}
