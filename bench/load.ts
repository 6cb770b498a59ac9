/** What a scenario puts on a server. */

import type { Histogram } from "./histogram.ts";
import type { Target } from "./targets.ts";

/** A closed loop: a fixed number of messages is in flight, each answered by the next. */
export interface Load extends Disposable {
  /** Payloads that arrived so far. */
  readonly delivered: number;
  /** Time from sending to arrival, of a sample of them. */
  readonly latency: Histogram;
  /** Rejects when the load cannot go on. */
  readonly failed: Promise<never>;
  /** Sends the first messages; again after `finish()`. */
  start(): void;
  /** Sends no more, and resolves once nothing is in flight. */
  finish(): Promise<void>;
}

/** How large a load is. */
export interface LoadOptions {
  readonly target: Target;
  readonly port: number;
  /** Connections that messages arrive at. */
  readonly connections: number;
  /** Messages in flight. */
  readonly window: number;
  /** Size of each delivered payload. */
  readonly bytes: number;
}

/** Opens the connections of a load, and sees one message arrive as it should. */
export type OpenLoad = (options: LoadOptions) => Promise<Load>;
