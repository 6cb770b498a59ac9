/** Tails of the channels that this node is subscribed to: what is published arrives in order, and what is lost is read again. */

import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import type { Publication } from "../../base/publication.ts";
import { Chain, type Link } from "./chain.ts";
import type { NatsMessage } from "./client.ts";
import { decodeEntry, type Entry } from "./codec.ts";
import { toPublication } from "./history.ts";
import type { NatsStore } from "./store.ts";

/** Milliseconds in which a message that came too late still arrives. */
const LATE_MS = 50;
/** Milliseconds after the last message of a channel until the first look at it, which finds out if one after it was lost. */
const WATCH_MS = 500;
/** Longest time before a look: each is twice as late as the one before. What is lost then is found by the hub's own check. */
const MAX_PATIENCE_MS = 8_000;
/** Channels that are looked at together. */
const LOOKS = 32;

/** State of one channel on this node. */
interface Tail {
  readonly channel: string;
  readonly chain: Chain<Entry | undefined>;
  /** Settles with the newest attempt to subscribe; `undefined` after it has failed. */
  active: Promise<void> | undefined;
  /** Offset before the next publication, as subscribers know it: not that of a beginning. */
  before: number;
  /** Time of its last message, or of another reason to look at it. */
  activeAt: number;
  /** Time after that until the next look. */
  patienceMs: number;
  /** True while something is read that it lacks. */
  isReading: boolean;
  stopLate: (() => void) | undefined;
}

/** Dependencies of {@linkcode Tails}. */
export interface TailsDeps {
  readonly store: NatsStore;
  readonly clock: Clock;
  /** Called with each publication, in the order of its channel. */
  readonly onPublication: (publication: Publication) => void;
  /** Called when something that was lost was read. */
  readonly onRepair: () => void;
  /** Called when publications of a channel are lost, and cannot be read any more. */
  readonly onGap: (channel: string) => void;
}

/** Keeps the subscriptions while NATS is away. */
export class Tails {
  readonly #deps: TailsDeps;
  readonly #tails = new Map<string, Tail>();
  #stopWatch: (() => void) | undefined;
  #isWatching = false;

  /** Begins with none. */
  constructor(deps: TailsDeps) {
    this.#deps = deps;
  }

  /** Checks whether this node is subscribed to a channel. */
  has(channel: string): boolean {
    return this.#tails.has(channel);
  }

  /** Resolves once publications of a channel arrive. After a rejection it is tried again with each connection. */
  subscribe(channel: string): Promise<void> {
    const known = this.#tails.get(channel);
    if (known?.active !== undefined) return known.active;
    const tail: Tail = known ?? {
      channel,
      chain: new Chain((link) => this.#onNext(tail, link)),
      active: undefined,
      before: 0,
      activeAt: this.#deps.clock.now,
      patienceMs: WATCH_MS,
      isReading: false,
      stopLate: undefined,
    };
    if (known === undefined) {
      this.#tails.set(channel, tail);
      const { link, subjects } = this.#deps.store;
      const subject = subjects.live(channel);
      link.subscribe(subject, (message) => this.#receive(tail, message));
    }
    return this.#activate(tail);
  }

  /** Ends the subscription to a channel at once. */
  unsubscribe(channel: string): void {
    const tail = this.#tails.get(channel);
    if (!this.#tails.delete(channel)) return;
    tail?.stopLate?.();
    const { link, subjects } = this.#deps.store;
    link.unsubscribe(subjects.live(channel));
  }

  /** Looks at every channel, because publications may be lost; resolves once none lacks any. */
  async checkAll(): Promise<void> {
    await this.#checkEach([...this.#tails.values()]);
    this.#stopWatch ??= this.#deps.clock.every(
      WATCH_MS,
      () => void this.#watch(),
    );
  }

  /** Begins anew in every channel, because the epoch is another one. */
  restart(): void {
    for (const tail of this.#tails.values()) {
      tail.chain.restart(undefined);
      tail.before = 0;
    }
  }

  /** Looks at a channel soon, whose top is known to be at least that. */
  note(channel: string, top: number): void {
    const tail = this.#tails.get(channel);
    if (tail === undefined || (tail.chain.last ?? top) >= top) return;
    this.#readLate(tail);
  }

  /** Marks all subscriptions as inactive, because the connection is lost. */
  deactivate(): void {
    this.stop();
    for (const tail of this.#tails.values()) tail.active = undefined;
  }

  /** Ends what would keep the process alive. */
  stop(): void {
    this.#stopWatch?.();
    this.#stopWatch = undefined;
    for (const { stopLate } of this.#tails.values()) stopLate?.();
  }

  async #activate(tail: Tail): Promise<void> {
    const active = this.#begin(tail);
    tail.active = active;
    try {
      await active;
    } catch (error) {
      if (tail.active === active) tail.active = undefined;
      throw error;
    }
  }

  /** Finds the top, after which every publication is passed on. */
  async #begin(tail: Tail): Promise<void> {
    const { jetStream, subjects, link } = this.#deps.store;
    if (!link.ready) {
      throw new BrokerAwayError("Cannot subscribe: NATS is away");
    }
    if (tail.chain.last !== undefined) return await this.#fill(tail);
    // The server has subscribed before it reads, for it does one after the other.
    const subject = subjects.stored(tail.channel);
    const top = await jetStream.get(subjects.stream, subject);
    if (tail.chain.last !== undefined) return;
    if (top !== undefined) this.#deps.store.see(top.seq, top.data);
    tail.chain.restart(top?.seq ?? 0);
    tail.before = top === undefined || decodeEntry(top.data) === undefined
      ? 0
      : top.seq;
  }

  #receive(tail: Tail, { data, headers, reply }: NatsMessage): void {
    const { link } = this.#deps.store;
    // The publisher wants to know whether anyone receives.
    if (reply !== undefined && reply !== "") link.publish(reply, NOTHING);
    if (data.length === 0) return;
    const entry = decodeEntry(data);
    const seq = Number(headers?.get("Nats-Sequence") || 0);
    if (seq === 0) {
      if (entry !== undefined) this.#deliver(tail, entry, 0, undefined);
      return;
    }
    const previous = Number(headers?.get("Nats-Last-Sequence") || 0);
    this.#mark(tail);
    this.#deps.store.see(seq, data);
    tail.chain.receive({ seq, previous, message: entry });
    if (tail.chain.isBroken) this.#readLate(tail);
  }

  #onNext(tail: Tail, { seq, message }: Link<Entry | undefined>): void {
    if (message === undefined) return;
    const { before } = tail;
    tail.before = seq;
    this.#deliver(tail, message, seq, before);
  }

