/** Questions put to one node that it still has to answer. */

import type { Clock } from "../../base/clock.ts";
import { ANSWER_WITHIN_MS, type BrokerNode } from "../types.ts";

/** What stands for the answer of a node that has ended, or took too long. */
export const UNANSWERED = Symbol("unanswered");

interface NodeCall extends PromiseWithResolvers<unknown> {
  readonly stopTimer: () => void;
}

/** Gives each question its id, and ends it: by an answer, or when there is none in time. */
export class Questions {
  readonly #clock: Clock;
  readonly #open = new Map<number, NodeCall>();
  #id = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Puts a question, which `send` sends with its id; settles as it is answered. */
  ask(send: (id: number) => void): Promise<unknown> {
    const id = ++this.#id;
    const stopTimer = this.#clock.after(
      ANSWER_WITHIN_MS,
      () => this.settle(id, UNANSWERED),
    );
    const question = { ...Promise.withResolvers<unknown>(), stopTimer };
    this.#open.set(id, question);
    send(id);
    return question.promise;
  }

  /** Puts a question to this node itself. */
  askOwn(owner: BrokerNode, question: unknown): Promise<unknown> {
    return this.ask(async (id) => {
      try {
        const answer = await owner.answer(question);
        // What cannot be cloned is to fail here, not when a batch is posted.
        this.settle(id, structuredClone(answer));
      } catch (error) {
        this.fail(id, error);
      }
    });
  }

  /** Whether a question waits for its answer still. */
  has(id: number): boolean {
    return this.#open.has(id);
  }

  /** Takes an answer. */
  settle(id: number, value: unknown): void {
    this.#end(id)?.resolve(value);
  }

  /** Takes the reason why there is no answer. */
  fail(id: number, error: unknown): void {
    this.#end(id)?.reject(error);
  }

  /** The node has ended. */
  close(): void {
    for (const id of [...this.#open.keys()]) this.settle(id, UNANSWERED);
  }

  #end(id: number): NodeCall | undefined {
    const question = this.#open.get(id);
    question?.stopTimer();
    this.#open.delete(id);
    return question;
  }
}

/** Waits for the answers of several nodes; rejects as the first of them does. */
export async function gather(
  answers: readonly Promise<unknown>[],
): Promise<readonly unknown[]> {
  const values = await Promise.all(answers);
  return values.filter((value) => value !== UNANSWERED);
}
