/** Isolates to which steps happen, and a record of all that matters. */

import { assert, assertEquals } from "@std/assert";
import type { Published } from "../../lib/broker/types.ts";
import { World, type WorldNode } from "../support/isolate_world.ts";

/** Isolates that live at once at most. */
export const MAX_NODES = 5;

/** What can happen; a node is counted among those that live. */
export type Step =
  | {
    readonly type: "publish";
    readonly node: number;
    readonly channel: string;
    readonly count: number;
  }
  | {
    readonly type: "subscribe" | "unsubscribe";
    readonly node: number;
    readonly channel: string;
  }
  | { readonly type: "lose"; readonly share: number }
  | { readonly type: "turn" }
  | { readonly type: "pass"; readonly ms: number }
  | { readonly type: "end" | "close"; readonly node: number }
  | { readonly type: "start" };

/** A publication that was tried, and when. */
export interface Tried {
  readonly channel: string;
  readonly payload: string;
  readonly calledAt: number;
  published?: Published;
}

/** A node, and when what happened to it. */
export class Watched {
  readonly node: WorldNode;
  /** When each channel was subscribed to, where it still is. */
  readonly since = new Map<string, number>();
  /** Channels that it has asked for last, whatever the answer was. */
  readonly wanted = new Set<string>();
  /** When its subscriptions of a channel changed, before which event. */
  readonly changes: { readonly channel: string; readonly event: number }[] = [];
  /** When it was told to check its positions. */
  readonly checkedAt: number[] = [];
  living = true;

  constructor(node: WorldNode) {
    this.node = node;
  }
}

/** Plays steps and remembers all that matters. */
export class Simulation {
  readonly world = new World();
  readonly watched: Watched[] = [];
  readonly tried: Tried[] = [];
  readonly #options: { readonly maxWaitingBytes: number };
  readonly #random: () => number;
  #now = 0;
  #unsettled = 0;

  constructor(maxWaitingBytes: number, random: () => number) {
    this.#options = { maxWaitingBytes };
    this.#random = random;
  }

  get living(): readonly Watched[] {
    return this.watched.filter(({ living }) => living);
  }

  async start(): Promise<void> {
    if (this.living.length >= MAX_NODES) return;
    const watched = new Watched(await this.world.start(this.#options));
    const { node } = watched;
    const check = node.checkPositions.bind(node);
    node.checkPositions = () => {
      watched.checkedAt.push(++this.#now);
      check();
    };
    this.watched.push(watched);
  }

  async play(step: Step): Promise<void> {
    const watched = "node" in step
      ? this.living[step.node % this.living.length]!
      : undefined;
    switch (step.type) {
      case "publish":
        for (let count = 0; count < step.count; count++) {
          this.#publish(watched!, step.channel);
        }
        return;
      case "subscribe":
        return this.#subscribe(watched!, step.channel);
      case "unsubscribe":
        watched!.since.delete(step.channel);
        watched!.wanted.delete(step.channel);
        this.#changed(watched!, step.channel);
        this.#observe(watched!.node.broker.unsubscribe(step.channel));
        return;
      case "lose":
        this.world.net.lose = () => this.#random() < step.share;
        return;
      case "turn":
        return await this.world.turns(1);
      case "pass":
        return await this.world.pass(step.ms);
      case "end":
      case "close":
        if (this.living.length < 2) return;
        watched!.living = false;
        if (step.type === "end") watched!.node.isolate.end();
        this.#observe(watched!.node.broker.close());
        return;
      case "start":
        return await this.start();
    }
  }

  /** Nothing is lost any more, and all that waits has the time to end. */
  async heal(): Promise<void> {
    this.world.net.lose = () => false;
    await this.world.pass(12_000);
    assertEquals(this.#unsettled, 0, "a call has not ended");
    for (const { node } of this.living) assert(node.broker.ready);
  }

  #publish({ node }: Watched, channel: string): void {
    const payload = `${this.tried.length}`;
    const tried: Tried = { channel, payload, calledAt: ++this.#now };
    this.tried.push(tried);
    this.#observe((async () => {
      const draft = { channel, payload, history: { size: 5, ttlMs: 60_000 } };
      tried.published = await node.broker.publish(draft);
    })());
  }

  #subscribe(watched: Watched, channel: string): void {
    this.#changed(watched, channel);
    const { changes, since, wanted, node } = watched;
    wanted.add(channel);
    const version = changes.length;
    this.#observe((async () => {
      await node.broker.subscribe(channel);
      const isCurrent = !changes.slice(version).some((change) =>
        change.channel === channel
      );
      if (isCurrent) since.set(channel, ++this.#now);
    })());
  }

  #changed({ changes, node }: Watched, channel: string): void {
    changes.push({ channel, event: node.events.length });
  }

  async #observe(done: Promise<void>): Promise<void> {
    this.#unsettled++;
    try {
      await done;
    } catch {
      // A call may fail; what it must not do is to be forgotten.
    }
    this.#unsettled--;
  }
}
