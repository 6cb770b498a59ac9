/** The broker port: one order per channel, on all nodes. */

import type {
  ClientInfo,
  Payload,
  Publication,
  PublicationType,
  StreamPosition,
} from "../base/publication.ts";
import type { Recovery, RecoveryMode } from "../base/recovery.ts";
import type { StateVersion } from "./version.ts";

/** A publication before it has its position. */
export interface PublishRequest {
  /**
   * Kind of the event. A join or a leave is delivered like a publication, but has no position and is not stored.
   * @default {"publication"}
   */
  readonly type?: PublicationType;
  /** The channel's name, or an inbox. */
  readonly channel: string;
  /** The message itself. */
  readonly payload: Payload;
  /** The client that sends it, joins or leaves; `undefined` for the application. */
  readonly info?: ClientInfo;
  /** Strings that the publisher adds, by name. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Bounds of the channel's history from now on, with this publication; without them nothing is kept. */
  readonly history?: HistoryPolicy;
  /**
   * Deliver it without a position, and leave the history as it is.
   * @default {false}
   */
  readonly skipHistory?: boolean;
  /**
   * Key of this publication. The same key on the same channel within
   * {@linkcode IDEMPOTENCY_MS} publishes nothing, and resolves with the first position.
   */
  readonly idempotencyKey?: string;
  /**
   * Version of the state that the payload is. If the channel has had this version or a
   * newer one, the publication is neither stored nor delivered, and the result is the top
   * of the stream. It counts with a history only, and is kept as long as the position.
   */
  readonly version?: StateVersion;
  /**
   * Position that the top of the stream must have: if it has another, the publication is
   * neither stored nor delivered, and the result is a conflict with the top. A key counts
   * before it. It counts with a history only.
   */
  readonly after?: StreamPosition;
}

/** Properties of a publication besides its payload. */
export type PublishOptions = Pick<
  PublishRequest,
  "info" | "tags" | "idempotencyKey" | "skipHistory" | "version"
>;

/** Bounds of a channel's history. */
export interface HistoryPolicy {
  /** Number of publications; the newest are kept. */
  readonly size: number;
  /** Milliseconds after the newest publication until all of them expire. */
  readonly ttlMs: number;
}

/** Lifetime of an idempotency key in milliseconds. */
export const IDEMPOTENCY_MS = 300_000;

/** Default maximum of publications in one result. */
export const DEFAULT_CAP = 300;

/** Milliseconds until a node that does not answer a call is left out. */
export const ANSWER_WITHIN_MS = 3_000;

/** Lifetime of a channel's position after its last use, in milliseconds. */
export const POSITION_TTL_MS = 86_400_000;

/** Result of a publish. */
export interface Published extends StreamPosition {
  /** True if any node has a subscriber of the channel. */
  readonly delivered: boolean;
  /** True if nothing was published, because the top is not where the request expects it. */
  readonly conflict?: boolean;
}

/** Result of a publish, at once or later. */
export type Publishing = Published | Promise<Published>;

/** Request for the publications that a client missed; see `Stream.recover`. */
export interface RecoverQuery {
  /** Newest position of the client. */
  readonly since: StreamPosition;
  /** Every missed publication, or only the newest. */
  readonly mode: RecoveryMode;
  /**
   * Number of missed publications above which nothing is recovered.
   * @default {300}
   */
  readonly cap?: number;
}

/** Request for a part of a channel's history. */
export interface HistoryQuery {
  /** Position to continue after; by default it begins with the oldest stored publication, in reverse with the newest. */
  readonly since?: StreamPosition;
  /** Number of publications: 0 asks for the position alone, -1 for all. */
  readonly limit: number;
  /** Newest first, and before `since` instead of after it. */
  readonly reverse?: boolean;
  /**
   * Maximum number of publications in the result, for any limit.
   * @default {300}
   */
  readonly cap?: number;
}

/** Part of a history; or `unrecoverable` if the position is of another epoch (error 112). */
export type HistoryResult<P = Publication> =
  | {
    readonly type: "history";
    /** The top of the stream. */
    readonly position: StreamPosition;
    /** Publications from the oldest on, or in reverse from the newest. */
    readonly publications: readonly P[];
  }
  | { readonly type: "unrecoverable"; readonly position: StreamPosition };

/** The node that a broker serves. */
export interface BrokerNode {
  /** Delivers a publication to this node's subscribers; returns false if there are none. */
  deliver(publication: Publication): boolean;
  /**
   * Answers a {@linkcode Broker.call}. Call and answer are values that can be cloned
   * (numbers, strings, plain objects). A rejection is passed on to the caller.
   */
  answer(call: unknown): unknown;
  /**
   * Compares the positions of the subscriptions with the broker's, because
   * publications may be lost: in one channel; or, because the broker or one of its
   * servers was away, in a list of channels, or without one in all. Leases there may
   * have expired meanwhile, and are renewed.
   */
  checkPositions(channels?: string | readonly string[]): void;
}

/** Counters of what travels between a node and the others. */
export interface RelayCounters {
  /** Times at which something was missing between two arrivals. */
  gaps: number;
  /** Batches that were sent again. */
  repairs: number;
  /** Deliveries that were dropped for a node too far behind. */
  drops: number;
}

/**
 * Gives every channel one order on all nodes. `publish` resolves with the
 * position once it is taken; every subscribed node gets every publication, the
 * publisher's own node included, in that order, each once. A lost position is
 * reported, never skipped. Offsets rise, and need not be dense: where they skip, each
 * publication has its `previous`.
 *
 * A method rejects at once while the broker is away, and may be called again.
 */
export interface Broker {
  /** Id of this node among all nodes; it cannot be guessed. */
  readonly node: string;
  /** True while calls are expected to succeed. */
  readonly ready: boolean;
  /** Kind of the broker, or its state among its isolates, for a health check. */
  readonly mode: string;
  /** Counters of its relay, which it changes; absent where nothing travels. */
  readonly relayCounters?: Readonly<RelayCounters>;
  /** Begins to serve `node`; called once, before all other methods. */
  start(node: BrokerNode): void;
  /**
   * Subscribes this node to a channel: it receives publications from now on, or once
   * the promise resolves. After a rejection the broker tries again by itself until
   * {@linkcode unsubscribe}.
   */
  subscribe(channel: string): void | Promise<void>;
  /** Ends this node's subscription to a channel. */
  unsubscribe(channel: string): Promise<void>;
  /**
   * Gives a publication its position and delivers it: at once if this node orders the
   * channel, else as a promise. Publications of one caller keep the order of the calls.
   */
  publish(request: PublishRequest): Publishing;
  /**
   * Returns the top of a channel's stream, which begins with this call at the latest. It
   * is the same as long as nothing is published.
   */
  position(channel: string): Promise<StreamPosition>;
  /** Finds the publications that a client missed. */
  recover(channel: string, query: RecoverQuery): Promise<Recovery<Publication>>;
  /** Reads a part of a channel's history. */
  history(channel: string, query: HistoryQuery): Promise<HistoryResult>;
  /** Removes a channel's history; the position stays. */
  removeHistory(channel: string): Promise<void>;
  /**
   * Calls one node, or all of them with this one, and resolves with the answers of
   * those that exist. A node that does not answer within a few seconds is left out.
   */
  call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]>;
  /** Ends the broker; nothing of it keeps the process alive. */
  close(): Promise<void>;
}
