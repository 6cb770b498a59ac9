/** Questions from node to node, and their answers. */

import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { ANSWER_WITHIN_MS } from "../types.ts";
import type { RedisLink } from "./link.ts";

const DEFAULT_MAX_QUESTIONS = 4_096;

/** A question under way. */
interface Waiting {
  readonly answers: unknown[];
  /** How many more are to come; known once Redis has told how many nodes hear the question. */
  missing: number;
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
}

/** What one node publishes for others. */
type Note =
  | {
    readonly type: "question";
    readonly id: string;
    readonly from: string;
    readonly question?: unknown;
  }
  | { readonly type: "answer"; readonly id: string; readonly answer?: unknown }
  | { readonly type: "refusal"; readonly id: string; readonly message: string };

/** What calls work with. */
export interface CallsDeps {
  readonly link: RedisLink;
  readonly clock: Clock;
  readonly random: Random;
  /** This node's name. */
  readonly node: string;
  /** Answers a question; may reject. */
  readonly onQuestion: (question: unknown) => unknown;
  /**
   * Questions to others under way at once; more are refused.
   * @default {4_096}
   */
  readonly maxQuestions?: number;
}

/**
 * Asks other nodes and answers them. Every node hears a topic of its own and one of
 * all. Redis tells how many hear a question, so none waits for a node that is gone.
 */
export class Calls {
  readonly #deps: CallsDeps;
  readonly #waiting = new Map<string, Waiting>();
  /** What this node must be subscribed to. */
  readonly topics: readonly string[];

  constructor(deps: CallsDeps) {
    this.#deps = deps;
    this.topics = [this.#topicOf(deps.node), this.#topicOf(undefined)];
  }

  /** Asks one node, or all; see `Broker.call`. */
  async ask(
    node: string | undefined,
    question: unknown,
  ): Promise<readonly unknown[]> {
    const { node: self, onQuestion } = this.#deps;
    if (node === self) return [await onQuestion(question)];
    const others = this.#askOthers(node, question);
    if (node !== undefined) return await others;
    const own = (async () => await onQuestion(question))();
    const [answer, answers] = await Promise.all([own, others]);
    return [answer, ...answers];
  }

  /** Takes what was published to one of the topics; returns whether it was. */
  receive(text: string, topic: string): boolean {
    if (!this.topics.includes(topic)) return false;
    const note = parseNote(text);
    if (note.type === "question") {
      if (note.from !== this.#deps.node) this.#answer(note);
      return true;
    }
    const waiting = this.#waiting.get(note.id);
    if (waiting === undefined) return true;
    if (note.type === "refusal") waiting.fail(new Error(note.message));
    else {
      waiting.answers.push(note.answer);
      this.#count(waiting, -1);
    }
    return true;
  }

  /** Ends all questions under way: their answers cannot come any more. */
  lose(): void {
    for (const { fail } of [...this.#waiting.values()]) {
      fail(new Error("Cannot ask: the connection to Redis was lost"));
    }
  }

  /** The topic that one node hears, or all do. */
  #topicOf(node: string | undefined): string {
    const { topicPrefix } = this.#deps.link;
    return node === undefined
      ? `${topicPrefix}nodes`
      : `${topicPrefix}node:${node}`;
  }

  async #askOthers(
    node: string | undefined,
    question: unknown,
  ): Promise<readonly unknown[]> {
    const { clock, random, node: from } = this.#deps;
    const { maxQuestions = DEFAULT_MAX_QUESTIONS } = this.#deps;
    if (this.#waiting.size >= maxQuestions) {
      throw new Error(`Cannot ask: ${maxQuestions} questions wait already`);
    }
    const id = random.uuid();
    const topic = this.#topicOf(node);
    const done = deferred<void>();
    const waiting: Waiting = {
      answers: [],
      missing: 0,
      finish: done.resolve,
      fail: done.reject,
    };
    this.#waiting.set(id, waiting);
    const stop = clock.after(ANSWER_WITHIN_MS, done.resolve);
    this.#publish(topic, { type: "question", id, from, question }).then(
      (nodes) => {
        // Among all nodes is this one, which does not answer itself.
        this.#count(waiting, node === undefined ? nodes - 1 : nodes);
      },
      done.reject,
    );
    try {
      await done.promise;
      return waiting.answers;
    } finally {
      stop();
      this.#waiting.delete(id);
    }
  }

  /** Answers may be counted before it is known how many there are. */
  #count(waiting: Waiting, change: number): void {
    waiting.missing += change;
    if (waiting.missing === 0) waiting.finish();
  }

  async #answer(
    { id, from, question }: Extract<Note, { type: "question" }>,
  ): Promise<void> {
    const { link, onQuestion } = this.#deps;
    const topic = this.#topicOf(from);
    try {
      const note = await toNote(id, () => onQuestion(question));
      await this.#publish(topic, note);
    } catch (error) {
      link.report(error, "answer");
    }
  }

  async #publish(topic: string, note: Note): Promise<number> {
    const { link } = this.#deps;
    return Number(await link.send(["PUBLISH", topic, JSON.stringify(note)]));
  }
}

async function toNote(id: string, answer: () => unknown): Promise<Note> {
  try {
    return { type: "answer", id, answer: await answer() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: "refusal", id, message };
  }
}

/** @throws {SyntaxError} If no node wrote it. */
function parseNote(text: string): Note {
  const note: unknown = JSON.parse(text);
  if (typeof note === "object" && note !== null) {
    const fields: Readonly<Record<string, unknown>> = { ...note };
    const { type, id, from, question, answer, message } = fields;
    if (typeof id === "string") {
      if (type === "question" && typeof from === "string") {
        return { type, id, from, question };
      }
      if (type === "answer") return { type, id, answer };
      if (type === "refusal") return { type, id, message: String(message) };
    }
  }
  throw new SyntaxError("Cannot read what another node sent: it is odd");
}
