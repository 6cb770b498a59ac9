/** The other nodes of a sequencer: they are taken in, listened to and, at their end, forgotten. */

import type { Clock } from "../../clock.ts";
import type { Election } from "./election.ts";
import type { Lobby } from "./lobby.ts";
import type { Answer, Message } from "./messages.ts";
import type { OpenChannel } from "./net.ts";
import { Pair } from "./pair.ts";
import { Questions } from "./questions.ts";
import type { Member, Sequencer } from "./sequencer.ts";

/** A node is told again that it is taken in, as long as nothing comes from it. */
const WELCOME_PERIOD_MS = 200;

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

  /** Posts what waits, and ends all links. */
  close(): void {
    this.#closed = true;
    for (const member of this.#members.values()) {
      member.pair.link.flush();
      member.close();
    }
    this.#members.clear();
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
  #stopWelcome: (() => void) | undefined;

  constructor(node: string, options: RemoteMemberOptions) {
    const { clock, lobby } = options;
    this.node = node;
    this.#options = options;
    this.questions = new Questions(clock);
    this.#stopWelcome = clock.every(
      WELCOME_PERIOD_MS,
      () => lobby.welcome(node),
    );
    this.pair = new Pair({
      ...options,
      other: node,
      admit: () => true,
      onPost: () => this.#endWelcome(),
      onMessage: (message) => this.#receive(message),
    });
  }

  send(message: Message): void {
    this.pair.link.send(message);
  }

  close(): void {
    this.#endWelcome();
    this.pair.close();
  }

  #endWelcome(): void {
    this.#stopWelcome?.();
    this.#stopWelcome = undefined;
  }

  #receive(message: Message): void {
    const { sequencer, onBye } = this.#options;
    switch (message.type) {
      case "publish": {
        const published = sequencer.publish(message.draft);
        return this.#reply(message.id, { type: "published", published });
      }
      case "request": {
        const answer = sequencer.carryOut(message.request, this);
        return "type" in answer
          ? this.#reply(message.id, answer)
          : void this.#replyLater(message.id, answer);
      }
      case "join":
        sequencer.join(message.held, this);
        return this.send({ type: "joined" });
      case "answer":
        return this.questions.settle(message.id, message.value);
      case "failure":
        return this.questions.fail(message.id, new Error(message.reason));
      case "bye":
        this.pair.link.acknowledge();
        return onBye();
      default:
        throw new TypeError(`A node cannot say "${message.type}"`);
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