  #deliver(
    { channel }: Tail,
    entry: Entry,
    offset: number,
    previous: number | undefined,
  ): void {
    const { store, onPublication } = this.#deps;
    const epoch = offset === 0 ? "" : store.epoch;
    const place = previous === undefined
      ? { offset, epoch }
      : { offset, epoch, previous };
    onPublication(toPublication(channel, entry, place));
  }

  /** Reads what is missing, unless it arrives in a moment. */
  #readLate(tail: Tail): void {
    tail.stopLate ??= this.#deps.clock.after(LATE_MS, () => {
      tail.stopLate = undefined;
      this.#check(tail);
    });
  }

  /** Looks at the channels in which something happened lately. */
  async #watch(): Promise<void> {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const { now } = this.#deps.clock;
    const due = [...this.#tails.values()].filter(({ activeAt, patienceMs }) =>
      patienceMs <= MAX_PATIENCE_MS && now - activeAt >= patienceMs
    );
    for (const tail of due) tail.patienceMs *= 2;
    await this.#checkEach(due);
    this.#isWatching = false;
  }

  /** Lets a channel be looked at soon. */
  #mark(tail: Tail): void {
    tail.activeAt = this.#deps.clock.now;
    tail.patienceMs = WATCH_MS;
  }

  async #checkEach(tails: readonly Tail[]): Promise<void> {
    for (let at = 0; at < tails.length; at += LOOKS) {
      const some = tails.slice(at, at + LOOKS);
      await Promise.all(some.map((tail) => this.#check(tail)));
    }
  }

  /** Subscribes where that has failed, and reads what a channel lacks. */
  async #check(tail: Tail): Promise<void> {
    if (this.#tails.get(tail.channel) !== tail) return;
    try {
      if (tail.active === undefined) await this.#activate(tail);
      else await this.#fill(tail);
    } catch (error) {
      // It is tried again with the next look.
      this.#mark(tail);
      const { link } = this.#deps.store;
      if (link.ready) link.report(error, "message");
    }
  }

  async #fill(tail: Tail): Promise<void> {
    const { chain, channel } = tail;
    const { last } = chain;
    if (tail.isReading || last === undefined) return;
    tail.isReading = true;
    try {
      const { jetStream, subjects } = this.#deps.store;
      const part = await jetStream.read(
        subjects.stream,
        subjects.stored(channel),
        // With the last one, which shows that nothing after it was removed.
        { from: Math.max(last, 1) },
      );
      const { messages } = part;
      if (chain.last !== last || messages.at(-1)?.seq === last) return;
      const missing = messages.filter(({ seq }) => seq > last);
      const [first] = missing;
      if (first === undefined) return;
      const isWhole = messages[0]?.seq === last || last === 0 ||
        first.seq === last + 1;
      // Subscribers compare it with their positions, and find that something is missing.
      if (!isWhole) tail.before = first.seq - 1;
      for (const { seq, data } of missing) this.#deps.store.see(seq, data);
      chain.fill(missing.map(({ seq, data }) => ({
        seq,
        previous: last,
        message: decodeEntry(data),
      })));
      if (isWhole) this.#deps.onRepair();
      else this.#deps.onGap(channel);
    } finally {
      tail.isReading = false;
    }
  }
}

const NOTHING = new Uint8Array();
