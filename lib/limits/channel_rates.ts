/** Rates of commands about channels whose namespace has its own. */

import type { CommandRate, RateLimits } from "./rate_limits.ts";
import { type Rate, rateOf } from "./token_bucket.ts";

/** Rates of a namespace, per second and connection; those that are left out are the hub's. */
export type NamespaceRates = {
  readonly [Kind in CommandRate as `${Kind}Rate`]?: number;
};

/** Limit of a kind of commands; `undefined` is no limit. */
export interface CommandLimit {
  /** Rate of one connection. */
  readonly own: Rate | undefined;
  /** Rate of all connections of one user. */
  readonly shared: Rate | undefined;
}

/** Finds the limits of namespaces. */
export class ChannelRates {
  readonly #limits: Pick<RateLimits, "rateBurstMs" | "userRateFactor">;
  readonly #known = new Map<NamespaceRates, Map<CommandRate, CommandLimit>>();

  /** Takes the size of bursts, and of the share of a user. */
  constructor(limits: Pick<RateLimits, "rateBurstMs" | "userRateFactor">) {
    this.#limits = limits;
  }

  /** The limit that a namespace has of its own; `undefined` if it has that of the hub. */
  of(namespace: NamespaceRates, kind: CommandRate): CommandLimit | undefined {
    const perSecond = namespace[`${kind}Rate`];
    if (perSecond === undefined) return undefined;
    const known = this.#known.get(namespace)?.get(kind);
    if (known !== undefined) return known;
    const { rateBurstMs, userRateFactor } = this.#limits;
    const limit = {
      own: rateOf(perSecond, rateBurstMs),
      shared: rateOf(perSecond * userRateFactor, rateBurstMs),
    };
    const limits = this.#known.get(namespace) ?? new Map();
    this.#known.set(namespace, limits.set(kind, limit));
    return limit;
  }
}
