/** Sequencer: gives the order of all channels, to its own node and to its followers. */

import type { Clock } from "../../base/clock.ts";
import type { ClientInfo, Publication } from "../../base/publication.ts";
import type { Random } from "../../base/random.ts";
import type { Presence } from "../../presence/types.ts";
import { MemoryBroker } from "../memory/broker.ts";
import type { BrokerNode, Published, PublishRequest } from "../types.ts";
import { encode, encodeValue, toDelivery } from "./codec.ts";
import type { Holdings } from "./messages.ts";
import { gather, IsolateCalls } from "./node_calls.ts";
import type { Outgoing } from "./send_queue.ts";

/** Another node, as the sequencer sees it. */
export interface FollowerNode {
  readonly node: string;
  /** Carries messages to it. */
  readonly link: { send(message: Outgoing): void };
}

/** Options of {@linkcode Sequencer}. */
export interface SequencerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** This node's name. */
  readonly node: string;
  readonly owner: BrokerNode;
  /** Keeps the leases of all nodes. */
  readonly presence: Presence;
  /** Bytes of all histories; see `MemoryBrokerOptions`. */
  readonly maxHistoryBytes?: number;
  /** Receives each publication of this process before it has its position. */
  readonly onPublish: (request: PublishRequest) => void;
}

/** Subscribers of one channel. */
interface Interest {
  /** True if the sequencer's own node is subscribed. */
  own: boolean;
  readonly followers: Set<FollowerNode>;
}

/**
 * Carries out the calls of all nodes. A call of its own node is a plain call; a
 * follower that calls is the last argument.
 */
export class Sequencer {
  /** Order and history of all channels. */
  readonly memory: MemoryBroker;
  /** Leases of all nodes. */
  readonly presence: Presence;
  /** Calls to followers, and to the own node. */
  readonly nodeCalls: IsolateCalls;
  readonly #options: SequencerOptions;
  readonly #followers = new Map<string, FollowerNode>();
  readonly #interests = new Map<string, Interest>();
  /** By channel and client, the follower that has added the client last. */
  readonly #leases = new Map<string, FollowerNode>();

  /** Begins a new order. */
  constructor(options: SequencerOptions) {
    const { clock, random, owner, maxHistoryBytes } = options;
    this.#options = options;
    this.presence = options.presence;
    this.nodeCalls = new IsolateCalls(clock);
    this.memory = new MemoryBroker({ clock, random, maxHistoryBytes });
    this.memory.start({
      deliver: this.#deliver,
      answer: (call) => owner.answer(call),
      checkPositions: () => owner.checkPositions(),
    });
  }

  /** Number of followers. */
  get size(): number {
    return this.#followers.size;
  }

  /** Adds a follower, which holds nothing yet. */
  follow(follower: FollowerNode): void {
    this.#followers.set(follower.node, follower);
  }

  /** Removes a follower that has ended, with all that it held. */
  unfollow(follower: FollowerNode): void {
    if (!this.#followers.delete(follower.node)) return;
    this.#forget(follower, { channels: [], leases: [] });
    this.nodeCalls.endAll(follower.node);
  }

  /** Takes note of all that a node holds, which is nothing else. */
  join(holdings: Holdings, follower?: FollowerNode): void {
    if (follower !== undefined) this.#forget(follower, holdings);
    for (const channel of holdings.channels) this.subscribe(channel, follower);
    for (const { channel, info } of holdings.leases) {
      this.add(channel, info, follower);
    }
  }

  /** Subscribes a node to a channel. */
  subscribe(channel: string, follower?: FollowerNode): void {
    const known = this.#interests.get(channel);
    const interest = known ?? { own: false, followers: new Set() };
    if (follower === undefined) interest.own = true;
    else interest.followers.add(follower);
    if (known !== undefined) return;
    this.#interests.set(channel, interest);
    this.memory.subscribe(channel);
  }

  /** Unsubscribes a node from a channel. */
  unsubscribe(channel: string, follower?: FollowerNode): void {
    const interest = this.#interests.get(channel);
    if (interest === undefined) return;
    if (follower === undefined) interest.own = false;
    else interest.followers.delete(follower);
    if (interest.own || interest.followers.size > 0) return;
    this.#interests.delete(channel);
    this.memory.unsubscribe(channel);
  }

  /** Publishes what a node of this process has asked for. */
  publish(request: PublishRequest): Published {
    const { after, ...rest } = request;
    if (after === undefined) {
      this.#options.onPublish(request);
      return this.memory.publish(request);
    }
    const published = this.memory.publish(request);
    // Other hubs have positions of their own.
    if (!published.conflict) this.#options.onPublish(rest);
    return published;
  }

  /** Adds a client to a channel. */
  add(
    channel: string,
    info: ClientInfo,
    follower?: FollowerNode,
  ): Promise<void> {
    const lease = leaseOf(channel, info.client);
    if (follower === undefined) this.#leases.delete(lease);
    else this.#leases.set(lease, follower);
    return this.presence.add(channel, info);
  }

  /** Removes a client from a channel. */
  remove(channel: string, client: string): Promise<void> {
    this.#leases.delete(leaseOf(channel, client));
    return this.presence.remove(channel, client);
  }

  /** Calls one node, or all of them; see `Broker.call`. */
  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    const { node: own, owner } = this.#options;
    const { nodeCalls } = this;
    const answers: Promise<unknown>[] = [];
    if (node === undefined || node === own) {
      answers.push(nodeCalls.addOwn(own, () => owner.answer(call)));
    }
    for (const follower of this.#followers.values()) {
      if (node !== undefined && node !== follower.node) continue;
      answers.push(nodeCalls.add(follower.node, (id) => {
        const text = encodeValue(["call", id], call);
        follower.link.send({ text });
      }));
    }
    return await gather(answers);
  }

  /** Ends the order; nothing of it keeps the process alive. */
  async close(): Promise<void> {
    for (const follower of [...this.#followers.values()]) {
      this.unfollow(follower);
    }
    this.nodeCalls.endAll();
    await this.memory.close();
  }

  readonly #deliver = (publication: Publication): boolean => {
    const interest = this.#interests.get(publication.channel);
    if (interest === undefined) return false;
    const { own, followers } = interest;
    const { owner } = this.#options;
    if (followers.size === 0) return own && owner.deliver(publication);
    // Encoded once for all followers. They come first: this node may publish while
    // it delivers, and that has a later position.
    const text = encode(toDelivery(publication));
    const message: Outgoing = { text, isDelivery: true };
    for (const { link } of followers) link.send(message);
    if (own) owner.deliver(publication);
    return true;
  };

  /** Removes what a follower does not hold any more; that is rare, so there are no lists by follower. */
  #forget(follower: FollowerNode, { channels, leases }: Holdings): void {
    const kept = new Set(channels);
    for (const [channel, { followers }] of [...this.#interests]) {
      if (!followers.has(follower) || kept.has(channel)) continue;
      this.unsubscribe(channel, follower);
    }
    const keptLeases = new Set(
      leases.map(({ channel, info }) => leaseOf(channel, info.client)),
    );
    for (const [lease, owner] of [...this.#leases]) {
      if (owner !== follower || keptLeases.has(lease)) continue;
      const [channel = "", client = ""] = lease.split("\n");
      this.remove(channel, client);
    }
  }
}

/** Key of a lease; no channel and no client has a line feed in its name. */
function leaseOf(channel: string, client: string): string {
  return `${channel}\n${client}`;
}
