/** The broker of several isolates of one process: one of them gives the order, the others ask it. */

import type { Presence } from "../../presence/types.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import {
  readAnswers,
  readDone,
  readHistory,
  readPosition,
  readPublished,
  readRecovery,
} from "./answers.ts";
import { type Call, Calls, type Ending } from "./calls.ts";
import { Holdings, type Subscription } from "./holdings.ts";
import { type Answer, isOfHoldings, type Request } from "./messages.ts";
import {
  type BroadcastChannelBrokerOptions,
  type Settings,
  toSettings,
} from "./options.ts";
import { SharedPresence } from "./presence.ts";
import { gather, Questions } from "./questions.ts";
import { Seat } from "./seat.ts";
import type {
  Broker,
  BrokerNode,
  HistoryQuery,
  HistoryResult,
  Published,
  PublishRequest,
  RecoverQuery,
} from "../types.ts";

export type { BroadcastChannelBrokerOptions };

/**
 * Exactly one isolate of the process, the sequencer, holds the lock and gives the
 * order; the others send it what they want and get what they are subscribed to.
 * When it ends another one takes its place: with new epochs and nothing kept, so
 * every node checks its positions. A single isolate posts nothing.
 */
export class BroadcastChannelBroker implements Broker {
  readonly node: string;
  /** Who is in a channel, on all nodes. */
  readonly presence: Presence;
  readonly #settings: Settings;
  readonly #calls: Calls;
  readonly #holdings: Holdings;
  readonly #ownQuestions: Questions;
  #owner: BrokerNode | undefined;
  #seat: Seat | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: BroadcastChannelBrokerOptions) {
    const settings = toSettings(options);
    this.#settings = settings;
    this.node = settings.random.uuid();
    this.#holdings = new Holdings(settings.clock);
    this.#ownQuestions = new Questions(settings.clock);
    this.#calls = new Calls({
      clock: settings.clock,
      timeoutMs: settings.timeoutMs,
      maxBytes: settings.maxWaitingBytes,
      onFail: (call) => this.#onFail(call),
    });
    this.presence = new SharedPresence({
      ttlMs: settings.presence.ttlMs,
      holdings: this.#holdings,
      ask: (request, read) => this.#ask(request, read),
    });
  }

  get ready(): boolean {
    return this.#seat?.ready === true;
  }

  start(owner: BrokerNode): void {
    this.#owner = owner;
    this.#seat = new Seat({
      ...this.#settings,
      node: this.node,
      owner,
      calls: this.#calls,
      holdings: this.#holdings,
    });
    this.#seat.start();
  }

  subscribe(channel: string): Promise<void> {
    const known = this.#holdings.get(channel);
    if (known?.ready !== undefined) return known.ready;
    if (this.#seat?.sequencer !== undefined) {
      return this.#ask({ type: "subscribe", channel }, readDone);
    }
    const subscription = known ?? { confirmed: false, ready: undefined };
    this.#holdings.subscribe(channel, subscription);
    return this.#confirm(channel, subscription);
  }

  unsubscribe(channel: string): Promise<void> {
    this.#holdings.unsubscribe(channel);
    return this.#ask({ type: "unsubscribe", channel }, readDone);
  }

  publish(draft: PublishRequest): Published | Promise<Published> {
    const sequencer = this.#seat?.sequencer;
    if (sequencer !== undefined) return sequencer.publish(draft);
    return this.#wait((id) => ({ type: "publish", id, draft }), (answer) => {
      const published = readPublished(answer);
      // The next sequencer is to know it, too.
      if (draft.idempotencyKey !== undefined) {
        this.#holdings.note(draft, published);
      }
      return published;
    });
  }

  position(channel: string): Promise<StreamPosition> {
    return this.#ask({ type: "position", channel }, readPosition);
  }

  recover(
    channel: string,
    query: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    return this.#ask({ type: "recovery", channel, query }, readRecovery);
  }

  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    return this.#ask({ type: "history", channel, query }, readHistory);
  }

  removeHistory(channel: string): Promise<void> {
    return this.#ask({ type: "removeHistory", channel }, readDone);
  }

  async call(
    node: string | undefined,
    question: unknown,
  ): Promise<readonly unknown[]> {
    // What cannot be cloned is to fail here, not when a batch is posted.
    const copy: unknown = structuredClone(question);
    const isOwn = node === this.node && this.#closing === undefined;
    if (isOwn) return await this.#askOwn(copy);
    return await this.#ask({ type: "call", node, question: copy }, readAnswers);
  }

  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  /** Also where the sequencer is slow, or not found yet. */
  async #askOwn(question: unknown): Promise<readonly unknown[]> {
    if (this.#owner === undefined) return [];
    return await gather([this.#ownQuestions.askOwn(this.#owner, question)]);
  }

  async #close(): Promise<void> {
    await this.#seat?.close();
    this.#calls.close();
    this.#ownQuestions.close();
  }

  /** What is not answered in time stays held, and the next join confirms it. */
  #confirm(channel: string, subscription: Subscription): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    subscription.ready = promise;
    const request: Request = { type: "subscribe", channel };
    this.#send((id) => ({ type: "request", id, request }), {
      settle: () => {
        // At once: deliveries may stand in the same batch.
        subscription.confirmed = true;
        resolve();
      },
      fail: (error) => {
        subscription.ready = undefined;
        reject(error);
      },
    });
    return promise;
  }

  async #ask<T>(request: Request, read: (answer: Answer) => T): Promise<T> {
    const sequencer = this.#seat?.sequencer;
    return sequencer === undefined
      ? await this.#wait((id) => ({ type: "request", id, request }), read)
      : read(await sequencer.carryOut(request));
  }

  #wait<T>(
    make: (id: number) => Call,
    read: (answer: Answer) => T,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#send(make, { settle: resolve, fail: reject });
    return promise.then(read);
  }

  #send(make: (id: number) => Call, ending: Ending): void {
    const call = this.#calls.add(make, ending);
    if (call !== undefined) this.#seat?.send(call);
  }

  /** Where it was to change what this node holds, the sequencer may not know of the change. */
  #onFail(call: Call): void {
    if (isOfHoldings(call)) this.#seat?.joinAgain();
  }
}
