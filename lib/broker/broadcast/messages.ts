/** What a node and the sequencer say to each other. */

import type { PresenceStats } from "../../presence/types.ts";
import type {
  ClientInfo,
  Publication,
  StreamPosition,
} from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import type { KnownKey } from "../memory/idempotency.ts";
import type {
  HistoryQuery,
  HistoryResult,
  Published,
  PublishRequest,
  RecoverQuery,
} from "../types.ts";

/** A client that a node has put into a channel. */
export interface Lease {
  readonly channel: string;
  readonly info: ClientInfo;
}

/** What a node has, and what another sequencer has to be told. */
export interface Held {
  /** What it has subscribers of. */
  readonly channels: readonly string[];
  /** Whom it has put where. */
  readonly leases: readonly Lease[];
  /** What it has published with a key, as far as it was answered. */
  readonly keys: readonly KnownKey[];
}

/** What a node wants of the sequencer, other than a publication. */
export type Request =
  | {
    readonly type: "subscribe" | "unsubscribe";
    readonly channel: string;
  }
  | {
    readonly type: "position" | "removeHistory" | "present" | "stats";
    readonly channel: string;
  }
  | {
    readonly type: "recovery";
    readonly channel: string;
    readonly query: RecoverQuery;
  }
  | {
    readonly type: "history";
    readonly channel: string;
    readonly query: HistoryQuery;
  }
  | {
    readonly type: "call";
    readonly node: string | undefined;
    readonly question: unknown;
  }
  | ({ readonly type: "enter" } & Lease)
  | {
    readonly type: "leave";
    readonly channel: string;
    readonly client: string;
  };

/** What the sequencer answers. */
export type Answer =
  | { readonly type: "done" }
  | { readonly type: "published"; readonly published: Published }
  | { readonly type: "position"; readonly position: StreamPosition }
  | { readonly type: "recovery"; readonly recovery: Recovery<Publication> }
  | { readonly type: "history"; readonly result: HistoryResult }
  | { readonly type: "answers"; readonly answers: readonly unknown[] }
  | { readonly type: "present"; readonly infos: readonly ClientInfo[] }
  | { readonly type: "stats"; readonly stats: PresenceStats };

/** The answer where there is nothing to say. */
export const DONE: Answer = { type: "done" };

/** One thing that one side tells the other. An `id` is the asker's, and comes back with the answer. */
export type Message =
  | { readonly type: "delivery"; readonly publication: Publication }
  | {
    readonly type: "publish";
    readonly id: number;
    readonly draft: PublishRequest;
  }
  | { readonly type: "request"; readonly id: number; readonly request: Request }
  | { readonly type: "reply"; readonly id: number; readonly answer: Answer }
  /** The reason why there is no reply, or no answer. */
  | { readonly type: "failure"; readonly id: number; readonly reason: string }
  /** What one node asks another, and what that answers. */
  | { readonly type: "question"; readonly id: number; readonly value: unknown }
  | { readonly type: "answer"; readonly id: number; readonly value: unknown }
  /** First of all, and whenever the sequencer may have missed something: what a node holds, and nothing else. */
  | { readonly type: "join"; readonly held: Held }
  /** The sequencer knows now what the node holds. */
  | { readonly type: "joined" }
  /** Deliveries were dropped here, for the node was too far behind. */
  | { readonly type: "lost" }
  /** Who says so ends, and does nothing any more. */
  | { readonly type: "bye" };

/** Whether a message asks to change what the asking node holds. */
export function isOfHoldings(message: Message): boolean {
  if (message.type !== "request") return false;
  const { type } = message.request;
  return type === "subscribe" || type === "unsubscribe" ||
    type === "enter" || type === "leave";
}
