/** A node's place among the others: it is their sequencer, or follows one. */

import type { Call, Calls } from "./calls.ts";
import { Election } from "./election.ts";
import { Follower } from "./follower.ts";
import type { Holdings } from "./holdings.ts";
import { Lobby } from "./lobby.ts";
import type { Locks, OpenChannel } from "./net.ts";
import { Reign, type ReignOptions } from "./reign.ts";
import type { Sequencer } from "./sequencer.ts";

/** What a seat works with. */
export interface SeatOptions extends Omit<ReignOptions, "onDrop" | "onError"> {
  readonly open: OpenChannel | undefined;
  readonly locks: Locks | undefined;
  readonly calls: Calls;
  readonly holdings: Holdings;
  readonly onWarn: (
    event: string,
    fields: Readonly<Record<string, unknown>>,
  ) => void;
}

/** A node without a sequencer says hello so often. */
const HELLO_PERIOD_MS = 500;

/** Changes seldom: from follower to another sequencer's follower, or to sequencer. */
export class Seat {
  readonly #options: SeatOptions;
  #reign: Reign | undefined;
  #follower: Follower | undefined;
  #lobby: Lobby | undefined;
  #election: Election | undefined;
  /** Whether there was a sequencer before, so that a new one means that its epochs are gone. */
  #served = false;
  #stopHello: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;
  #closing = false;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** Gives the order, if this node does. */
  get sequencer(): Sequencer | undefined {
    return this.#closing ? undefined : this.#reign?.sequencer;
  }

  /** Whether calls can be expected to succeed. */
  get ready(): boolean {
    return this.#reign !== undefined || this.#follower?.joined === true;
  }

  /** Looks for the others. */
  start(): void {
    const { open, locks, onWarn } = this.#options;
    if (open === undefined || locks === undefined) {
      const missing = open ? "navigator.locks" : "BroadcastChannel";
      onWarn("broker_alone", { missing });
      return this.#lead();
    }
    this.#lobby = new Lobby({
      ...this.#options,
      open,
      onHello: (node) => this.#observe(this.#reign?.onHello(node)),
      onWelcome: (node) => this.#follow(node),
    });
    this.#election = new Election({
      ...this.#options,
      locks,
      onElected: () => this.#lead(),
      onRefused: () => this.#search(),
      onError: (error) => this.#onError(error),
    });
    this.#stand(this.#election);
  }

  /** Sends a call of this node to its sequencer, once there is one. */
  send(call: Call): void {
    this.#follower?.send(call);
  }

  /** Tells the sequencer again what this node holds; a call that was to change it has failed. */
  joinAgain(): void {
    if (!this.#closing) this.#follower?.join();
  }

  /** Gives the seat up. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#stopHello?.();
    await this.#follower?.bye();
    this.#leave();
    await this.#reign?.close();
    this.#lobby?.close();
    // Last of all: the next sequencer starts as soon as the lock is free.
    this.#election?.close();
  }

  async #stand(election: Election): Promise<void> {
    try {
      await election.start();
    } catch (error) {
      if (this.#reign !== undefined) return this.#onError(error);
      // A platform may have locks and refuse them, as to pages without an origin.
      this.#options.onWarn("broker_alone", {
        refused: "navigator.locks",
        error,
      });
      this.#lobby?.close();
      election.close();
      this.#lobby = undefined;
      this.#election = undefined;
      this.#lead();
    }
  }

  #lead(): void {
    if (this.#closing) return this.#leave();
    const { holdings, calls, onWarn, open } = this.#options;
    this.#leave();
    this.#stopHello?.();
    const reign = new Reign({
      ...this.#options,
      onDrop: (count) => onWarn("broker_dropped", { deliveries: count }),
      onError: (error) => this.#onError(error),
    }, { held: holdings.handOver(), open });
    this.#reign = reign;
    // Before anything of the new epochs is delivered.
    this.#onServed();
    reign.carryOut(calls.takeOver().map(({ call }) => call), calls);
    const lobby = this.#lobby;
    const election = this.#election;
    if (!open || !lobby || !election) return;
    this.#observe(reign.inviteAll({ open, lobby, election }));
  }

  #onServed(): void {
    if (this.#served) this.#options.owner.checkPositions();
    this.#served = true;
  }

  #follow(node: string): void {
    const { open } = this.#options;
    if (this.#closing) return this.#leave();
    if (open === undefined || this.#reign !== undefined) return;
    if (this.#follower?.sequencer === node) return;
    this.#leave();
    this.#stopHello?.();
    this.#follower = new Follower({
      ...this.#options,
      open,
      other: node,
      onJoined: () => this.#onServed(),
      onBye: () => this.#onSequencerEnd(),
      onError: (error) => this.#onError(error),
    });
    this.#stopWatching = this.#election?.watch(
      node,
      () => this.#onSequencerEnd(),
    );
  }

  #onSequencerEnd(): void {
    this.#leave();
    this.#search();
  }

  /** Ends the link to the sequencer; what it may have carried out fails. */
  #leave(): void {
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
