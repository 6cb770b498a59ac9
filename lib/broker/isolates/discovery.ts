/** Discovery of the other isolates: the election of the sequencer by a Web Lock, and how followers find it. */

import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import type { Locks, NetChannel, OpenChannel } from "./platform.ts";

/** A node looks for its sequencer, or a sequencer takes a node in. */
type Greeting =
  | { readonly type: "hello"; readonly from: string }
  | { readonly type: "welcome"; readonly from: string; readonly to: string };

/** Options of {@linkcode Discovery}. */
export interface DiscoveryOptions {
  readonly clock: Clock;
  readonly openChannel: OpenChannel;
  readonly locks: Locks;
  /** The channel's name, and the beginning of the locks' names. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** Called when this node is the sequencer, which it stays until it is closed. */
  readonly onElected: () => void;
  /** Called when a sequencer takes this node in, perhaps again. */
  readonly onWelcome: (sequencer: string) => void;
  /** Called when a node of this process looks for its sequencer. */
  readonly onHello: (node: string) => void;
  /** Called when the platform refuses a lock. */
  readonly onError: (error: unknown) => void;
}

/** Milliseconds after which a node without a sequencer says hello again: a post may be lost. */
const HELLO_PERIOD_MS = 500;

/**
 * One node's part in the election. It also holds a lock of its own all its life: the
 * others see by it that the node is of this process, and notice its end.
 */
export class Discovery {
  readonly #options: DiscoveryOptions;
  readonly #channel: NetChannel;
  readonly #over = deferred<void>();
  readonly #aborter = new AbortController();
  #stopHello: (() => void) | undefined;

  /** Opens the channel on which the nodes greet each other. */
  constructor(options: DiscoveryOptions) {
    const { openChannel, cluster } = options;
    this.#options = options;
    this.#channel = openChannel(cluster, (value) => {
      if (isGreeting(value)) this.#receive(value);
    });
  }

  /** Stands for election. Rejects if the platform refuses locks; then nothing is elected. */
  async start(): Promise<void> {
    await this.#holdOwnLock();
    if (this.#isClosed) return;
    const lead = () => {
      this.stopSearch();
      this.#options.onElected();
      return this.#over.promise;
    };
    // Without this attempt a node cannot know whether another one leads.
    await this.#options.locks.request(
      this.#sequencerLock,
      { ifAvailable: true },
      async (lock) => {
        if (lock !== null && !this.#isClosed) await lead();
      },
    );
    if (this.#isClosed) return;
    this.#queue(this.#sequencerLock, lead);
    this.search();
  }

  /** Says hello until {@linkcode stopSearch}. */
  search(): void {
    if (this.#isClosed) return;
    this.stopSearch();
    const hello = () => this.#post({ type: "hello", from: this.#options.node });
    this.#stopHello = this.#options.clock.every(HELLO_PERIOD_MS, hello);
    hello();
  }

  /** Says hello no more. */
  stopSearch(): void {
    this.#stopHello?.();
  }

  /** Notifies a node that this one is its sequencer. */
  welcome(node: string): void {
    this.#post({ type: "welcome", from: this.#options.node, to: node });
  }

  /** Calls back when a node of this process has ended; the returned function cancels. */
  watch(node: string, onEnd: () => void): () => void {
    const aborter = new AbortController();
    const signal = AbortSignal.any([aborter.signal, this.#aborter.signal]);
    this.#queue(this.#lockOf(node), onEnd, signal);
    return () => aborter.abort();
  }

  /** Names of the other nodes of this process. */
  async others(): Promise<readonly string[]> {
    const { held = [] } = await this.#options.locks.query();
    const prefix = this.#lockOf("");
    return held.flatMap(({ name = "" }) => {
      const node = name.slice(prefix.length);
      const isOther = name.startsWith(prefix) && node !== this.#options.node;
      return isOther ? [node] : [];
    });
  }

  /** Releases all locks, and closes the channel. */
  close(): void {
    this.stopSearch();
    this.#aborter.abort();
    this.#channel.close();
    this.#over.resolve();
  }

  get #isClosed(): boolean {
    return this.#aborter.signal.aborted;
  }

  get #sequencerLock(): string {
    return `${this.#options.cluster}-sequencer`;
  }

  #lockOf(node: string): string {
    return `${this.#options.cluster}-node:${node}`;
  }

  #post(greeting: Greeting): void {
    if (!this.#isClosed) this.#channel.postMessage(greeting);
  }

  #receive(greeting: Greeting): void {
    const { node, onHello, onWelcome } = this.#options;
    if (greeting.type === "hello") onHello(greeting.from);
    else if (greeting.to === node) onWelcome(greeting.from);
  }

  /** Resolves once this node holds its own lock, or is closed. */
  async #holdOwnLock(): Promise<void> {
    const { node, locks } = this.#options;
    const { signal } = this.#aborter;
    const { promise, resolve, reject } = deferred<void>();
    locks.request(this.#lockOf(node), { signal }, () => {
      resolve();
      return this.#over.promise;
    }).catch((error) => signal.aborted ? resolve() : reject(error));
    await promise;
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

function isGreeting(value: unknown): value is Greeting {
  return typeof value === "object" && value !== null && "type" in value &&
    "from" in value && typeof value.from === "string" &&
    (value.type === "hello" || (value.type === "welcome" && "to" in value));
}
