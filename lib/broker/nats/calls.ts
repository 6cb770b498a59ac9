/** Calls from node to node: requests to a subject that each node has, and the list of nodes. */

import type { Clock } from "../../base/clock.ts";
import { isRecord } from "../../base/record.ts";
import { PendingCalls } from "../pending_calls.ts";
import { ANSWER_WITHIN_MS } from "../types.ts";
import { type NatsMessage, NoResponders } from "./client.ts";
import type { NatsStore } from "./store.ts";
import { tokenOf } from "./subjects.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NOTHING = new Uint8Array();

/** Parts of a lease's duration after which a node renews its own. */
const RENEWALS = 3;

/** Dependencies of {@linkcode NatsCalls}. */
export interface NatsCallsDeps {
  readonly store: NatsStore;
  readonly clock: Clock;
  /** This node's name. */
  readonly node: string;
  /** Duration of the lease of a node in milliseconds. */
  readonly leaseMs: number;
  /** Answers a call; may reject. */
  readonly onCall: (call: unknown) => unknown;
}

/** Calls other nodes and answers them. A node that has died is not subscribed any more, so nothing waits for it. */
export class NatsCalls {
  readonly #deps: NatsCallsDeps;
  /** Ends of the time for the answers of other nodes. */
  readonly #patience: PendingCalls<() => void>;
  #stopRenewing: (() => void) | undefined;

  /** Answers nothing before {@linkcode join}. */
  constructor(deps: NatsCallsDeps) {
    this.#deps = deps;
    this.#patience = new PendingCalls({
      clock: deps.clock,
      timeoutMs: ANSWER_WITHIN_MS,
      onTimeout: (leaveOut) => leaveOut(),
    });
  }

  /** Begins to answer calls. */
  start(): void {
    const { store, node } = this.#deps;
    store.link.subscribe(
      store.subjects.calls(node),
      (message) => void this.#answer(message),
    );
  }

  /** Adds this node to the list of all; it stays as long as it renews that. */
  async join(): Promise<void> {
    await this.#renew();
    const { clock, leaseMs, store } = this.#deps;
    this.#stopRenewing ??= clock.every(leaseMs / RENEWALS, async () => {
      try {
        await this.#renew();
      } catch (error) {
        // It is renewed with the next connection.
        if (store.link.ready) store.link.report(error, "upkeep");
      }
    });
  }

  /** Calls one node, or all; see `Broker.call`. */
  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    const { node: self, onCall } = this.#deps;
    if (node === self) return [await onCall(call)];
    if (node !== undefined) return await this.#callOne(tokenOf(node), call);
    const own = (async () => await onCall(call))();
    const [answer, ...answers] = await Promise.all([
      own,
      ...(await this.#others()).map((other) => this.#callOne(other, call)),
    ]);
    return [answer, ...answers.flat()];
  }

  /** Removes this node from the list of all, without waiting for that: its lease ends by itself, too. */
  leave(): void {
    this.stop();
    const { store, node } = this.#deps;
    const { link, subjects } = store;
    if (!link.ready) return;
    const body = JSON.stringify({ filter: subjects.member(node) });
    const subject = `$JS.API.STREAM.PURGE.${subjects.leases}`;
    link.publish(subject, encoder.encode(body));
  }

  /** Ends what would keep the process alive. */
  stop(): void {
    this.#stopRenewing?.();
    this.#stopRenewing = undefined;
    for (const leaveOut of this.#patience.takeAll()) leaveOut();
    this.#patience.close();
  }

  async #renew(): Promise<void> {
    const { store, node } = this.#deps;
    await store.jetStream.store(store.subjects.member(node), NOTHING);
  }

  /** Tokens of the other nodes. */
  async #others(): Promise<readonly string[]> {
    const { store, node } = this.#deps;
    const { jetStream, subjects } = store;
    const filter = subjects.member();
    const { state } = await jetStream.call(`STREAM.INFO.${subjects.leases}`, {
      subjects_filter: filter,
    });
    const found = isRecord(state) && isRecord(state.subjects)
      ? Object.keys(state.subjects)
      : [];
    const own = subjects.member(node);
    return found.filter((subject) => subject !== own)
      .map((subject) => subject.slice(filter.length - 1));
  }

  /** Answers of a node: one, or none if it does not answer in time. */
  async #callOne(token: string, call: unknown): Promise<readonly unknown[]> {
    const { link, subjects } = this.#deps.store;
    const text = JSON.stringify({ call });
    const calling = link.request(
      subjects.calls(token),
      encoder.encode(text),
    );
    let id = 0;
    const late = new Promise<undefined>((resolve) => {
      id = this.#patience.add(() => resolve(undefined));
    });
    try {
      const reply = await Promise.race([calling, late]);
      if (reply === undefined) {
        calling.catch(() => {});
        return [];
      }
      const { answer, refusal } = parse(reply);
      if (typeof refusal === "string") throw new Error(refusal);
      return [answer];
    } catch (error) {
      if (error instanceof NoResponders) return [];
      throw error;
    } finally {
      this.#patience.take(id);
    }
  }

  async #answer(message: NatsMessage): Promise<void> {
    const { store, onCall } = this.#deps;
    const { reply } = message;
    if (reply === undefined) return;
    try {
      const text = await this.#noteOf(() => onCall(parse(message).call));
      store.link.publish(reply, encoder.encode(text));
    } catch (error) {
      store.link.report(error, "answer");
    }
  }

  async #noteOf(answer: () => unknown): Promise<string> {
    try {
      return JSON.stringify({ answer: await answer() });
    } catch (error) {
      const refusal = error instanceof Error ? error.message : String(error);
      return JSON.stringify({ refusal });
    }
  }
}

/** @throws {SyntaxError} If no node wrote it. */
function parse({ data }: NatsMessage): Readonly<Record<string, unknown>> {
  const note: unknown = JSON.parse(decoder.decode(data));
  if (isRecord(note)) return note;
  throw new SyntaxError("Cannot read the note of another node");
}
