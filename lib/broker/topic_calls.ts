/** Calls from node to node by topics, and their answers. */

import { deferred } from "../base/deferred.ts";
import type { Clock } from "../base/clock.ts";
import { BrokerAwayError } from "../base/errors.ts";
import { PendingCalls } from "./pending_calls.ts";
import { ANSWER_WITHIN_MS } from "./types.ts";

const DEFAULT_MAX_CALLS = 4_096;

/** A call under way. */
interface Waiting {
  readonly answers: unknown[];
  /** Number of answers that are missing; known once the store has said how many nodes receive the call. */
  missing: number;
  readonly resolve: (answers: readonly unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Note that a node publishes for others. A call is a question there: nodes of other versions read it. */
type Note =
  | {
    readonly type: "question";
    readonly id: number;
    readonly from: string;
    readonly question?: unknown;
  }
  | { readonly type: "answer"; readonly id: number; readonly answer?: unknown }
  | { readonly type: "refusal"; readonly id: number; readonly message: string };

/** Parts that calls work with. */
export interface TopicCallsDeps {
  /** Topic that one node receives, or without a name all of them. */
  readonly topicOf: (node: string | undefined) => string;
  /** Sends a text to a topic; resolves with the number of nodes that receive it. */
  readonly send: (topic: string, text: string) => Promise<number>;
  /** Called with the error of an answer that was not sent. */
  readonly onError: (error: unknown) => void;
  readonly clock: Clock;
  /** This node's name. */
  readonly node: string;
  /** Answers a call; may reject. */
  readonly onCall: (call: unknown) => unknown;
  /**
   * Calls to others under way at once; more are refused.
   * @default {4_096}
   */
  readonly maxCalls?: number;
}

/**
 * Calls other nodes and answers them. Every node receives a topic of its own and one of
 * all. The number of nodes that receive a call is known, so none waits for a node that is gone.
 */
export class TopicCalls {
  readonly #deps: TopicCallsDeps;
  readonly #pending: PendingCalls<Waiting>;
  /** Topics that this node must be subscribed to. */
  readonly topics: readonly string[];

  constructor(deps: TopicCallsDeps) {
    this.#deps = deps;
    this.topics = [deps.topicOf(deps.node), deps.topicOf(undefined)];
    this.#pending = new PendingCalls({
      clock: deps.clock,
      timeoutMs: ANSWER_WITHIN_MS,
      onTimeout: ({ resolve, answers }) => resolve(answers),
    });
  }

  /** Calls one node, or all; see `Broker.call`. */
  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    const { node: self, onCall } = this.#deps;
    if (node === self) return [await onCall(call)];
    const others = this.#callOthers(node, call);
    if (node !== undefined) return await others;
    const own = (async () => await onCall(call))();
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
    if (note.type === "refusal") this.#fail(note.id, new Error(note.message));
    else {
      this.#pending.get(note.id)?.answers.push(note.answer);
      this.#count(note.id, -1);
    }
    return true;
  }

  /** Ends all calls under way: their answers cannot come any more. */
  lose(): void {
    for (const { reject } of this.#pending.takeAll()) {
      reject(
        new BrokerAwayError(
          "Cannot ask: the connection to the other nodes was lost",
        ),
      );
    }
    this.#pending.close();
  }

  async #callOthers(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    const { node: from, topicOf, maxCalls = DEFAULT_MAX_CALLS } = this.#deps;
    if (this.#pending.size >= maxCalls) {
      throw new Error(`Cannot ask: ${maxCalls} questions wait already`);
    }
    const { promise, ...ends } = deferred<readonly unknown[]>();
    const id = this.#pending.add({ answers: [], missing: 0, ...ends });
    const topic = topicOf(node);
    this.#publish(topic, { type: "question", id, from, question: call }).then(
      // Among all nodes is this one, which does not answer itself.
      (nodes) => this.#count(id, node === undefined ? nodes - 1 : nodes),
      (error) => this.#fail(id, error),
    );
    return await promise;
  }

  /** Counts nodes that are to answer, and answers: those may come first. */
  #count(id: number, change: number): void {
    const waiting = this.#pending.get(id);
    if (waiting === undefined) return;
    waiting.missing += change;
    if (waiting.missing !== 0) return;
    this.#pending.take(id);
    waiting.resolve(waiting.answers);
  }

  #fail(id: number, error: unknown): void {
    this.#pending.take(id)?.reject(error);
  }

  async #answer(
    { id, from, question: call }: Extract<Note, { type: "question" }>,
  ): Promise<void> {
    const { topicOf, onCall, onError } = this.#deps;
    const topic = topicOf(from);
    try {
      const note = await toNote(id, () => onCall(call));
      await this.#publish(topic, note);
    } catch (error) {
      onError(error);
    }
  }

  #publish(topic: string, note: Note): Promise<number> {
    return this.#deps.send(topic, JSON.stringify(note));
  }
}

async function toNote(id: number, answer: () => unknown): Promise<Note> {
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
    if (typeof id === "number") {
      if (type === "question" && typeof from === "string") {
        return { type, id, from, question };
      }
      if (type === "answer") return { type, id, answer };
      if (type === "refusal") return { type, id, message: String(message) };
    }
  }
  throw new SyntaxError("Cannot read the note of another node");
}
