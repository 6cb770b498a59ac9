/** Messages between a follower and its sequencer: lists, which take half the text and time of objects. */

import type {
  ClientInfo,
  Publication,
  PublicationType,
  StreamPosition,
} from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import type { PresenceStats } from "../../presence/types.ts";
import type { HistoryQuery, HistoryResult, RecoverQuery } from "../types.ts";
import type { StateVersion } from "../version.ts";

/** Client that a node has added to a channel. */
export interface Lease {
  readonly channel: string;
  readonly info: ClientInfo;
}

/** All that a node holds at the sequencer. */
export interface Holdings {
  /** Channels that it is subscribed to. */
  readonly channels: readonly string[];
  readonly leases: readonly Lease[];
}

/** Payload: text, a JSON value, or bytes in base64 as the only item of a list. */
export type WirePayload =
  | string
  | { readonly json: string }
  | readonly [string];

/** Fields that most publications do without; left out where all are missing. */
export type WireRest = [
  info?: ClientInfo | null,
  tags?: Readonly<Record<string, string>> | null,
  type?: PublicationType,
];

/** Publication for a subscriber. */
export type Delivery = [
  kind: "delivery",
  channel: string,
  payload: WirePayload,
  offset: number,
  epoch: string,
  ...rest: [...WireRest, previous?: number],
];

/** Request to publish; `id` is the follower's, as in every request. */
export type Publish = [
  kind: "publish",
  id: number,
  channel: string,
  payload: WirePayload,
  /** -1 without a history policy. */
  size: number,
  ttlMs: number,
  skipHistory: boolean,
  idempotencyKey: string | null,
  ...rest: [
    ...WireRest,
    version?: StateVersion | null,
    after?: StreamPosition | null,
  ],
];

/** Call of a method of the broker or the presence. */
export type Request =
  | [
    method:
      | "subscribe"
      | "unsubscribe"
      | "position"
      | "removeHistory"
      | "get"
      | "stats",
    channel: string,
  ]
  | [method: "recover", channel: string, query: RecoverQuery]
  | [method: "history", channel: string, query: HistoryQuery]
  | [method: "add", channel: string, info: ClientInfo]
  | [method: "remove", channel: string, client: string];

/** Results by the method; publications travel as {@linkcode Delivery}. */
export interface Results {
  readonly subscribe: void;
  readonly unsubscribe: void;
  readonly position: StreamPosition;
  readonly recover: Recovery<Publication>;
  readonly history: HistoryResult;
  readonly removeHistory: void;
  readonly add: void;
  readonly remove: void;
  readonly get: readonly ClientInfo[];
  readonly stats: PresenceStats;
}

/** Reason why a request or a call has no answer. */
export type Failure = [kind: "failure", id: number, reason: string];

/** Last message of a node that closes. */
export type Bye = [kind: "bye"];

/** Message of a follower. */
export type FollowerMessage =
  | Publish
  | [kind: "request", id: number, request: Request]
  /** Call of one node, or with `null` of all nodes. */
  | [kind: "call", id: number, node: string | null, call?: unknown]
  /** First of all, and whenever the sequencer may have missed a change. */
  | [kind: "join", holdings: Holdings]
  | [kind: "answer", id: number, answer?: unknown]
  | Failure
  | Bye;

/** Reply to a {@linkcode Publish}. */
export type WirePublished = [
  kind: "published",
  id: number,
  offset: number,
  epoch: string,
  delivered: boolean,
  conflict?: boolean,
];

/** Reply to a request or a call. */
export type Reply =
  | WirePublished
  | [kind: "result", id: number, result?: unknown]
  /** A list for the answer of each node, which is empty for `undefined`. */
  | [kind: "answers", id: number, answers: readonly [answer?: unknown][]]
  | Failure;

/** Message of the sequencer. */
export type SequencerMessage =
  | Delivery
  | Reply
  | [kind: "call", id: number, call?: unknown]
  | [kind: "joined"]
  /** Deliveries were dropped here, for the node was too far behind. */
  | [kind: "gap"]
  | Bye;
