/** Slots of the calls of `onRpc`, of all connections: each holds one until its answer. */

import { errors, ProtocolError } from "../base/errors.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import type { Refusals } from "../limits/refusals.ts";

/** Bounds the calls that have not returned. */
export class RpcSlots {
  readonly #limits: Pick<HubLimits, "maxRpcs">;
  readonly #refusals: Pick<Refusals, "rpcs">;
  #taken = 0;

  /** Takes the limit, and counts the calls that are refused. */
  constructor({ limits, counters }: {
    readonly limits: Pick<HubLimits, "maxRpcs">;
    readonly counters: { readonly refusals: Pick<Refusals, "rpcs"> };
  }) {
    this.#limits = limits;
    this.#refusals = counters.refusals;
  }

  /**
   * Calls in a slot.
   *
   * @throws {ProtocolError} If none is free (111).
   */
  async use(call: () => Promise<void>): Promise<void> {
    if (this.#taken >= this.#limits.maxRpcs) {
      this.#refusals.rpcs++;
      throw new ProtocolError(errors.tooManyRequests);
    }
    this.#taken++;
    try {
      await call();
    } finally {
      this.#taken--;
    }
  }
}
