/** Listener of this process, which listens again after the platform has stopped accepting connections. */

import type { Clock } from "../lib/base/clock.ts";
import type { Log } from "../lib/base/log.ts";

/** Server that a platform runs: the part of `Deno.HttpServer` that is used here. */
export interface PlatformServer {
  /** Rejects when the platform accepts no more connections, for it has run out of files. */
  readonly finished: Promise<void>;
  /** Stops accepting, and resolves once every request is answered. */
  shutdown(): Promise<void>;
}

/** Options of a listener. */
export interface ListenerOptions<Server extends PlatformServer> {
  readonly clock: Clock;
  readonly log: Log;
  /** Begins to listen; throws while that is impossible. */
  readonly listen: () => Server;
}

/** Milliseconds until the next attempt to listen. */
const RETRY_MS = 250;
/** Milliseconds without a failure after which the next one has a log line of its own. */
const QUIET_MS = 60_000;

/**
 * Keeps a server listening. When files run out, `Deno.serve` rejects `finished` and
 * closes its port, but the connections that it has accepted go on.
 */
export class Listener<Server extends PlatformServer> {
  /** The server that listened first. */
  readonly first: Server;
  /** Failures of the platform to accept connections, or to listen again. */
  readonly counters = { acceptFailures: 0 };
  readonly #options: ListenerOptions<Server>;
  /** Ends the server that listens now. */
  #shutdown: () => Promise<void> = () => Promise.resolve();
  #failedAt = -Infinity;
  #cancelRetry: (() => void) | undefined;
  #closed = false;

  /** Begins to listen; throws if that is impossible. */
  constructor(options: ListenerOptions<Server>) {
    this.#options = options;
    this.first = this.#listen();
  }

  /** Stops listening for good, and resolves once every request is answered. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry?.();
    await this.#shutdown();
  }

  #listen(): Server {
    const server = this.#options.listen();
    // A program may replace the method.
    this.#shutdown = server.shutdown.bind(server);
    server.finished.catch((error) => this.#onFailure(error));
    return server;
  }

  #onFailure(error: unknown): void {
    if (this.#closed) return;
    const { clock, log } = this.#options;
    this.#shutdown = () => Promise.resolve();
    this.counters.acceptFailures++;
    const isFirst = clock.now - this.#failedAt > QUIET_MS;
    this.#failedAt = clock.now;
    this.#cancelRetry = clock.after(RETRY_MS, () => this.#listenAgain());
    if (!isFirst) return;
    log.warn("accept_failed", {
      problem: error instanceof Error ? error.message : String(error),
      meaning: "no new client gets in until files are free: raise ulimit -n, " +
        "or lower MAX_CONNECTIONS",
    });
  }

  #listenAgain(): void {
    try {
      this.#listen();
    } catch (error) {
      this.#onFailure(error);
    }
  }
}
