/** What a node does while it is the sequencer: it gives the order, takes the others in, and relays. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Presence } from "../../presence/types.ts";
import type { BrokerNode } from "../types.ts";
import type { Call, Calls } from "./calls.ts";
import type { Election } from "./election.ts";
import type { Lobby } from "./lobby.ts";
import { Members } from "./members.ts";
import { type Answer, DONE, type Held, isOfHoldings } from "./messages.ts";
import type { OpenChannel } from "./net.ts";
import { Relay } from "./relay.ts";
import { Sequencer } from "./sequencer.ts";

/** What a reign works with. */
export interface ReignOptions {
  readonly random: Random;
  readonly clock: Clock;
  readonly presence: Presence;
  readonly cluster: string;
  readonly relay: boolean;
  readonly maxWaitingBytes: number;
  /** This node's name. */
  readonly node: string;
  readonly owner: BrokerNode;
  readonly onDrop: (count: number) => void;
  readonly onError: (error: unknown) => void;
}

/** Where the other nodes of this process are found. */
export interface Surroundings {
  readonly open: OpenChannel;
  readonly lobby: Lobby;
  readonly election: Election;
}

/** Lasts until the node is closed. */
export class Reign {
  readonly sequencer: Sequencer;
  readonly #options: ReignOptions;
  readonly #relay: Relay | undefined;
  #members: Members | undefined;

  /** Begins with what this node holds. */
  constructor(
    options: ReignOptions,
    { held, open }: { readonly held: Held; readonly open?: OpenChannel },
  ) {
    this.#options = options;
    if (open !== undefined && options.relay) {
      this.#relay = new Relay({
        ...options,
        open,
        onDraft: (draft) => this.sequencer.publishRelayed(draft),
      });
    }
    this.sequencer = new Sequencer({
      ...options,
      onDraft: this.#relay && ((draft) => this.#relay?.send(draft)),
    });
    this.sequencer.join(held);
  }

  /** Takes the other nodes in. */
  async inviteAll(
    surroundings: Surroundings,
  ): Promise<void> {
    this.#members = new Members({
      ...this.#options,
      ...surroundings,
      sequencer: this.sequencer,
    });
    await this.#members.inviteAll();
  }

  /** Takes in a node that says hello, if it is of this process. */
  async onHello(node: string): Promise<void> {
    await this.#members?.onHello(node);
  }

  /** Carries out what this node has asked for before it led, and ends the calls. */
  carryOut(asked: readonly Call[], calls: Calls): void {
    for (const call of asked) this.#carryOut(call, calls);
  }

  /** Tells the others, and ends the order; nothing of it keeps the process alive. */
  async close(): Promise<void> {
    this.#relay?.close();
    await this.#members?.close();
    await this.sequencer.close();
  }

  async #carryOut(call: Call, calls: Calls): Promise<void> {
    try {
      // What it holds is told already, as it is now.
      if (isOfHoldings(call)) return calls.settle(call.id, DONE);
      const answer: Answer | Promise<Answer> = call.type === "publish"
        ? { type: "published", published: this.sequencer.publish(call.draft) }
        : this.sequencer.carryOut(call.request);
      calls.settle(call.id, await answer);
    } catch (error) {
      calls.fail(call.id, error);
    }
  }
}
