/** Broker of the isolates of one process: one of them, the sequencer, gives the order, and the others follow it. */

import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import type { Presence } from "../../presence/types.ts";
import type {
  Broker,
  BrokerNode,
  HistoryQuery,
  HistoryResult,
  Publishing,
  PublishRequest,
  RecoverQuery,
  RelayCounters,
} from "../types.ts";
import { toFinite } from "./codec.ts";
import { Discovery } from "./discovery.ts";
import { Follower } from "./follower.ts";
import { Members } from "./members.ts";
import {
  type IsolatesBrokerOptions,
  type IsolatesBrokerSettings,
  toSettings,
} from "./options.ts";
import type { Locks, OpenChannel } from "./platform.ts";
import { IsolatesPresence } from "./presence.ts";
import { gather, IsolateCalls } from "./node_calls.ts";
import { Relay } from "./relay.ts";
import { Sequencer } from "./sequencer.ts";
import { Service } from "./service.ts";

export type { IsolatesBrokerOptions };

/**
 * State of a node among the others: it looks for its sequencer, has no other node,
 * has followers, follows, or relays to hubs that it shares no locks with.
 */
export type IsolatesMode =
  | "searching"
  | "alone"
  | "sequencer"
  | "follower"
  | "relay";

const SEQUENCER_ENDED = "its sequencer has ended before it answered";

/**
 * Exactly one isolate of the process holds the lock and is the sequencer; the others
 * forward their calls to it, and receive what they are subscribed to. When it ends
 * another one takes its place: with new epochs and an empty history, so every node
 * checks its positions.
 */
export class IsolatesBroker implements Broker {
  readonly node: string;
  /** Presence of all nodes, whose leases the sequencer keeps. */
  readonly presence: Presence;
  /** Counters of the links to other nodes. */
  readonly relayCounters: Readonly<RelayCounters>;
  readonly #settings: IsolatesBrokerSettings;
  /** Calls while another node is the sequencer, or none is known. */
  readonly #follower: Follower;
  /** Calls of this node to itself. */
  readonly #nodeCalls: IsolateCalls;
  #owner: BrokerNode | undefined;
  #sequencer: Sequencer | undefined;
  #members: Members | undefined;
  #discovery: Discovery | undefined;
  #relay: Relay | undefined;
  #stopWatching: (() => void) | undefined;
  /** Sequencers that have ended, up to the next one: a welcome of theirs is late. */
  readonly #ended = new Set<string>();
  /** True if there was a sequencer before, whose epochs are gone with it. */
  #hadSequencer = false;
  #closing: Promise<void> | undefined;

  /** Creates a broker that does nothing until it is started. */
  constructor(options: IsolatesBrokerOptions) {
    const settings = toSettings(options);
    this.#settings = settings;
    this.node = settings.random.uuid();
    this.relayCounters = settings.counters;
    this.#follower = new Follower(settings);
    this.#nodeCalls = new IsolateCalls(settings.clock);
    this.presence = new IsolatesPresence({
      ttlMs: settings.presence.ttlMs,
      sequencer: () => this.#sequencer,
      follower: this.#follower,
    });
  }

  get ready(): boolean {
    return this.#sequencer !== undefined || this.#follower.isJoined;
  }

  /** State of this node among the others. */
  get mode(): IsolatesMode {
    if (this.#sequencer === undefined) {
      return this.#follower.isJoined ? "follower" : "searching";
    }
    if (this.#relay?.hasPeers) return "relay";
    return this.#sequencer.size > 0 ? "sequencer" : "alone";
  }

  start(owner: BrokerNode): void {
    this.#owner = owner;
    const { openChannel, locks, onWarn } = this.#settings;
    if (openChannel === undefined || locks === undefined) {
      const missing = openChannel ? "navigator.locks" : "BroadcastChannel";
      onWarn("broker_alone", { missing });
      return this.#lead();
    }
    this.#discover(openChannel, locks);
  }

  subscribe(channel: string): void | Promise<void> {
    return this.#sequencer === undefined
      ? this.#follower.subscribe(channel)
      : this.#sequencer.subscribe(channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    return this.#sequencer === undefined
      ? await this.#follower.unsubscribe(channel)
      : this.#sequencer.unsubscribe(channel);
  }

  publish(request: PublishRequest): Publishing {
    return this.#sequencer === undefined
      ? this.#follower.publish(request)
      : this.#sequencer.publish(request);
  }

  position(channel: string): Promise<StreamPosition> {
    return this.#sequencer?.memory.position(channel) ??
      this.#follower.request(["position", channel]);
  }

  recover(
    channel: string,
    query: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    return this.#sequencer?.memory.recover(channel, query) ??
      this.#follower.request(["recover", channel, toFinite(query)]);
  }

  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    return this.#sequencer?.memory.history(channel, query) ??
      this.#follower.request(["history", channel, toFinite(query)]);
  }

