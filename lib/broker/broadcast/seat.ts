/** A node's place among the others: it is their sequencer, or follows one. */

import type { Chance, Clock } from "../../clock.ts";
import type { Presence } from "../../presence/types.ts";
import type { BrokerNode } from "../types.ts";
import type { Call, Calls } from "./calls.ts";
import { Election } from "./election.ts";
import { Follower } from "./follower.ts";
import type { Holdings } from "./holdings.ts";
import { Lobby } from "./lobby.ts";
import type { Answer } from "./messages.ts";
import { Members } from "./members.ts";
import type { Locks, OpenChannel } from "./net.ts";
import { Relay } from "./relay.ts";
import { Sequencer } from "./sequencer.ts";

/** What a seat works with. */
export interface SeatOptions {
  readonly open: OpenChannel | null | undefined;
  readonly locks: Locks | null | undefined;
  readonly cluster: string;
  readonly relay: boolean;
  readonly maxWaitingBytes: number;
  readonly node: string;
  readonly owner: BrokerNode;
  readonly calls: Calls;
  readonly holdings: Holdings;
  readonly chance: Chance;
  readonly clock: Clock;
  readonly presence: Presence;
  readonly onWarn: (
    event: string,
    fields: Readonly<Record<string, unknown>>,
  ) => void;
}

/** A node without a sequencer says hello so often. */
const HELLO_PERIOD_MS = 500;
/** How long a node that ends waits until its sequencer has got what it said. */
const BYE_MS = 500;

/** Changes seldom: from follower to another sequencer's follower, or to sequencer. */
export class Seat {
  readonly #options: SeatOptions;
  #sequencer: Sequencer | undefined;
  #members: Members | undefined;
  #relay: Relay | undefined;
  #follower: Follower | undefined;
  #lobby: Lobby | undefined;
  #election: Election | undefined;
  /** Whether there was a sequencer before, so that a new one means that its epochs are gone. */
  #served = false;
  #stopHello: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;
  #finishBye: (() => void) | undefined;
  #closing = false;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** Gives the order, if this node does. */
  get sequencer(): Sequencer | undefined {
    return this.#sequencer;
  }

  /** Whether calls can be expected to succeed. */
  get ready(): boolean {
    return this.#sequencer !== undefined || this.#follower?.joined === true;
  }

  /** Looks for the others. */
  start(): void {
    const { open, locks, onWarn } = this.#options;
    if (!open || !locks) {
      const missing = open ? "navigator.locks" : "BroadcastChannel";
      onWarn("broker_alone", { missing });
      this.#lead();
      return;
    }
    this.#lobby = new Lobby({
      ...this.#options,
      open,
      onHello: (node) => this.#observe(this.#members?.onHello(node)),
      onWelcome: (node) => this.#follow(node),
    });
    this.#election = new Election({
      ...this.#options,
      locks,
      onElected: () => this.#lead(),
      onRefused: () => this.#search(),
      onError: (error) => this.#onError(error),
    });
    this.#observe(this.#election.start());
  }

  /** Sends a call of this node to its sequencer, once there is one. */
  send(call: Call): void {
    this.#follower?.send(call);
  }

  /** Gives the seat up. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#stopHello?.();
    if (this.#follower !== undefined) await this.#sayBye(this.#follower);
    this.#leave();
    this.#relay?.close();
    this.#members?.close();
    await this.#sequencer?.close();
    this.#sequencer = undefined;
    this.#lobby?.close();
    // Last of all: the next sequencer starts as soon as the lock is free.
    this.#election?.close();
  }

  #lead(): void {
    if (this.#closing) return this.#finishBye?.();
    const { holdings, calls, owner } = this.#options;
    this.#leave();
    this.#stopHello?.();
    this.#openRelay();
    const sequencer = new Sequencer({
      ...this.#options,
      onDraft: this.#relay && ((draft) => this.#relay?.send(draft)),
    });
    sequencer.join(holdings.handOver());
    this.#sequencer = sequencer;
    for (const { call } of calls.takeOver()) this.#carryOut(sequencer, call);
    this.#openMembers(sequencer);
    if (this.#served) owner.checkPositions();
    this.#served = true;
  }

  #openRelay(): void {
    const { open, relay } = this.#options;
    if (!open || !relay) return;
    this.#relay = new Relay({
      ...this.#options,
      open,
      onDraft: (draft) => this.#sequencer?.publishRelayed(draft),
      onError: (error) => this.#onError(error),
    });
  }

  #openMembers(sequencer: Sequencer): void {
    const { open, onWarn } = this.#options;
    const lobby = this.#lobby;
    const election = this.#election;
    if (!open || lobby === undefined || election === undefined) return;
    this.#members = new Members({
      ...this.#options,
      open,
      lobby,
      election,
      sequencer,
      onDrop: (count) => onWarn("broker_dropped", { deliveries: count }),
      onError: (error) => this.#onError(error),
    });
    this.#observe(this.#members.inviteAll());
  }

  /** A call from before the election. */
  async #carryOut(sequencer: Sequencer, call: Call): Promise<void> {
    const { calls } = this.#options;
    try {
      const answer: Answer | Promise<Answer> = call.type === "publish"
        ? { type: "published", published: sequencer.publish(call.draft) }
        : sequencer.carryOut(call.request);
      calls.settle(call.id, await answer);
    } catch (error) {
      calls.fail(call.id, error);
    }
  }

  #follow(node: string): void {
    const { open, owner } = this.#options;
    if (this.#closing) return this.#finishBye?.();
    if (!open || this.#sequencer !== undefined) return;
    if (this.#follower?.sequencer === node) return;
    this.#leave();
    this.#stopHello?.();
    this.#follower = new Follower({
      ...this.#options,
      open,
      other: node,
      onJoined: () => {
        if (this.#served) owner.checkPositions();
        this.#served = true;
      },
      onIdle: () => this.#finishBye?.(),
      onError: (error) => this.#onError(error),
    });
    this.#stopWatching = this.#election?.watch(node, () => {
      this.#leave();
      this.#search();
    });
  }

  /** Ends the link to the sequencer; what it may have carried out fails. */
  #leave(): void {
    this.#finishBye?.();
    if (this.#follower === undefined) return;
    this.#follower.close();
    this.#follower = undefined;
    this.#stopWatching?.();
    this.#options.calls.takeOver();
  }

  #search(): void {
    if (this.#closing) return;
    this.#stopHello?.();
    this.#stopHello = this.#options.clock.every(
      HELLO_PERIOD_MS,
      () => this.#lobby?.hello(),
    );
    this.#lobby?.hello();
  }

  #sayBye(follower: Follower): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.#options.clock.after(BYE_MS, resolve);
    this.#finishBye = () => {
      stop();
      resolve();
    };
    follower.bye();
    return promise;
  }

  async #observe(done: Promise<void> | undefined): Promise<void> {
    try {
      await done;
    } catch (error) {
      this.#onError(error);
    }
  }

  #onError(error: unknown): void {
    this.#options.onWarn("broker_failed", { error });
  }
}
