/** Questions to nodes that have no answer yet. */

import type { Clock } from "../../base/clock.ts";
import { PendingCalls } from "../pending_calls.ts";
import { ANSWER_WITHIN_MS } from "../types.ts";

/** Result of a question to a node that has ended, or took too long. */
const UNANSWERED = Symbol("unanswered");

interface Question extends PromiseWithResolvers<unknown> {
  /** Name of the node that has to answer. */
  readonly node: string;
}

/** Ends each question by its answer, or as unanswered when there is none in time. */
export class Questions {
  readonly #pending: PendingCalls<Question>;

  /** Creates an empty table. */
  constructor(clock: Clock) {
    this.#pending = new PendingCalls({
      clock,
      timeoutMs: ANSWER_WITHIN_MS,
      onTimeout: ({ resolve }) => resolve(UNANSWERED),
    });
  }

  /** Adds a question to a node; `send` sends it with its id. */
  ask(node: string, send: (id: number) => void): Promise<unknown> {
    const question = { node, ...Promise.withResolvers<unknown>() };
    send(this.#pending.add(question));
    return question.promise;
  }

  /** Asks this node itself. */
  askOwn(node: string, answer: () => unknown): Promise<unknown> {
    return this.ask(node, async (id) => {
      try {
        this.settle(id, await answer());
      } catch (error) {
        this.fail(id, error);
      }
    });
  }

  /** Ends a question by its answer. */
  settle(id: number, answer: unknown): void {
    this.#pending.take(id)?.resolve(answer);
  }

  /** Ends a question by the reason why it has no answer. */
  fail(id: number, error: unknown): void {
    this.#pending.take(id)?.reject(error);
  }

  /** Ends the questions to a node that has ended, or all of them. */
  endAll(node?: string): void {
    const isOf = (question: Question) =>
      node === undefined || question.node === node;
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
