/** Service of the sequencer for one node: carries out the calls that come as messages. */

import {
  encode,
  encodeAnswers,
  encodePublished,
  encodeResult,
  fromPublish,
} from "./codec.ts";
import type { FollowerMessage, Request, Results } from "./messages.ts";
import type { FollowerNode, Sequencer } from "./sequencer.ts";

/** Options of {@linkcode Service}. */
export interface ServiceOptions {
  readonly sequencer: Sequencer;
  /** The node that calls; `undefined` for the sequencer's own. */
  readonly follower: FollowerNode | undefined;
  /** Takes the text of a reply. */
  readonly reply: (text: string) => void;
  /** Called when the node says goodbye. */
  readonly onBye: () => void;
}

const JOINED = encode(["joined"]);

/** Replies to each call; the effect of a call is there when {@linkcode receive} returns. */
export class Service {
  readonly #options: ServiceOptions;
  #isJoined = false;
  #closed = false;

  /** Creates the service for a node. */
  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** True once the node has joined. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Carries out nothing any more. */
  close(): void {
    this.#closed = true;
  }

  /** Takes a message of the node. */
  readonly receive = (message: FollowerMessage): void => {
    const { sequencer, follower, reply, onBye } = this.#options;
    if (this.#closed) return;
    switch (message[0]) {
      case "publish":
        // Not in a method of its own: this is the hot path.
        try {
          const published = sequencer.publish(fromPublish(message));
          return reply(encodePublished(message[1], published));
        } catch (error) {
          this.#fail(message[1], error);
          throw error;
        }
      case "request":
        return this.#carryOut(message[1], message[2]);
      case "call":
        return void this.#call(message[1], message[2] ?? undefined, message[3]);
      case "join":
        this.#isJoined = true;
        sequencer.join(message[1], follower);
        return reply(JOINED);
      case "answer":
        return sequencer.nodeCalls.settle(message[1], message[2]);
      case "failure":
        return sequencer.nodeCalls.fail(message[1], new Error(message[2]));
      case "bye":
        return onBye();
    }
  };

  #fail(id: number, error: unknown): void {
    this.#options.reply(encode(["failure", id, reasonOf(error)]));
  }

  #carryOut(id: number, request: Request): void {
    const succeed = (result: Results[keyof Results]) =>
      this.#options.reply(encodeResult(id, result));
    const fail = (error: unknown) => this.#fail(id, error);
    try {
      const result = this.#resultOf(request);
      // At once where possible: the reply to a subscription has to come before what
      // is delivered from then on.
      if (result instanceof Promise) result.then(succeed).catch(fail);
      else succeed(result);
    } catch (error) {
      fail(error);
    }
  }

  #resultOf(
    request: Request,
  ): Results[keyof Results] | Promise<Results[keyof Results]> {
    const { sequencer, follower } = this.#options;
    const { memory, presence } = sequencer;
    const [method, channel] = request;
    switch (method) {
      case "subscribe":
        return sequencer.subscribe(channel, follower);
      case "unsubscribe":
        return sequencer.unsubscribe(channel, follower);
      case "position":
        return memory.position(channel);
      case "removeHistory":
        return memory.removeHistory(channel);
      case "recover":
        return memory.recover(channel, request[2]);
      case "history":
        return memory.history(channel, request[2]);
      case "add":
        return sequencer.add(channel, request[2], follower);
      case "remove":
        return sequencer.remove(channel, request[2]);
      case "get":
        return presence.get(channel).then((infos) => [...infos.values()]);
      case "stats":
        return presence.stats(channel);
    }
  }

  async #call(
    id: number,
    node: string | undefined,
    call: unknown,
  ): Promise<void> {
    const { sequencer, reply } = this.#options;
    try {
      reply(encodeAnswers(id, await sequencer.call(node, call)));
    } catch (error) {
      this.#fail(id, error);
    }
  }
}

/** Describes an error to another node. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
