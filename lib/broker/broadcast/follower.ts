/** A node whose sequencer is another one. */

import type { BrokerNode } from "../types.ts";
import type { Call, Calls } from "./calls.ts";
import type { Holdings, Subscription } from "./holdings.ts";
import { reasonOf } from "./members.ts";
import { DONE, isOfHoldings, type Message } from "./messages.ts";
import { Pair, type PairOptions } from "./pair.ts";

/** What a follower needs. */
export interface FollowerOptions
  extends Omit<PairOptions, "isWanted" | "onPost" | "onMessage" | "onDrop"> {
  readonly calls: Calls;
  readonly holdings: Holdings;
  readonly owner: BrokerNode;
  /** Called whenever the sequencer has learnt what this node holds. */
  readonly onJoined: () => void;
  /** Called when the sequencer ends. */
  readonly onBye: () => void;
}

/** Passes on what its sequencer says, and asks it. */
export class Follower {
  /** The sequencer's name. */
  readonly sequencer: string;
  readonly #options: FollowerOptions;
  readonly #pair: Pair;
  #joined = false;
  /** What is confirmed with the answer to the join that is on its way. */
  #pending: readonly Subscription[] | undefined;
  /** Calls that the first join has in it. */
  readonly #joiningCalls: number[] = [];
  /** Whether the sequencer may miss something that came after that join. */
  #isStale = false;

  /** Joins a sequencer, and sends it all calls that wait. */
  constructor(options: FollowerOptions) {
    const { calls } = options;
    this.#options = options;
    this.sequencer = options.other;
    this.#pair = new Pair({
      ...options,
      isWanted: (message) => !isCall(message) || calls.has(message.id),
      onPost: (message) => {
        if (isCall(message)) calls.posted(message.id);
      },
      onMessage: (message) => this.#receive(message),
      // Its own deliveries are all that a sequencer drops; a node has none.
      onDrop: () => {},
    });
    this.join();
    for (const { call } of calls.takeOver()) {
      // In their old order behind the join, they would undo what it says.
      if (isOfHoldings(call)) this.#joiningCalls.push(call.id);
      else this.send(call);
    }
  }

  /** Whether the sequencer knows this node. */
  get joined(): boolean {
    return this.#joined;
  }

  /**
   * Tells the sequencer all that this node holds: at first, and whenever something
   * of it may not have reached it. One join at a time, so that none waits in vain.
   */
  join(): void {
    if (this.#pending !== undefined) {
      this.#isStale = true;
      return;
    }
    const { holdings } = this.#options;
    this.#isStale = false;
    this.#pending = holdings.unconfirmed();
    this.send({ type: "join", held: holdings.list() });
  }

  /** Sends a message at the end of this turn. */
  send(message: Message): void {
    this.#pair.link.send(message);
  }

  /** Says the last word; see {@linkcode Pair.bye}. */
  bye(): Promise<void> {
    return this.#pair.bye();
  }

  /** Ends the link. */
  close(): void {
    this.#pair.close();
  }

  #receive(message: Message): void {
    const { calls, holdings, owner, onBye } = this.#options;
    switch (message.type) {
      case "delivery": {
        const { publication } = message;
        if (holdings.isConfirmed(publication.channel)) {
          owner.deliver(publication);
        }
        return;
      }
      case "reply":
        return calls.settle(message.id, message.answer);
      case "failure":
        return calls.fail(message.id, new Error(message.reason));
      case "question":
        return void this.#answer(message.id, message.value);
      case "joined":
        return this.#onJoined();
      case "lost":
        return owner.checkPositions();
      case "bye":
        // Nothing else: what waits is for the next sequencer.
        this.#pair.link.acknowledge();
        return onBye();
      default:
        throw new TypeError(`A sequencer cannot say "${message.type}"`);
    }
  }

  #onJoined(): void {
    // At once: deliveries may stand in the same batch.
    for (const subscription of this.#pending ?? []) {
      subscription.confirmed = true;
      subscription.ready ??= Promise.resolve();
    }
    this.#pending = undefined;
    const { calls } = this.#options;
    for (const id of this.#joiningCalls.splice(0)) calls.settle(id, DONE);
    this.#joined = true;
    this.#options.onJoined();
    if (this.#isStale) this.join();
  }

  async #answer(id: number, question: unknown): Promise<void> {
    try {
      const answer = await this.#options.owner.answer(question);
      // What cannot be cloned is to fail here, not when the batch is posted.
      this.send({ type: "answer", id, value: structuredClone(answer) });
    } catch (error) {
      this.send({ type: "failure", id, reason: reasonOf(error) });
    }
  }
}

function isCall(message: Message): message is Call {
  return message.type === "publish" || message.type === "request";
}
