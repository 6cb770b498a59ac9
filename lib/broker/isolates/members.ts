/** Followers of a sequencer: they are taken in, and their end is noticed. */

import type { Clock } from "../../base/clock.ts";
import { encode } from "./codec.ts";
import type { Discovery } from "./discovery.ts";
import { Link } from "./link.ts";
import type { FollowerMessage } from "./messages.ts";
import type { RelayCounters } from "../types.ts";
import type { OpenChannel } from "./platform.ts";
import type { Outgoing } from "./send_queue.ts";
import type { FollowerNode, Sequencer } from "./sequencer.ts";
import { Service } from "./service.ts";

/** Options of {@linkcode Members}. */
export interface MembersOptions {
  readonly clock: Clock;
  readonly openChannel: OpenChannel;
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  readonly discovery: Discovery;
  readonly sequencer: Sequencer;
  readonly maxWaitingBytes: number;
  readonly counters: RelayCounters;
  readonly onDrop: (count: number) => void;
  readonly onError: (error: unknown) => void;
}

const GAP: Outgoing = { text: encode(["gap"]) };
const BYE: Outgoing = { text: encode(["bye"]) };

/** All nodes of this process but the sequencer's own. Each has one link as long as it lives. */
export class Members {
  readonly #options: MembersOptions;
  readonly #members = new Map<string, Member>();
  /** Nodes that have said goodbye and hold their locks still: a hello of theirs is late. */
  readonly #leaving = new Set<string>();
  #closed = false;

  /** Creates an empty list. */
  constructor(options: MembersOptions) {
    this.#options = options;
  }

  /** Takes in all nodes that are there, as after the end of another sequencer. */
  async welcomeAll(): Promise<void> {
    for (const node of await this.#options.discovery.others()) {
      this.#welcome(node);
    }
  }

  /** Takes in a node that says hello, if it is of this process. */
  async onHello(node: string): Promise<void> {
    const others = await this.#options.discovery.others();
    if (others.includes(node)) this.#welcome(node);
  }

  /** Says goodbye to all followers, and ends their links. */
  async close(): Promise<void> {
    this.#closed = true;
    const members = [...this.#members.values()];
    await Promise.all(members.map((member) => member.bye()));
    for (const { link } of members) link.close();
  }

  #welcome(node: string): void {
    if (this.#closed || this.#leaving.has(node)) return;
    if (!this.#members.has(node)) this.#add(node);
    this.#options.discovery.welcome(node);
  }

  #add(node: string): void {
    const { discovery, sequencer } = this.#options;
    const leave = () => {
      if (!this.#members.delete(node)) return;
      this.#leaving.add(node);
      sequencer.unfollow(member);
      member.link.close();
    };
    const member = new Member(node, this.#options, leave);
    discovery.watch(node, () => {
      leave();
      this.#leaving.delete(node);
    });
    this.#members.set(node, member);
    sequencer.follow(member);
  }
}

/** One follower. */
class Member implements FollowerNode {
  readonly node: string;
  readonly link: Link<FollowerMessage>;
  readonly #service: Service;

  constructor(node: string, options: MembersOptions, onBye: () => void) {
    this.node = node;
    this.#service = new Service({
      sequencer: options.sequencer,
      follower: this,
      reply: (text) => this.link.send({ text }),
      onBye: () => {
        this.link.flush();
        this.link.acknowledge();
        onBye();
      },
    });
    const { receive: onMessage } = this.#service;
    this.link = new Link({ ...options, other: node, gap: GAP, onMessage });
  }

  /** Says goodbye; does not wait for a node that has never joined. */
  async bye(): Promise<void> {
    // No reply would reach it before the goodbye.
    this.#service.close();
    if (this.#service.isJoined) await this.link.finish(BYE);
  }
}
