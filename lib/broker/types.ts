/** The broker port: one order per channel, on all nodes. */

import type {
  ClientInfo,
  Payload,
  Publication,
  PublicationType,
  StreamPosition,
} from "../base/publication.ts";
import type { Recovery, RecoveryMode } from "../base/recovery.ts";

/** What is published, before it has its place in the channel's order. */
export interface PublishRequest {
  /**
   * A join or a leave is delivered like a publication, but takes no place and is not kept.
   * @default {"publication"}
   */
  readonly type?: PublicationType;
  /** The channel's name, or an inbox. */
  readonly channel: string;
  /** The message itself. */
  readonly payload: Payload;
  /** Who sent it, joined or left; `undefined` for a program. */
  readonly info?: ClientInfo;
  /** What the publisher says about it. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What the channel's history keeps from now on, this publication included; without it, nothing. */
  readonly history?: HistoryPolicy;
  /**
   * Deliver it, but give it no place in the order: what is kept stays as it is.
   * @default {false}
   */
  readonly skipHistory?: boolean;
  /**
   * The same key on the same channel within {@linkcode IDEMPOTENCY_MS} publishes
   * nothing, and resolves with the position of the first.
   */
  readonly idempotencyKey?: string;
}

/** How much a channel keeps, and how long. */
export interface HistoryPolicy {
  /** Publications; the newest are kept. */
  readonly size: number;
  /** Milliseconds from the newest publication until all of them expire. */
  readonly ttlMs: number;
}

/** How long an idempotency key is remembered, in milliseconds. */
export const IDEMPOTENCY_MS = 300_000;

/** Publications in an answer at most, where the asker does not say. */
export const DEFAULT_CAP = 300;

/** How long a node that was asked is waited for, in milliseconds. */
export const ANSWER_WITHIN_MS = 3_000;

/** How long a channel's position outlives its last use, in milliseconds. */
export const POSITION_TTL_MS = 86_400_000;

/** What the publisher learns. */
export interface Published extends StreamPosition {
  /** Whether any node has a subscriber of the channel. */
  readonly delivered: boolean;
}

/** What the publisher learns, now or later. */
export type Publishing = Published | Promise<Published>;

/** What somebody who was away asks of a channel's history; see `Stream.recover`. */
export interface RecoverQuery {
  /** The newest position it has. */
  readonly since: StreamPosition;
  /** All that was missed, or the newest alone. */
  readonly mode: RecoveryMode;
  /**
   * Missed publications above which nothing is recovered.
   * @default {300}
   */
  readonly cap?: number;
}

/** A part of a channel's history. */
export interface HistoryQuery {
  /** Where to go on from; without it, from the oldest publication kept, or in reverse from the newest. */
  readonly since?: StreamPosition;
  /** Publications wanted: 0 asks for the position alone, -1 for all. */
  readonly limit: number;
  /** Newest first, and before `since` instead of after it. */
  readonly reverse?: boolean;
  /**
   * Publications in the answer at most, whatever the limit.
   * @default {300}
   */
  readonly cap?: number;
}

/** What is kept, or that what was asked for is not there any more (error 112). */
export type HistoryResult<P = Publication> =
  | {
    readonly type: "history";
    /** The top of the stream. */
    readonly position: StreamPosition;
    /** From the oldest on, or in reverse from the newest. */
    readonly publications: readonly P[];
  }
  | { readonly type: "unrecoverable"; readonly position: StreamPosition };

/** What a broker needs of the node it serves. */
export interface BrokerNode {
  /** Hands a publication to this node's subscribers; says whether there was one. */
  deliver(publication: Publication): boolean;
  /**
   * Answers a {@linkcode Broker.call}. Question and answer are values that can be
   * cloned (numbers, strings, plain objects); a rejection is the caller's too.
   */
  answer(question: unknown): unknown;
  /**
   * Compares the positions of the subscriptions with the broker's, for something may
   * be lost: in one channel, or without a name in any of them.
   */
  checkPositions(channel?: string): void;
}

/**
 * Gives every channel one order on all nodes. `publish` resolves with the
 * position once it is taken; every subscribed node gets every publication, the
 * publisher's own node included, in that order, each once. A lost position is
 * reported, never skipped.
 *
 * A call that cannot reach what it needs rejects at once, and may be tried again.
 */
export interface Broker {
  /** This node's name among all nodes; nobody can guess it. */
  readonly node: string;
  /** Whether calls can be expected to succeed now. */
  readonly ready: boolean;
  /** Kind of the broker, or its state among its isolates, for a health check. */
  readonly mode: string;
  /** Begins to serve `node`; called once, before anything else. */
  start(node: BrokerNode): void;
  /**
   * Lets this node receive what is published to `channel` from now on, or where it
   * cannot at once, from when the promise resolves. After a rejection it is tried
   * again until {@linkcode unsubscribe}.
   */
  subscribe(channel: string): void | Promise<void>;
  /** Says that this node has no subscriber of `channel` any more. */
  unsubscribe(channel: string): Promise<void>;
  /**
   * Puts a draft in its place: at once where this node gives the order, else as a
   * promise. Drafts of one caller keep the order of the calls.
   */
  publish(request: PublishRequest): Publishing;
  /** The top of a channel's stream, which begins with this call if there is none. */
  position(channel: string): Promise<StreamPosition>;
  /** Finds what somebody who was away has missed. */
  recover(channel: string, query: RecoverQuery): Promise<Recovery<Publication>>;
  /** Reads what is kept. */
  history(channel: string, query: HistoryQuery): Promise<HistoryResult>;
  /** Drops what is kept; the position stays. */
  removeHistory(channel: string): Promise<void>;
  /**
   * Asks one node, or all of them, this one included, and resolves with the answers
   * of those that exist. A node that does not answer within a few seconds is left out.
   */
  call(
    node: string | undefined,
    question: unknown,
  ): Promise<readonly unknown[]>;
  /** Ends the broker; nothing of it keeps the process alive. */
  close(): Promise<void>;
}
