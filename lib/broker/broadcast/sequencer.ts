/** Gives the order of all channels: a memory broker, and the nodes that it serves. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Presence } from "../../presence/types.ts";
import type { Publication } from "../../base/publication.ts";
import { MemoryBroker } from "../memory/broker.ts";
import type { BrokerNode, Published, PublishRequest } from "../types.ts";
import { Interests } from "./interests.ts";
import { Leases } from "./leases.ts";
import {
  type Answer,
  DONE,
  type Held,
  type Lease,
  type Message,
  type Request,
} from "./messages.ts";
import { gather, Questions } from "./questions.ts";

/** Another node, as the sequencer sees it. */
export interface Member {
  readonly node: string;
  readonly questions: Questions;
  send(message: Message): void;
}

/** What a sequencer is made of. */
export interface SequencerOptions {
  readonly random: Random;
  readonly clock: Clock;
  /** This node's name. */
  readonly node: string;
  /** What this node does with what it gets. */
  readonly owner: BrokerNode;
  /** Where the leases of all nodes are kept. */
  readonly presence: Presence;
  /** Called with each draft of this process before it gets its place. */
  readonly onDraft: ((draft: PublishRequest) => void) | undefined;
}

const NOTHING: Held = { channels: [], leases: [], keys: [] };

/** Carries out what nodes want. A call without a member is one of its own node. */
export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #memory: MemoryBroker;
  readonly #interests = new Interests<Member>();
  readonly #leases = new Leases<Member>();
  readonly #members = new Map<string, Member>();
  readonly #ownQuestions: Questions;

  constructor(options: SequencerOptions) {
    const { random, clock, owner } = options;
    this.#options = options;
    this.#ownQuestions = new Questions(clock);
    this.#memory = new MemoryBroker({ random, clock });
    this.#memory.start({
      deliver: (publication) => this.#deliver(publication),
      answer: (question) => owner.answer(question),
      checkPositions: () => owner.checkPositions(),
    });
  }

  /** Takes in another node. */
  add(member: Member): void {
    this.#members.set(member.node, member);
  }

  /** Forgets a node that has ended, and takes its clients out of their channels. */
  remove(member: Member): void {
    if (!this.#members.delete(member.node)) return;
    this.#forget(member, NOTHING);
    member.questions.close();
  }

  /** Takes note of what a node holds, which is all that it holds. */
  join(held: Held, member?: Member): void {
    if (member !== undefined) this.#forget(member, held);
    for (const channel of held.channels) this.#subscribe(channel, member);
    for (const lease of held.leases) this.#enter(lease, member);
    this.#memory.recall(held.keys);
  }

  /** Puts a draft of this process in its place. */
  publish(draft: PublishRequest): Published {
    this.#options.onDraft?.(draft);
    return this.#memory.publish(draft);
  }

  /** Puts a draft of another process in a place of its own. */
  publishRelayed(draft: PublishRequest): void {
    this.#memory.publish(draft);
  }

  /**
   * Does what a node wants; its effect is there when this returns. A subscription
   * is answered at once: the answer has to be sent before anything is delivered.
   */
  carryOut(request: Request, member?: Member): Answer | Promise<Answer> {
    switch (request.type) {
      case "subscribe":
        this.#subscribe(request.channel, member);
        return DONE;
      case "unsubscribe":
        this.#unsubscribe(request.channel, member);
        return DONE;
      default:
        return this.#answer(request, member);
    }
  }

  /** Ends the order; nothing of it keeps the process alive. */
  async close(): Promise<void> {
    for (const member of [...this.#members.values()]) this.remove(member);
    this.#ownQuestions.close();
    await this.#memory.close();
  }

  #deliver(publication: Publication): boolean {
    const interest = this.#interests.get(publication.channel);
    if (interest === undefined) return false;
    const { own, members } = interest;
    const { owner } = this.#options;
    if (members.size === 0) return own && owner.deliver(publication);
    // The others first: this node may publish while it delivers, and that comes after.
    const message: Message = { type: "delivery", publication };
    for (const member of members) member.send(message);
    if (own) owner.deliver(publication);
    return true;
  }

  async #answer(
    request: Exclude<Request, { type: "subscribe" | "unsubscribe" }>,
    member: Member | undefined,
  ): Promise<Answer> {
    const memory = this.#memory;
    const { presence } = this.#options;
    const { type } = request;
    switch (type) {
      case "position":
        return { type, position: await memory.position(request.channel) };
      case "recovery": {
        const { channel, query } = request;
        return { type, recovery: await memory.recover(channel, query) };
      }
      case "history": {
        const { channel, query } = request;
        return { type, result: await memory.history(channel, query) };
      }
      case "removeHistory":
        await memory.removeHistory(request.channel);
        return DONE;
      case "call": {
        const answers = await this.#call(request.node, request.question);
        return { type: "answers", answers };
      }
      case "enter":
        await this.#enter(request, member);
        return DONE;
      case "leave":
        await this.#leave(request.channel, request.client);
        return DONE;
      case "present": {
        const infos = await presence.get(request.channel);
        return { type, infos: [...infos.values()] };
      }
      case "stats":
        return { type, stats: await presence.stats(request.channel) };
    }
  }

  #subscribe(channel: string, member: Member | undefined): void {
    if (this.#interests.add(channel, member)) this.#memory.subscribe(channel);
  }

  /** Forgets what a node does not hold any more. */
  #forget(member: Member, { channels, leases }: Held): void {
    const but = new Set(channels);
    for (const channel of this.#interests.removeAll(member, { but })) {
      this.#memory.unsubscribe(channel);
    }
    this.#leases.removeAll(member, {
      but: leases,
      onRemove: (channel, client) => {
        this.#options.presence.remove(channel, client);
      },
    });
  }

  #enter(lease: Lease, member: Member | undefined): Promise<void> {
    this.#leases.enter(lease, member);
    return this.#options.presence.add(lease.channel, lease.info);
  }

  #leave(channel: string, client: string): Promise<void> {
    this.#leases.leave(channel, client);
    return this.#options.presence.remove(channel, client);
  }

  #unsubscribe(channel: string, member: Member | undefined): void {
    if (this.#interests.remove(channel, member)) {
      this.#memory.unsubscribe(channel);
    }
  }

  #call(
    node: string | undefined,
    question: unknown,
  ): Promise<readonly unknown[]> {
    const answers = [];
    if (node === undefined || node === this.#options.node) {
      answers.push(this.#ownQuestions.askOwn(this.#options.owner, question));
    }
    for (const member of this.#members.values()) {
      if (node !== undefined && node !== member.node) continue;
      answers.push(member.questions.ask((id) => {
        member.send({ type: "question", id, value: question });
      }));
    }
    return gather(answers);
  }
}
