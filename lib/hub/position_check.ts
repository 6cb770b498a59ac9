/** Check for positioned subscriptions that have missed something unnoticed (Centrifuge protocol, §8). */

import type { Broker } from "../broker/types.ts";
import type { Channel } from "./channel.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Subscription } from "./subscription.ts";

const PERIOD_MS = 40_000;
/** Time in which a publication from just before the check may still arrive. */
const GRACE_MS = 1_000;

/** Parts that the check works with. */
export interface PositionCheckDeps {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly log: Log;
  /** Called with each subscription that has missed something. */
  readonly onGap: (subscription: Subscription) => void;
}

/**
 * Asks the broker for the position of every channel in which nothing was delivered
 * since the last look; a subscription at another position has missed something.
 */
export class PositionCheck {
  readonly #deps: PositionCheckDeps;
  readonly #stops = new Set<() => void>();
  /** True if all channels are to be checked, and if that is being done. */
  #isWanted = false;
  #isBusy = false;

  constructor(deps: PositionCheckDeps) {
    this.#deps = deps;
  }

  /** Begins to check every 40 s; {@linkcode stop} ends it. */
  start(): void {
    this.#stops.add(
      this.#deps.clock.every(PERIOD_MS, () => this.#checkIdle()),
    );
  }

  /** Ends everything that would keep the process alive. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }

  /** Checks one channel now, or without a name all of them. */
  check(name?: string): void {
    if (name === undefined) {
      this.#checkAll();
      return;
    }
    const channel = this.#deps.channels.get(name);
    if (channel !== undefined) this.#check(channel);
  }

  /**
   * Checks all channels: now, or where that is being done already, once more
   * afterwards, however often it is called meanwhile.
   */
  async #checkAll(): Promise<void> {
    this.#isWanted = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      const channels = [...this.#deps.channels.values()];
      await Promise.all(channels.map((channel) => this.#check(channel)));
    }
    this.#isBusy = false;
  }

  #checkIdle(): void {
    for (const channel of this.#deps.channels.values()) {
      if (!channel.active) this.#check(channel);
      channel.active = false;
    }
  }

  /** Checks the subscriptions of a channel, or those of them that are `chosen`. */
  async #check(
    channel: Channel,
    chosen?: ReadonlySet<Subscription>,
  ): Promise<void> {
    if (channel.positioned === 0) return;
    const { broker, log } = this.#deps;
    try {
      const top = await broker.position(channel.name);
      const checked = [...channel.subscriptions].filter((subscription) =>
        subscription.positioned && (chosen?.has(subscription) ?? true)
      );
      const suspects = checked.filter((each) => isBehind(each, top));
      if (suspects.length > 0) this.#judgeLater(channel, suspects, top);
      // Their positions may be from before what calls for this check.
      const held = checked.filter(({ held }) => held !== undefined);
      if (held.length > 0) {
        this.#later(() => this.#check(channel, new Set(held)));
      }
    } catch (error) {
      // The broker is away; it calls for this check when it is back.
      log.debug("position_check_failed", { channel: channel.name, error });
    }
  }

  #judgeLater(
    channel: Channel,
    suspects: readonly Subscription[],
    top: { readonly offset: number; readonly epoch: string },
  ): void {
    this.#later(() => {
      channel.flush();
      for (const subscription of suspects) {
        const isThere = channel.get(subscription.connection) === subscription;
        if (isThere && isBehind(subscription, top)) {
          this.#deps.onGap(subscription);
        }
      }
    });
  }

  #later(callback: () => void): void {
    const stop = this.#deps.clock.after(GRACE_MS, () => {
      this.#stops.delete(stop);
      callback();
    });
    this.#stops.add(stop);
  }
}

function isBehind(
  { held, offset, epoch }: Subscription,
  top: { readonly offset: number; readonly epoch: string },
): boolean {
  if (held !== undefined) return false;
  return epoch !== top.epoch || offset < top.offset;
}
