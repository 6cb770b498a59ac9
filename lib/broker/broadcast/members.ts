/** The other nodes of a sequencer: they are taken in, listened to and, at their end, forgotten. */

import type { Clock } from "../../base/clock.ts";
import type { PublishRequest } from "../types.ts";
import type { Election } from "./election.ts";
import type { Lobby } from "./lobby.ts";
import type { Answer, Message } from "./messages.ts";
import type { OpenChannel } from "./net.ts";
import { Pair } from "./pair.ts";
import { Questions } from "./questions.ts";
import type { Member, Sequencer } from "./sequencer.ts";

/** What the members need. */
export interface MembersOptions {
  readonly open: OpenChannel;
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  readonly clock: Clock;
  readonly election: Election;
  readonly lobby: Lobby;
  readonly sequencer: Sequencer;
  readonly maxWaitingBytes: number;
  readonly onDrop: (count: number) => void;
  readonly onError: (error: unknown) => void;
}

/** Every node of this process but the sequencer's own. */
export class Members {
  readonly #options: MembersOptions;
  readonly #members = new Map<string, RemoteMember>();
  #closed = false;

  constructor(options: MembersOptions) {
    this.#options = options;
  }

  /** Takes in all nodes that are there, as after the end of another sequencer. */
  async inviteAll(): Promise<void> {
    for (const node of await this.#options.election.others()) {
      this.#welcome(node);
    }
  }

  /** Takes in a node that says hello, if it is of this process. */
  async onHello(node: string): Promise<void> {
    const others = await this.#options.election.others();
    if (others.includes(node)) this.#welcome(node);
  }

  /** Says the last word to all nodes, and ends their links. */
  async close(): Promise<void> {
    this.#closed = true;
    const members = [...this.#members.values()];
    await Promise.all(members.map((member) => member.bye()));
    for (const member of members) member.close();
  }

  #welcome(node: string): void {
    if (this.#closed) return;
    if (!this.#members.has(node)) this.#add(node);
    this.#options.lobby.welcome(node);
  }

  #add(node: string): void {
    const { election, sequencer } = this.#options;
    const end = () => {
      stopWatching();
      sequencer.remove(member);
      this.#members.delete(node);
      member.close();
    };
    const member = new RemoteMember(node, { ...this.#options, onBye: end });
    const stopWatching = election.watch(node, end);
    this.#members.set(node, member);
    sequencer.add(member);
  }
}

interface RemoteMemberOptions extends MembersOptions {
  readonly onBye: () => void;
}

/** Another node, at the end of a link. */
class RemoteMember implements Member {
  readonly node: string;
  readonly questions: Questions;
  readonly pair: Pair;
  readonly #options: RemoteMemberOptions;
  #joined = false;
  #ending = false;

  constructor(node: string, options: RemoteMemberOptions) {
    this.node = node;
    this.#options = options;
    this.questions = new Questions(options.clock);
    this.pair = new Pair({
      ...options,
      other: node,
      isWanted: (message) =>
        message.type !== "question" || this.questions.has(message.id),
      onMessage: (message) => this.#receive(message),
    });
  }

  send(message: Message): void {
    this.pair.link.send(message);
  }

  /** Says the last word; what the node still wants of this sequencer is not done. */
  async bye(): Promise<void> {
    this.#ending = true;
    if (this.#joined) await this.pair.bye();
  }

  close(): void {
    this.pair.close();
  }

  #receive(message: Message): void {
    if (this.#ending) return;
    const { sequencer, onBye } = this.#options;
    switch (message.type) {
      case "publish":
        return this.#publish(message.id, message.draft);
      case "request": {
        const answer = sequencer.carryOut(message.request, this);
        return "type" in answer
          ? this.#reply(message.id, answer)
          : void this.#replyLater(message.id, answer);
      }
      case "join":
        this.#joined = true;
        sequencer.join(message.held, this);
        return this.send({ type: "joined" });
      case "answer":
        return this.questions.settle(message.id, message.value);
      case "failure":
        return this.questions.fail(message.id, new Error(message.reason));
      case "bye":
        this.pair.link.flush();
        this.pair.link.acknowledge();
        return onBye();
      default:
        throw new TypeError(`A node cannot say "${message.type}"`);
    }
  }

  #publish(id: number, draft: PublishRequest): void {
    try {
      const published = this.#options.sequencer.publish(draft);
      this.#reply(id, { type: "published", published });
    } catch (error) {
      this.send({ type: "failure", id, reason: reasonOf(error) });
      throw error;
    }
  }

  #reply(id: number, answer: Answer): void {
    this.send({ type: "reply", id, answer });
  }

  async #replyLater(id: number, answer: Promise<Answer>): Promise<void> {
    try {
      this.#reply(id, await answer);
    } catch (error) {
      this.send({ type: "failure", id, reason: reasonOf(error) });
    }
  }
}

/** What is told of an error to another node. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