  removeHistory(channel: string): Promise<void> {
    return this.#sequencer?.memory.removeHistory(channel) ??
      this.#follower.request(["removeHistory", channel]);
  }

  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    const owner = this.#owner;
    const isOwn = node === this.node && this.#closing === undefined;
    if (!isOwn || owner === undefined) {
      return await (this.#sequencer ?? this.#follower).call(node, call);
    }
    // Also where the sequencer is slow, or not found yet.
    const answer = this.#nodeCalls.addOwn(node, () => owner.answer(call));
    return await gather([answer]);
  }

  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  async #close(): Promise<void> {
    // From now on calls are rejected by the follower, which is closed first.
    const sequencer = this.#sequencer;
    this.#sequencer = undefined;
    this.#discovery?.stopSearch();
    await this.#follower.close();
    this.#relay?.close();
    await this.#members?.close();
    await sequencer?.close();
    this.#nodeCalls.endAll();
    // Last of all: the next sequencer begins as soon as the lock is free.
    this.#discovery?.close();
  }

  async #discover(openChannel: OpenChannel, locks: Locks): Promise<void> {
    this.#discovery = new Discovery({
      ...this.#settings,
      openChannel,
      locks,
      node: this.node,
      onElected: () => this.#lead(),
      onWelcome: (sequencer) => this.#follow(sequencer, openChannel),
      onHello: (node) => this.#observe(this.#members?.onHello(node)),
      onError: (error) => this.#onError(error),
    });
    try {
      await this.#discovery.start();
    } catch (error) {
      if (this.#sequencer !== undefined) return this.#onError(error);
      // A platform may have locks and refuse them, as to pages without an origin.
      const refused = "navigator.locks";
      this.#settings.onWarn("broker_alone", { refused, error });
      this.#discovery.close();
      this.#discovery = undefined;
      this.#lead();
    }
  }

  /** Becomes the sequencer, until the broker is closed. */
  #lead(): void {
    const owner = this.#owner;
    if (this.#closing !== undefined || owner === undefined) return;
    this.#leave();
    const sequencer = new Sequencer({
      ...this.#settings,
      node: this.node,
      owner,
      onPublish: (request) => this.#relay?.send(request),
    });
    sequencer.join(this.#follower.holdings);
    this.#sequencer = sequencer;
    // Before anything of the new epochs is delivered.
    this.#onServed();
    const service = new Service({
      sequencer,
      follower: undefined,
      reply: (text) => this.#follower.receiveReply(JSON.parse(text)),
      onBye: () => {},
    });
    this.#follower.handOver((message) => {
      try {
        service.receive(message);
      } catch (error) {
        this.#onError(error);
      }
    });
    const { openChannel } = this.#settings;
    if (openChannel === undefined) return;
    this.#startRelay(sequencer, openChannel);
    const discovery = this.#discovery;
    if (discovery === undefined) return;
    this.#members = new Members({
      ...this.#settings,
      openChannel,
      discovery,
      sequencer,
      node: this.node,
      onDrop: (count) =>
        this.#settings.onWarn("broker_dropped", { deliveries: count }),
      onError: (error) => this.#onError(error),
    });
    this.#observe(this.#members.welcomeAll());
  }

  #startRelay(sequencer: Sequencer, openChannel: OpenChannel): void {
    this.#relay = new Relay({
      ...this.#settings,
      openChannel,
      node: this.node,
      onPublication: (request) => void sequencer.memory.publish(request),
      onPeer: (peer) => {
        const guarantee = "at most once, without a common order or history";
        this.#settings.onWarn("broker_relay", { peer, guarantee });
      },
      onError: (error) => this.#onError(error),
    });
  }

  /**
   * Follows the first sequencer that welcomes this node, until that ends. No welcome
   * ends a link before, as posts of several nodes may arrive in another order; and no
   * sequencer is followed twice, as its end of the link is not a new one.
   */
  #follow(node: string, openChannel: OpenChannel): void {
    const follower = this.#follower;
    const owner = this.#owner;
    if (this.#closing !== undefined || this.#sequencer !== undefined) return;
    if (follower.sequencer !== undefined || owner === undefined) return;
    if (this.#ended.has(node)) return;
    this.#discovery?.stopSearch();
    const onEnd = () => {
      this.#ended.add(node);
      this.#leave();
      this.#discovery?.search();
    };
    this.#stopWatching = this.#discovery?.watch(node, onEnd);
    follower.follow({
      ...this.#settings,
      openChannel,
      node: this.node,
      other: node,
      owner,
      onJoined: () => this.#onServed(),
      onBye: onEnd,
      onError: (error) => this.#onError(error),
    });
  }

  /** Ends the link to the sequencer, if there is one. */
  #leave(): void {
    this.#stopWatching?.();
    this.#follower.leave(SEQUENCER_ENDED);
  }

  #onServed(): void {
    // This sequencer holds the lock, so those before it hold no link any more.
    this.#ended.clear();
    if (this.#hadSequencer) this.#owner?.checkPositions();
    this.#hadSequencer = true;
  }

  async #observe(done: Promise<void> | undefined): Promise<void> {
    try {
      await done;
    } catch (error) {
      this.#onError(error);
    }
  }

  #onError(error: unknown): void {
    this.#settings.onWarn("broker_failed", { error });
  }
}
