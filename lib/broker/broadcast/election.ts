/** Who is the sequencer: the one isolate of the process that holds the lock. */

import type { Locks } from "./net.ts";

/** What an election works with. */
export interface ElectionOptions {
  readonly locks: Locks;
  /** What the names of the locks begin with. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** Called when this node has become the sequencer, which it stays until it is closed. */
  readonly onElected: () => void;
  /** Called when another one is; this node may be next. */
  readonly onRefused: () => void;
  /** Called when the platform refuses a lock. */
  readonly onError: (error: unknown) => void;
}

/**
 * A node stands for sequencer, and holds a lock of its own all its life: so
 * others can tell that it is of this process, and learn at once when it ends.
 */
export class Election {
  readonly #options: ElectionOptions;
  readonly #over = Promise.withResolvers<void>();
  readonly #aborter = new AbortController();

  constructor(options: ElectionOptions) {
    this.#options = options;
  }

  /** Stands for sequencer. Rejects if the platform refuses locks; then nobody is elected. */
  async start(): Promise<void> {
    const { onElected, onRefused } = this.#options;
    await this.#holdOwn();
    if (this.#aborter.signal.aborted) return;
    const lead = () => {
      onElected();
      return this.#over.promise;
    };
    // Only so one can tell whether there is anybody else.
    await this.#tryFirst(lead);
    if (this.#aborter.signal.aborted) return;
    this.#queue(this.#sequencerLock, lead);
    onRefused();
  }

  /** Calls back when a node of this process has ended; the returned function cancels. */
  watch(node: string, onEnd: () => void): () => void {
    const aborter = new AbortController();
    const signal = AbortSignal.any([aborter.signal, this.#aborter.signal]);
    this.#queue(this.#lockOf(node), onEnd, signal);
    return () => aborter.abort();
  }

  /** The other nodes of this process. */
  async others(): Promise<readonly string[]> {
    const { held = [] } = await this.#options.locks.query();
    const prefix = this.#lockOf("");
    return held.flatMap(({ name = "" }) => {
      const node = name.slice(prefix.length);
      const isOther = name.startsWith(prefix) && node !== this.#options.node;
      return isOther ? [node] : [];
    });
  }

  /** Lets go of all locks. */
  close(): void {
    this.#aborter.abort();
    this.#over.resolve();
  }

  get #sequencerLock(): string {
    return `${this.#options.cluster}-sequencer`;
  }

  #lockOf(node: string): string {
    return `${this.#options.cluster}-node:${node}`;
  }

  /** Resolves once this node holds its own lock, or is closed. */
  async #holdOwn(): Promise<void> {
    const { node, locks } = this.#options;
    const { signal } = this.#aborter;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    locks.request(this.#lockOf(node), { signal }, () => {
      resolve();
      return this.#over.promise;
    }).catch((error) => signal.aborted ? resolve() : reject(error));
    await promise;
  }

  /** Leads if the lock is free: then this settles when it is let go, else at once. */
  #tryFirst(lead: () => Promise<void>): Promise<void> {
    return this.#options.locks.request(
      this.#sequencerLock,
      { ifAvailable: true },
      async (lock) => {
        if (lock !== null && !this.#aborter.signal.aborted) await lead();
      },
    );
  }

  async #queue(
    name: string,
    hold: () => void | Promise<void>,
    signal: AbortSignal = this.#aborter.signal,
  ): Promise<void> {
    try {
      await this.#options.locks.request(name, { signal }, async () => {
        if (!signal.aborted) await hold();
      });
    } catch (error) {
      if (!signal.aborted) this.#options.onError(error);
    }
  }
}
