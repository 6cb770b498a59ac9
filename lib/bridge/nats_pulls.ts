/** Messages of a durable consumer of NATS: asked for, handed over, and acknowledged. */

import type { Clock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import type { NatsLike, NatsMessage } from "../broker/nats/client.ts";
import { inTime } from "../base/in_time.ts";
import type { SourceRecord, TakeRecords } from "./types.ts";

/** Messages that are handed over together at most. */
const MAX_WINDOW = 256;
/** Milliseconds for which the server keeps a request for messages. */
const PULL_MS = 5_000;
/** Milliseconds after that until a request counts as lost, as with a server that has died. */
const LOST_AFTER_MS = 2_000;

const encoder = new TextEncoder();
const ACK = encoder.encode("+ACK");
const NAK = encoder.encode("-NAK");
const PROGRESS = encoder.encode("+WPI");

/** Parts of the pulls of one connection. */
export interface NatsPullsOptions {
  readonly nats: NatsLike;
  readonly clock: Clock;
  /** Stream and name of the consumer, with a dot between them. */
  readonly consumer: string;
  /** Beginning of the subjects of the requests, which no other client has. */
  readonly inbox: string;
  /** Messages that are asked for at once. */
  readonly batch: number;
  /** Time after which the server delivers a message again that is not acknowledged. */
  readonly ackWaitMs: number;
}

/** Reads until it is stopped. One request for messages is open at a time. */
export class NatsPulls {
  readonly #options: NatsPullsOptions;
  readonly #queue: NatsMessage[] = [];
  /** Subjects of the acknowledgements that are due. */
  readonly #due = new Set<string>();
  /** Messages that the open request may still bring. */
  #missing = 0;
  #requests = 0;
  #stopWait: (() => void) | undefined;
  #wake = deferred();
  #isStopped = false;
  #failure: { readonly error: unknown } | undefined;

  /** Begins with the first call of {@linkcode run}. */
  constructor(options: NatsPullsOptions) {
    this.#options = options;
  }

  /** Ends the reading by an error. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake.resolve();
  }

  /** Ends the reading in peace. */
  stop(): void {
    this.#isStopped = true;
    this.#wake.resolve();
  }

  /** Hands messages over in their order; what is not taken when it ends goes back at once. */
  async run(
    take: TakeRecords,
    toRecord: (message: NatsMessage) => SourceRecord,
  ): Promise<void> {
    const { nats, clock, inbox, ackWaitMs } = this.#options;
    const unsubscribe = nats.subscribeToEnd(
      `${inbox}.*`,
      (message) => this.#receive(message),
    );
    const stopProgress = clock.every(
      ackWaitMs / 3,
      () => this.#answer(PROGRESS, this.#due),
    );
    try {
      while (!this.#isStopped) {
        if (this.#failure !== undefined) throw this.#failure.error;
        const messages = this.#queue.splice(0, MAX_WINDOW);
        // A single one is asked for once the one before it is done: a server loses sight of a
        // message that is handed back while the request of a node that has ended is open.
        const isDue = messages.length === 0 || this.#options.batch > 1;
        if (this.#missing === 0 && isDue) this.#request();
        if (messages.length === 0) await this.#wake.promise;
        else await this.#take(messages, take, toRecord);
        this.#wake = deferred();
      }
    } finally {
      stopProgress();
      this.#stopWait?.();
      // With what the server has sent meanwhile.
      if (this.#failure === undefined) await inTime(unsubscribe(), clock);
      // Another node has them at once; without it, once the server has waited for them.
      this.#answer(NAK, this.#due);
    }
  }

  async #take(
    messages: readonly NatsMessage[],
    take: TakeRecords,
    toRecord: (message: NatsMessage) => SourceRecord,
  ): Promise<void> {
    const replies = new Map<SourceRecord, string>();
    for (const message of messages) {
      replies.set(toRecord(message), message.reply ?? "");
    }
    await take([...replies.keys()], {
      onTaken: (record) => {
        const reply = replies.get(record)!;
        this.#due.delete(reply);
        this.#answer(ACK, [reply]);
      },
    });
  }

  #request(): void {
    const { nats, clock, consumer, inbox, batch } = this.#options;
    this.#missing = batch;
    const expires = PULL_MS * 1_000_000;
    nats.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${consumer}`,
      encoder.encode(JSON.stringify({ batch, expires })),
      { reply: `${inbox}.${++this.#requests}` },
    );
    this.#stopWait?.();
    this.#stopWait = clock.after(PULL_MS + LOST_AFTER_MS, () => this.#end());
  }

  #receive(message: NatsMessage): void {
    const { subject, reply = "", headers } = message;
    const code = headers?.code ?? 0;
    if (code === 0) {
      this.#queue.push(message);
      this.#due.add(reply);
      if (--this.#missing > 0) this.#wake.resolve();
      else this.#end();
      return;
    }
    // An earlier request has ended late.
    if (subject !== `${this.#options.inbox}.${this.#requests}`) return;
    if (code === 404 || code === 408) return this.#end();
    if (code === 100) return;
    this.fail(new Error(`NATS ended a pull with the status ${code}`));
  }

  /** Notes that the request has ended, so that another one is sent. */
  #end(): void {
    this.#missing = 0;
    this.#stopWait?.();
    this.#wake.resolve();
  }

  #answer(data: Uint8Array, replies: Iterable<string>): void {
    // The server delivers again what it has no answer to.
    if (this.#failure !== undefined) return;
    for (const reply of replies) this.#options.nats.publish(reply, data);
  }
}
