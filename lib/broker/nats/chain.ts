/** Order of one channel: each message waits for the one that it names as its predecessor. */

/** A message, and the one before it on its subject. */
export interface Link<M> {
  readonly seq: number;
  readonly previous: number;
  readonly message: M;
}

/** Messages that wait at most; what is more is read again. */
const MAX_HELD = 1_024;

/**
 * Puts messages in the order of their stream, each once. The server sends what two
 * connections publish at once in another order now and then, and a message may be lost
 * with a connection.
 */
export class Chain<M> {
  /** Sequence number of the newest message that was passed on; `undefined` before the first. */
  last: number | undefined;
  readonly #onNext: (link: Link<M>) => void;
  /** Those whose predecessor is missing, by the numbers of these. */
  readonly #held = new Map<number, Link<M>>();

  /** Passes messages on to `onNext`. */
  constructor(onNext: (link: Link<M>) => void) {
    this.#onNext = onNext;
  }

  /** True if a message waits for one before it. */
  get isBroken(): boolean {
    return this.#held.size > 0;
  }

  /** Takes a message that has arrived. */
  receive(link: Link<M>): void {
    const { last } = this;
    if (last !== undefined && link.seq <= last) return;
    if (last === undefined || link.previous <= last) return this.#pass(link);
    if (this.#held.size < MAX_HELD) this.#held.set(link.previous, link);
  }

  /** Takes what was read after {@linkcode last}, and then what has waited for it. */
  fill(links: readonly Link<M>[]): void {
    for (const link of links) {
      if (this.last === undefined || link.seq > this.last) this.#pass(link);
    }
  }

  /** Drops what waits, and begins anew after a message. */
  restart(last: number | undefined): void {
    this.#held.clear();
    this.last = last;
  }

  #pass(link: Link<M>): void {
    let next: Link<M> | undefined = link;
    while (next !== undefined) {
      this.last = next.seq;
      this.#onNext(next);
      next = this.#held.get(next.seq);
      if (next !== undefined) this.#held.delete(next.previous);
    }
    if (this.#held.size > 0) this.#dropKnown();
  }

  /** Drops what waited for a message that was not passed on, and is known meanwhile. */
  #dropKnown(): void {
    for (const [previous, { seq }] of this.#held) {
      if (seq <= this.last!) this.#held.delete(previous);
    }
  }
}
