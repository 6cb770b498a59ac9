/** One connection to NATS: requests, each of which has a reply or fails in time. */

import type { Clock } from "../../base/clock.ts";
import { type Deferred, deferred } from "../../base/deferred.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import { PendingCalls } from "../pending_calls.ts";

/** Milliseconds until a request without a reply fails. */
const REPLY_WITHIN_MS = 5_000;

/** Headers of a message that was received. */
export interface NatsHeaders {
  /** Status of a message without a body; 0 of all others. */
  readonly code: number;
  get(name: string): string;
  keys(): readonly string[];
  values(name: string): readonly string[];
}

/** A message that was received. */
export interface NatsMessage {
  readonly subject: string;
  readonly reply?: string;
  readonly data: Uint8Array;
  readonly headers?: NatsHeaders;
}

/** Called with each message of a subscription. */
export type TakeMessage = (message: NatsMessage) => void;

/** The part of a NATS client that a link uses; that of the npm package `@nats-io/transport-node`. */
export interface NatsLike {
  publish(
    subject: string,
    data: Uint8Array,
    options?: {
      readonly reply?: string;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): void;
  /** Subscribes; the returned function ends it. */
  subscribe(subject: string, take: TakeMessage): () => void;
  /** Subscribes; the returned function ends it, and resolves once `take` has had all that the server has sent. */
  subscribeToEnd(subject: string, take: TakeMessage): () => Promise<void>;
  /** Resolves once the server has all that was sent before. */
  flush(): Promise<void>;
  /** Settles when the connection has ended. */
  closed(): Promise<unknown>;
  /** Closes the connection once the server has all that was sent before. */
  close(): Promise<void>;
  /** Closes it at once. */
  abort(): Promise<void>;
}

/** No one is subscribed to the subject of a request. */
export class NoResponders extends Error {
  constructor() {
    super("no one answers");
    this.name = "NoResponders";
  }
}

/** Options of {@linkcode NatsClient}. */
export interface NatsClientOptions {
  readonly nats: NatsLike;
  readonly clock: Clock;
  /** Beginning of the subjects of replies, which no other client has. */
  readonly inbox: string;
}

/** Sends requests on a connection, until that ends. */
export class NatsClient {
  readonly nats: NatsLike;
  readonly #inbox: string;
  readonly #requests: PendingCalls<Deferred<NatsMessage>>;
  /** Requests with several replies so far. */
  #count = 0;

  /** Takes a connection that is open. */
  constructor({ nats, clock, inbox }: NatsClientOptions) {
    this.nats = nats;
    this.#inbox = inbox;
    this.#requests = new PendingCalls({
      clock,
      timeoutMs: REPLY_WITHIN_MS,
      onTimeout: ({ reject }) =>
        reject(new Error("NATS did not reply within 5 s")),
    });
    nats.subscribe(`${inbox}.*`, (message) => this.#receive(message));
  }

  /**
   * Resolves with the reply to a message.
   *
   * @throws {NoResponders} If no one is subscribed to the subject.
   */
  request(
    subject: string,
    data: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<NatsMessage> {
    const waiting = deferred<NatsMessage>();
    const id = this.#requests.add(waiting);
    try {
      this.nats.publish(subject, data, {
        reply: `${this.#inbox}.${id}`,
        headers,
      });
    } catch (error) {
      this.#requests.take(id);
      waiting.reject(error);
    }
    return waiting.promise;
  }

  /** Sends a message whose replies are several; the returned function ends it. */
  requestMany(
    subject: string,
    data: Uint8Array,
    take: TakeMessage,
  ): () => void {
    // JetStream delivers with the subject of the stream, so this needs a subscription of its own.
    const reply = `${this.#inbox}.many.${++this.#count}`;
    const end = this.nats.subscribe(reply, take);
    this.nats.publish(subject, data, { reply });
    return end;
  }

  /** Rejects all requests that have no reply. */
  end(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const away = new BrokerAwayError(`Cannot reach NATS: ${reason}`);
    for (const { reject } of this.#requests.takeAll()) reject(away);
    this.#requests.close();
  }

  #receive(message: NatsMessage): void {
    const id = Number(message.subject.slice(this.#inbox.length + 1));
    const waiting = this.#requests.take(id);
    if (message.headers?.code === 503) waiting?.reject(new NoResponders());
    else waiting?.resolve(message);
  }
}
