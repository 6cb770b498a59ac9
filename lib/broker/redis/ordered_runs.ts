/** Calls that keep their order, although Redis refuses some of them at first. */

import { type Deferred, deferred } from "../../base/deferred.ts";

/** Call with a place in orders. */
export interface Ordered {
  /**
   * Names of the orders that it has a place in: calls with a name in common keep it. A
   * call without one, such as a read, may run after later ones.
   */
  readonly order?: readonly string[];
}

/** Dependencies of {@linkcode OrderedRuns}. */
export interface OrderedRunsDeps<C> {
  /**
   * Sends a call, for the first time or again. Redis carries calls out, and replies, in
   * the order in which they are sent.
   */
  readonly send: (call: C, isAgain: boolean) => Promise<unknown>;
  /** Checks whether a call had no effect, by its error, and is to be sent again. */
  readonly isRefused: (error: unknown, call: C) => boolean;
  /** Resolves when refused calls may be sent again; by default at once. */
  readonly pause?: () => Promise<void>;
}

/** A refused call. */
interface Refused<C> extends Deferred<unknown> {
  readonly call: C;
}

/**
 * Sends refused calls again once every earlier one has its reply; later calls wait
 * until then.
 */
export class OrderedRuns<C extends Ordered> {
  readonly #deps: OrderedRunsDeps<C>;
  /** Number of calls that were sent and have no reply yet. */
  #flying = 0;
  #idle: Deferred<void> | undefined;
  /** True while later calls wait. */
  #isHolding = false;
  /** Refused calls, in their order. */
  #refused: Refused<C>[] = [];
  /** Functions that run the later calls, in their order. */
  #held: (() => void)[] = [];

  constructor(deps: OrderedRunsDeps<C>) {
    this.#deps = deps;
  }

  /** Runs a call; resolves with its reply. */
  run(call: C): Promise<unknown> {
    if (!this.#isHolding) return this.#send(call, false);
    const { promise, resolve } = deferred<unknown>();
    this.#held.push(() => resolve(this.run(call)));
    return promise;
  }

  /** Resolves once every call has a reply, also those that were sent again. */
  answered(): Promise<void> {
    if (this.#flying === 0 && !this.#isHolding) return Promise.resolve();
    this.#idle ??= deferred();
    return this.#idle.promise;
  }

  async #send(call: C, isAgain: boolean): Promise<unknown> {
    this.#flying++;
    try {
      const reply = await this.#deps.send(call, isAgain);
      if (this.#isHolding) this.#refuseBefore(call);
      return reply;
    } catch (error) {
      if (!this.#deps.isRefused(error, call)) throw error;
      this.#isHolding = true;
      const refused = { call, ...deferred<unknown>() };
      this.#refused.push(refused);
      // Not awaited here, because it is sent again only after all other replies.
      return refused.promise;
    } finally {
      this.#land();
    }
  }

  #land(): void {
    if (--this.#flying > 0) return;
    // Now all refused calls are known.
    if (this.#isHolding) this.#repeat();
    else this.#rest();
  }

  async #repeat(): Promise<void> {
    if (this.#refused.length === 0) return this.#release();
    if (this.#deps.pause !== undefined) await this.#deps.pause();
    const refused = this.#refused;
    this.#refused = [];
    for (const { call, resolve } of refused) resolve(this.#send(call, true));
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    this.#isHolding = false;
    for (const run of held) run();
    if (this.#flying === 0) this.#rest();
  }

  #rest(): void {
    this.#idle?.resolve();
    this.#idle = undefined;
  }

  /** Rejects the refused calls that were to come before one that has run. */
  #refuseBefore({ order }: C): void {
    if (order === undefined) return;
    const names = new Set(order);
    const late = this.#refused.filter(({ call }) =>
      call.order?.some((name) => names.has(name))
    );
    if (late.length === 0) return;
    this.#refused = this.#refused.filter((run) => !late.includes(run));
    const reason = "Redis refused it at first and has already run a later one";
    for (const { reject } of late) {
      reject(new Error(`Cannot run a script: ${reason}`));
    }
  }
}
