/** Link to NATS: a connection, and after its loss the next one. */

import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import { inTime } from "../../base/in_time.ts";
import type { Random } from "../../base/random.ts";
import { Reconnection } from "../reconnection.ts";
import {
  NatsClient,
  type NatsLike,
  type NatsMessage,
  type TakeMessage,
} from "./client.ts";

/** Stage at which an error occurred: the connection, the reading of a message, its delivery, the answer to a call, or the upkeep of what is stored. */
export type NatsStage =
  | "connection"
  | "message"
  | "delivery"
  | "answer"
  | "upkeep";

/** Options of a link. */
export interface NatsLinkOptions {
  /** Connects, and reports later errors of the connection; rejects if no server answers in time. */
  readonly connect: (onError: (error: unknown) => void) => Promise<NatsLike>;
  readonly clock: Clock;
  readonly random: Random;
  /** Called when the link is ready, at first and after each loss. */
  readonly onReady?: () => void;
  /**
   * Called with each error that no caller receives. Each reason of a loss is reported
   * once, not again for each attempt that fails alike.
   */
  readonly onError?: (
    error: unknown,
    context: { readonly stage: NatsStage },
  ) => void;
}

/** User of a link's connections. */
export interface LinkUser {
  /** Called with each new connection. The link is not ready until the promise resolves. */
  onConnect?(): Promise<void>;
  /** Called when the link is ready again. */
  onReady?(): void;
  /** Called when the connection is lost. */
  onLoss?(): void;
}

/** Keeps one connection to NATS, and its subscriptions. Without one, every method rejects at once. */
export class NatsLink {
  readonly #options: NatsLinkOptions;
  readonly #reconnection: Reconnection;
  readonly #users: LinkUser[] = [];
  /** Subscriptions by subject, and what ends each on this connection. */
  readonly #subscriptions = new Map<
    string,
    { readonly take: TakeMessage; end: (() => void) | undefined }
  >();
  #client: NatsClient | undefined;
  #state: "closed" | "away" | "preparing" | "ready" = "closed";
  #attempt: Promise<void> = Promise.resolve();

  /** Makes a link that is closed. */
  constructor(options: NatsLinkOptions) {
    this.#options = options;
    this.#reconnection = new Reconnection({
      ...options,
      connect: () => this.#connect(),
      onReason: (error) => this.report(error, "connection"),
    });
  }

  /** True while requests are expected to succeed. */
  get ready(): boolean {
    return this.#state === "ready";
  }

  /** Adds a user; they are called in the order in which they were added. */
  use(user: LinkUser): void {
    this.#users.push(user);
  }

  /** Begins to connect; {@linkcode close} ends it. */
  open(): void {
    if (this.#state !== "closed") return;
    this.#state = "away";
    this.#connect();
  }

  /** Resolves with the reply to a message; see {@linkcode NatsClient.request}. */
  request(
    subject: string,
    data: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<NatsMessage> {
    return this.#client?.request(subject, data, headers) ??
      Promise.reject(this.#away());
  }

  /** Sends a message with several replies; the returned function ends it. */
  requestMany(
    subject: string,
    data: Uint8Array,
    take: TakeMessage,
  ): () => void {
    if (this.#client === undefined) throw this.#away();
    return this.#client.requestMany(subject, data, this.#guarded(take));
  }

  /** Sends a message that has no reply, or the reply to one. */
  publish(
    subject: string,
    data: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): void {
    if (this.#client === undefined) throw this.#away();
    this.#client.nats.publish(subject, data, { headers });
  }

  /** Subscribes on this connection and those after it. */
  subscribe(subject: string, take: TakeMessage): void {
    const guarded = this.#guarded(take);
    const end = this.#client?.nats.subscribe(subject, guarded);
    this.#subscriptions.set(subject, { take: guarded, end });
  }

  /** Ends a subscription. */
  unsubscribe(subject: string): void {
    this.#subscriptions.get(subject)?.end?.();
    this.#subscriptions.delete(subject);
  }

  /** Resolves once the server has all that was sent before. */
  flush(): Promise<void> {
    return this.#client?.nats.flush() ?? Promise.reject(this.#away());
  }

  /** Reports an error that no caller receives. */
  report(error: unknown, stage: NatsStage): void {
    this.#options.onError?.(error, { stage });
  }

  /** Closes the link, once the server has all that was sent before, or after a second. */
  async close(): Promise<void> {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#reconnection.stop();
    const client = this.#client;
    await inTime(client?.nats.close(), this.#options.clock);
    await client?.nats.abort();
    client?.end(new Error("the connection to NATS was closed"));
    await this.#attempt;
  }

  #away(): Error {
    const reason = this.#state === "closed" ? "closed" : "away";
    return new BrokerAwayError(
      `Cannot reach NATS: the connection is ${reason}`,
    );
  }

  #connect(): void {
    this.#attempt = this.#establish();
  }

  async #establish(): Promise<void> {
    const { connect, clock, random } = this.#options;
    let nats: NatsLike | undefined;
    try {
      nats = await connect((error) => this.report(error, "connection"));
      // Closed meanwhile.
      if (this.#state !== "away") return await nats.abort();
      const inbox = `_INBOX.${random.uuid()}`;
      const client = new NatsClient({ nats, clock, inbox });
      this.#client = client;
      nats.closed().then((reason) => this.#onEnd(client, reason));
      this.#state = "preparing";
      for (const [subject, subscription] of this.#subscriptions) {
        subscription.end = nats.subscribe(subject, subscription.take);
      }
      for (const user of this.#users) await user.onConnect?.();
    } catch (error) {
      if (nats === undefined) return this.#retry(error);
      // Its end was the reason, and has started the next attempt.
      if (this.#client?.nats !== nats) return;
      this.#reconnection.reasons.add(error);
      // Its end starts the next attempt.
      return await nats.abort();
    }
    if (this.#client?.nats !== nats || this.#state !== "preparing") return;
    this.#state = "ready";
    this.#reconnection.succeeded();
    this.#options.onReady?.();
    for (const user of this.#users) {
      this.#guard("delivery", () => user.onReady?.());
    }
  }

  #onEnd(client: NatsClient, reason: unknown): void {
    const error = reason ?? new Error("the connection to NATS has ended");
    client.end(error);
    if (this.#client !== client) return;
    this.#client = undefined;
    for (const subscription of this.#subscriptions.values()) {
      subscription.end = undefined;
    }
    for (const user of this.#users) {
      this.#guard("delivery", () => user.onLoss?.());
    }
    this.#retry(error);
  }

  #retry(error: unknown): void {
    if (this.#state === "closed") return;
    this.#state = "away";
    this.#reconnection.failed(error);
  }

  #guarded(take: TakeMessage): TakeMessage {
    return (message) => this.#guard("message", () => take(message));
  }

  /** Calls back; what that throws into the client would end the connection. */
  #guard(stage: NatsStage, callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.report(error, stage);
    }
  }
}
