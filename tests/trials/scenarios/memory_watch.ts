/** The most memory that a server has within a time. */

import { processRssBytes } from "../../../bench/process_stat.ts";
import type { TestServer } from "../../support/server.ts";

const SAMPLE_MS = 100;

/** Watches the most memory that a server has, until it is disposed of. */
export class MemoryWatch implements Disposable {
  /** The most so far. */
  mostBytes = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  /** Begins to watch. */
  constructor({ pid }: TestServer) {
    const look = () => {
      this.mostBytes = Math.max(this.mostBytes, processRssBytes(pid));
    };
    look();
    this.#timer = setInterval(look, SAMPLE_MS);
  }

  /** Looks no more. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
