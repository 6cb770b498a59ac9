/** Follower: the calls of a node that is not the sequencer, and what it holds there. */

import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import { PendingCalls } from "../pending_calls.ts";
import type {
  BrokerNode,
  Published,
  PublishRequest,
  RelayCounters,
} from "../types.ts";
import {
  encode,
  encodeValue,
  fromDelivery,
  fromPublished,
  fromResult,
  toPublish,
} from "./codec.ts";
import { Link, type LinkEnds } from "./link.ts";
import type {
  FollowerMessage,
  Holdings,
  Lease,
  Reply,
  Request,
  Results,
  SequencerMessage,
} from "./messages.ts";
import { type Outgoing, sizeOf } from "./send_queue.ts";
import { reasonOf } from "./service.ts";

/** Options of {@linkcode Follower}. */
export interface FollowerOptions {
  readonly clock: Clock;
  /** Milliseconds that a call waits for its answer. */
  readonly timeoutMs: number;
  /** Bytes of the calls that may wait; more are rejected. */
  readonly maxWaitingBytes: number;
  /** Counters of its links. */
  readonly counters: RelayCounters;
}

/** One sequencer of a follower. */
export interface SequencerLink extends LinkEnds {
  readonly owner: BrokerNode;
  /** Called whenever the sequencer knows all that this node holds. */
  readonly onJoined: () => void;
  /** Called when the sequencer says goodbye. */
  readonly onBye: () => void;
  readonly onError: (error: unknown) => void;
}

interface Subscription {
  /** True once the sequencer has confirmed it; a delivery before that is for an earlier one. */
  isConfirmed: boolean;
  /** Settles with the answer of the sequencer; `undefined` where none is awaited. */
  pending: Promise<void> | undefined;
}

/** Call without an answer: it waits for a sequencer or in the link, or was posted. */
interface PendingCall extends Outgoing {
  readonly method: Request[0] | "publish" | "call";
  /** Channel or node that it is about. */
  readonly target: string;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  /** Called at once with the result, before the promise resolves. */
  readonly onResult: (() => void) | undefined;
  /** True if it has waited for a sequencer, and the join carries it out. */
  isInJoin?: boolean;
}

const CLOSED = "the broker is closed";
const BYE: Outgoing = { text: encode(["bye"]) };

