/** Watch over the isolates of this process: where one dies, Deno goes on without it and reports nothing. */

import type { Clock } from "../lib/base/clock.ts";
import { pause } from "../lib/base/pause.ts";
import { type Locks, platformLocks } from "../lib/broker/isolates/platform.ts";

/** Options of {@linkcode IsolateWatch}. */
export interface IsolateWatchOptions {
  readonly clock: Clock;
  /** Id of this isolate's node. */
  readonly node: string;
  readonly locks: Locks;
  /** Called once for each isolate that was lost. */
  readonly onLost: () => void;
  /** Called once if another isolate drains: this one may have begun after the signal to. */
  readonly onDraining: () => void;
  /** Called when the platform refuses a lock. */
  readonly onError: (error: unknown) => void;
}

/** Isolates of a process, as one of them sees them. */
export interface IsolateCount {
  /** Isolates that are alive, this one included. */
  readonly alive: number;
  /** Isolates that have ended while this one lives. */
  readonly lost: number;
  /** Ids of the nodes of those that are alive. */
  readonly nodes: readonly string[];
}

/** Begins to watch, where the platform has locks. */
export function watchIsolates(
  options: Omit<IsolateWatchOptions, "locks">,
): IsolateWatch | undefined {
  const locks = platformLocks();
  return locks && new IsolateWatch({ ...options, locks });
}

/** Beginning of the locks' names. */
const PREFIX = "thrum-isolate:";
const DRAINING = "thrum-draining:";
/** Milliseconds between two looks at the locks. */
const PERIOD_MS = 250;
/**
 * Milliseconds for which a lock is missing until its isolate counts as lost: where
 * all isolates end in peace, this one needs time to notice that it is to end too.
 */
const LOST_AFTER_MS = 1_000;
/** Milliseconds between two looks while this isolate drains, and waits for the others to know. */
const DRAIN_PERIOD_MS = 20;

/**
 * Holds a Web Lock while this isolate lives, and looks at the locks of the others:
 * the platform releases them whatever ends an isolate.
 */
export class IsolateWatch {
  readonly #options: IsolateWatchOptions;
  readonly #stop: () => void;
  readonly #over = Promise.withResolvers<void>();
  /** By name of the lock, when it was held last, on the scale of `Clock.now`. */
  readonly #seenAt = new Map<string, number>();
  #nodes: readonly string[];
  /** Nodes that were alive once, and those that were seen to drain. */
  readonly #known = new Set<string>();
  readonly #draining = new Set<string>();
  #lost = 0;

  /** Begins to watch. */
  constructor(options: IsolateWatchOptions) {
    this.#options = options;
    this.#nodes = [options.node];
    this.#guard(options.locks.request(
      `${PREFIX}${options.node}`,
      {},
      () => this.#over.promise,
    ));
    this.#stop = options.clock.every(
      PERIOD_MS,
      () => this.#guard(this.#look()),
    );
  }

  /** Isolates as of the last look. */
  get count(): IsolateCount {
    const nodes = this.#nodes;
    return { alive: nodes.length, lost: this.#lost, nodes };
  }

  /**
   * Lets the other isolates of this process know that it ends. Resolves once all of the
   * `expected` ones drain or have ended: one that begins only now has missed the signal.
   */
  async drain(expected: number): Promise<void> {
    const { locks, clock, node } = this.#options;
    this.#draining.add(node);
    const held = () => this.#over.promise;
    this.#guard(locks.request(`${DRAINING}${node}`, {}, held));
    const isLate = (known: string) =>
      this.#nodes.includes(known) && !this.#draining.has(known);
    for (;;) {
      // Without locks nothing is known of the others.
      if (!await this.#guard(this.#look())) return;
      const isEach = this.#known.size >= expected;
      if (isEach && ![...this.#known].some(isLate)) return;
      await pause(clock, DRAIN_PERIOD_MS);
    }
  }

  /** Ends the watch; nothing of it keeps the process alive. */
  close(): void {
    this.#stop();
    this.#over.resolve();
  }

  async #look(): Promise<void> {
    const { locks, clock, node, onLost, onDraining } = this.#options;
    const { held = [] } = await locks.query();
    const names = held.flatMap(({ name }) => name ?? []);
    const isFirst = this.#draining.size === 0;
    for (const name of names) {
      if (name.startsWith(DRAINING)) {
        this.#draining.add(name.slice(DRAINING.length));
      }
    }
    if (isFirst && this.#draining.size > 0) onDraining();
    const alive = names.filter((name) => name.startsWith(PREFIX));
    for (const name of alive) this.#seenAt.set(name, clock.now);
    // The first look may come before the own lock.
    this.#nodes = [
      ...new Set(alive.map((name) => name.slice(PREFIX.length)))
        .add(node),
    ];
    for (const known of this.#nodes) this.#known.add(known);
    for (const [name, seenAt] of this.#seenAt) {
      if (clock.now - seenAt < LOST_AFTER_MS) continue;
      this.#seenAt.delete(name);
      this.#lost++;
      onLost();
    }
  }

  /** Waits for what may be refused; `false` if it was. */
  async #guard(done: Promise<void>): Promise<boolean> {
    try {
      await done;
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }
}
