/** What a test and an isolate with a broker say to each other. */

import type { PublishRequest } from "../../lib/broker/types.ts";
import type { Publication } from "../../lib/base/publication.ts";

/** How an isolate begins. */
export interface IsolateSetup {
  /** Brokers of one cluster find each other. */
  readonly cluster: string;
  /** How long a presence lease lasts, in milliseconds. */
  readonly ttlMs: number;
  /** How long an answer of the sequencer is waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether the isolate has the platform's locks. */
  readonly hasLocks: boolean;
  /**
   * How many times as fast as the machine's its clock runs.
   * @default {1}
   */
  readonly pace?: number;
}

/** What a test can want of an isolate; methods are those of the broker or of its presence. */
export type IsolateCommand =
  | { readonly type: "setup"; readonly setup: IsolateSetup }
  | { readonly type: "start" }
  | {
    readonly type: "broker" | "presence";
    readonly id: number;
    readonly method: string;
    readonly args: readonly unknown[];
  }
  /** Publishes copies of a draft in one go; the payload is followed by a number. */
  | {
    readonly type: "publishMany";
    readonly id: number;
    readonly draft: PublishRequest & { readonly payload: string };
    readonly count: number;
  }
  | {
    readonly type: "answer";
    readonly id: number;
    readonly value?: unknown;
    readonly reason?: string;
  }
  /** Throws where nobody catches it. */
  | { readonly type: "throw" };

/** What an isolate tells the test. */
export type IsolateReport =
  | { readonly type: "made"; readonly node: string }
  | { readonly type: "ready" }
  | { readonly type: "settled"; readonly id: number; readonly value: unknown }
  | { readonly type: "failed"; readonly id: number; readonly reason: string }
  | {
    readonly type: "deliveries";
    readonly publications: readonly Publication[];
  }
  | { readonly type: "question"; readonly id: number; readonly value: unknown }
  | { readonly type: "checkPositions" }
  | {
    readonly type: "warning";
    readonly event: string;
    readonly fields: unknown;
  };