/**
 * Follows one sequencer after the other. With the link to one the calls that it did
 * not answer are rejected; those made before there is another one wait for that. Of
 * those that change what this node holds, the next one only gets what has come of them:
 * a later one may have found no room to wait.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #calls: PendingCalls<PendingCall>;
  readonly #subscriptions = new Map<string, Subscription>();
  /** By channel and client. */
  readonly #leases = new Map<string, Lease>();
  #pendingBytes = 0;
  #sequencer: SequencerLink | undefined;
  #link: Link<SequencerMessage> | undefined;
  #isJoined = false;
  /** Subscriptions that the answer to the join under way confirms. */
  #joining: readonly Subscription[] | undefined;
  /** True if the sequencer may have missed a change after that join. */
  #isStale = false;
  #closed = false;

  /** Creates a follower without a sequencer. */
  constructor(options: FollowerOptions) {
    const { clock, timeoutMs } = options;
    this.#options = options;
    this.#calls = new PendingCalls({
      clock,
      timeoutMs,
      onTimeout: (call) => {
        this.#pendingBytes -= sizeOf(call);
        this.#fail(call, `the sequencer did not answer within ${timeoutMs} ms`);
      },
    });
  }

  /** Name of the sequencer, if there is one. */
  get sequencer(): string | undefined {
    return this.#sequencer?.other;
  }

  /** True once the sequencer knows this node. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** All that this node holds. */
  get holdings(): Holdings {
    const channels = [...this.#subscriptions.keys()];
    return { channels, leases: [...this.#leases.values()] };
  }

  /** Joins a sequencer, and sends it the calls that wait. */
  follow(sequencer: SequencerLink): void {
    this.#sequencer = sequencer;
    this.#link = new Link({
      ...this.#options,
      ...sequencer,
      // It sends no deliveries, so nothing of it is dropped.
      gap: BYE,
      onDrop: () => {},
      onMessage: this.#receive,
    });
    this.#join();
    for (const call of this.#calls.values()) {
      if (changesHoldings(call)) call.isInJoin = true;
      else this.#link.send(call);
    }
  }

  /** Ends the link, and rejects the calls without an answer. */
  leave(reason: string): void {
    if (this.#link === undefined) return;
    this.#link.close();
    this.#link = undefined;
    this.#sequencer = undefined;
    this.#isJoined = false;
    this.#joining = undefined;
    for (const call of this.#calls.takeAll()) this.#fail(call, reason);
    this.#pendingBytes = 0;
    // No call waits behind which an older state could be sent.
    this.#isStale = false;
  }

  /**
   * Hands the waiting calls to this node's own sequencer, which has the node's
   * subscriptions and leases already, and keeps them from now on.
   */
  handOver(carryOut: (message: FollowerMessage) => void): void {
    this.#subscriptions.clear();
    this.#leases.clear();
    this.#settle(this.#calls.takeAll(changesHoldings));
    for (const { text } of this.#calls.values()) {
      carryOut(JSON.parse(text));
    }
  }

  /** Takes the reply to a call. */
  receiveReply(reply: Reply): void {
    const call = this.#take(reply[1]);
    switch (reply[0]) {
      case "published":
        return call?.resolve(fromPublished(reply));
      case "result":
        call?.onResult?.();
        return call?.resolve(fromResult(reply[2]));
      case "answers":
        return call?.resolve(reply[2].map(([answer]) => answer));
      case "failure":
        return call?.reject(new Error(reply[2]));
    }
  }

  /**
   * Rejects every later call, says goodbye to the sequencer, and rejects the calls
   * that it has not answered then. Nothing of it keeps the process alive.
   */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#link?.finish(BYE);
    this.leave(CLOSED);
    for (const call of this.#calls.takeAll()) this.#fail(call, CLOSED);
    this.#calls.close();
  }

  /** Subscribes this node to a channel. */
  subscribe(channel: string): void | Promise<void> {
    const known = this.#subscriptions.get(channel);
    if (known?.isConfirmed) return;
    const subscription = known ?? { isConfirmed: false, pending: undefined };
    if (!this.#closed) this.#subscriptions.set(channel, subscription);
    return subscription.pending ??= this.#confirm(channel, subscription);
  }

  /** Unsubscribes it. */
  unsubscribe(channel: string): Promise<void> {
    this.#subscriptions.delete(channel);
    return this.request(["unsubscribe", channel]);
  }

  /** Publishes; calls of one caller keep their order. */
  publish(request: PublishRequest): Promise<Published> {
    const text = encode(toPublish(this.#calls.nextId, request));
    return this.#send("publish", request.channel, text);
  }

  /** Adds a client to a channel. */
  add(lease: Lease): Promise<void> {
    const { channel, info } = lease;
    if (!this.#closed) this.#leases.set(`${channel}\n${info.client}`, lease);
    return this.request(["add", channel, info]);
  }

  /** Removes a client from a channel. */
  remove(channel: string, client: string): Promise<void> {
    this.#leases.delete(`${channel}\n${client}`);
    return this.request(["remove", channel, client]);
  }

  /** Calls one node, or all of them; see `Broker.call`. */
  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    const id = this.#calls.nextId;
    const text = encodeValue(["call", id, node ?? null], call);
    return await this.#send("call", node ?? "all nodes", text);
  }

  /** Calls a method that changes nothing that this node holds. */
  request<R extends Request>(request: R): Promise<Results[R[0]]> {
    const [method, target] = request;
    const text = encode(["request", this.#calls.nextId, request]);
    return this.#send(method, target, text);
  }

  /** Asks for a subscription. Without an answer in time it stays held, and the next join confirms it. */
  #confirm(channel: string, subscription: Subscription): Promise<void> {
    const text = encode([
      "request",
      this.#calls.nextId,
      ["subscribe", channel],
    ]);
    const confirmed = this.#send<void>("subscribe", channel, text, () => {
      // At once: deliveries may follow in the same batch.
      subscription.isConfirmed = true;
    });
    confirmed.catch(() => subscription.pending = undefined);
    return confirmed;
  }

  #send<T>(
    method: PendingCall["method"],
    target: string,
    text: string,
    onResult?: () => void,
  ): Promise<T> {
    const { promise, resolve, reject } = deferred<T>();
    const call: PendingCall = {
      text,
      method,
      target,
      resolve,
      reject,
      onResult,
    };
    const bytes = this.#pendingBytes + sizeOf(call);
    if (this.#closed) this.#fail(call, CLOSED);
    else if (bytes > this.#options.maxWaitingBytes) {
      this.#fail(call, `${this.#calls.size} calls wait already`);
    } else {
      this.#pendingBytes = bytes;
      this.#calls.add(call);
      this.#link?.send(call);
    }
    return promise;
  }

  #take(id: number): PendingCall | undefined {
    const call = this.#calls.take(id);
    if (call !== undefined) this.#pendingBytes -= sizeOf(call);
    return call;
  }

  /** Rejects a call that the sequencer may not have carried out. */
  #fail(call: PendingCall, reason: string): void {
    call.isCanceled = true;
    call.reject(new Error(`Cannot ${describe(call)}: ${reason}`));
    if (changesHoldings(call)) this.#join();
  }

  /**
   * Reports all that this node holds: at first, and whenever the sequencer may have
   * missed a change. One report at a time, so that they do not pile up.
   */
  #join(): void {
    if (this.#joining !== undefined || this.#link === undefined) {
      this.#isStale = true;
      return;
    }
    this.#isStale = false;
    this.#joining = [...this.#subscriptions.values()];
    this.#link.send({ text: encode(["join", this.holdings]) });
  }

  readonly #receive = (message: SequencerMessage): void => {
    const sequencer = this.#sequencer;
    if (sequencer === undefined) return;
    switch (message[0]) {
      case "delivery":
        if (this.#subscriptions.get(message[1])?.isConfirmed) {
          sequencer.owner.deliver(fromDelivery(message));
        }
        return;
      case "call":
        return void this.#answer(sequencer, message[1], message[2]);
      case "joined":
        return this.#onJoined(sequencer);
      case "gap":
        return sequencer.owner.checkPositions();
      case "bye":
        // Later calls are for the next sequencer.
        this.#link?.acknowledge();
        return sequencer.onBye();
      default:
        return this.receiveReply(message);
    }
  };

  #onJoined(sequencer: SequencerLink): void {
    // At once: deliveries may follow in the same batch.
    for (const subscription of this.#joining ?? []) {
      subscription.isConfirmed = true;
    }
    this.#joining = undefined;
    this.#settle(this.#calls.takeAll(({ isInJoin = false }) => isInJoin));
    this.#isJoined = true;
    sequencer.onJoined();
    if (this.#isStale) this.#join();
  }

  /** Resolves calls that a sequencer has carried out by what it was given to hold. */
  #settle(calls: readonly PendingCall[]): void {
    for (const call of calls) {
      this.#pendingBytes -= sizeOf(call);
      call.onResult?.();
      call.resolve(undefined);
    }
  }

  async #answer(
    { owner }: SequencerLink,
    id: number,
    call: unknown,
  ): Promise<void> {
    const link = this.#link;
    try {
      const answer = await owner.answer(call);
      link?.send({ text: encodeValue(["answer", id], answer) });
    } catch (error) {
      link?.send({ text: encode(["failure", id, reasonOf(error)]) });
    }
  }
}

function changesHoldings({ method }: PendingCall): boolean {
  return method === "subscribe" || method === "unsubscribe" ||
    method === "add" || method === "remove";
}

/** Describes a call for an error. */
function describe({ method, target }: PendingCall): string {
  switch (method) {
    case "publish":
      return `publish to "${target}"`;
    case "call":
      return `call ${target}`;
    default:
      return `carry out "${method}" for "${target}"`;
  }
}
