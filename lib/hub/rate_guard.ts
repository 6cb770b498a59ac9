/** Guard of one client's rates: counts what it sends, and refuses what is above. */

import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { ChannelRates, NamespaceRates } from "../limits/channel_rates.ts";
import { ClientRates, type Exceeded } from "../limits/client_rates.ts";
import type { Party } from "../limits/parties.ts";
import type { CommandRate, RateTable } from "../limits/rate_limits.ts";
import type { Refusals } from "../limits/refusals.ts";

/** Rates, time and counters of a guard. */
export interface RateOwner {
  /** Rates of each connection. */
  readonly rates: RateTable;
  /** Rates of the namespaces that have their own. */
  readonly channelRates: ChannelRates;
  /** Time that they are counted on, in milliseconds. */
  readonly time: { readonly now: number };
  /** Counts what is refused. */
  readonly refusals: Refusals;
}

/** Counts and refuses, on the time of the owner. */
export class RateGuard {
  readonly #owner: RateOwner;
  readonly #rates: ClientRates;

  /** Begins to count. */
  constructor(owner: RateOwner) {
    this.#owner = owner;
    this.#rates = new ClientRates(owner.rates, owner.time.now);
  }

  /** Counts for a party from now on, too. */
  share({ rates }: Party): void {
    this.#rates.shared = rates;
  }

  /** Counts for the party of an address, unless there is one already: that of the uid. */
  shareByAddress(party: Party | undefined): void {
    this.#rates.shared ??= party?.rates;
  }

  /** Counts a message of `bytes`; returns the rate that it is above. */
  takeMessage(bytes: number): Exceeded {
    return this.#rates.takeMessage(this.#owner.time.now, bytes);
  }

  /** Counts messages that have come in the frame of another one. */
  chargeMessages(count: number): void {
    this.#rates.chargeMessages(this.#owner.time.now, count);
  }

  /**
   * Counts a command by its own rate, or by that of its channel's namespace.
   *
   * @throws {ProtocolError} If it is above (111).
   * @throws {DisconnectError} If the client has gone on regardless (3013).
   */
  requireCommand(kind: CommandRate, namespace?: NamespaceRates): void {
    const { channelRates, time: { now } } = this.#owner;
    const limit = namespace && channelRates.of(namespace, kind);
    if (this.#rates.takeCommand(now, kind, limit)) return;
    throw this.refusal(kind);
  }

  /** Counts a refusal; the error is that of the command, or the end of the connection. */
  refusal(
    exceeded: CommandRate | NonNullable<Exceeded>,
  ): ProtocolError | DisconnectError {
    const { refusals, time } = this.#owner;
    refusals[exceeded]++;
    if (this.#rates.takeRefusal(time.now)) {
      return new ProtocolError(errors.tooManyRequests);
    }
    refusals.floods++;
    return new DisconnectError(disconnects.tooManyRequests);
  }
}
