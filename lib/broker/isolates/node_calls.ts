/** Node calls that have no answer yet. */

import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import { PendingCalls } from "../pending_calls.ts";
import { ANSWER_WITHIN_MS } from "../types.ts";

/** Result of a call to a node that has ended, or took too long. */
const UNANSWERED = Symbol("unanswered");

interface IsolateCall extends PromiseWithResolvers<unknown> {
  /** Name of the node that has to answer. */
  readonly node: string;
}

/** Table that ends each call by its answer, or as unanswered when no answer comes in time. */
export class IsolateCalls {
  readonly #pending: PendingCalls<IsolateCall>;

  /** Creates an empty table. */
  constructor(clock: Clock) {
    this.#pending = new PendingCalls({
      clock,
      timeoutMs: ANSWER_WITHIN_MS,
      onTimeout: ({ resolve }) => resolve(UNANSWERED),
    });
  }

  /** Adds a call to a node; `send` sends it with its id. */
  add(node: string, send: (id: number) => void): Promise<unknown> {
    const call = { node, ...deferred<unknown>() };
    send(this.#pending.add(call));
    return call.promise;
  }

  /** Adds a call to this node itself. */
  addOwn(node: string, answer: () => unknown): Promise<unknown> {
    return this.add(node, async (id) => {
      try {
        this.settle(id, await answer());
      } catch (error) {
        this.fail(id, error);
      }
    });
  }

  /** Ends a call by its answer. */
  settle(id: number, answer: unknown): void {
    this.#pending.take(id)?.resolve(answer);
  }

  /** Ends a call by the reason why it has no answer. */
  fail(id: number, error: unknown): void {
    this.#pending.take(id)?.reject(error);
  }

  /** Ends the calls to a node that has ended, or all of them. */
  endAll(node?: string): void {
    const isOf = (call: IsolateCall) =>
      node === undefined || call.node === node;
    for (const { resolve } of this.#pending.takeAll(isOf)) resolve(UNANSWERED);
    if (node === undefined) this.#pending.close();
  }
}

/** Waits for the answers of several nodes; rejects as the first of them does. */
export async function gather(
  answers: readonly Promise<unknown>[],
): Promise<readonly unknown[]> {
  const values = await Promise.all(answers);
  return values.filter((value) => value !== UNANSWERED);
}
