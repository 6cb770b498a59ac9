/** Requests of plain HTTP: the client, the channels that it asks for, and the reason of a refusal. */

import type { Identity } from "../hub/identity.ts";
import type { Cursor } from "../protocol/cursor.ts";
import type { SubscribeCommand } from "../protocol/types.ts";
import type { AdmissionSlot } from "./admission_slot.ts";

/** Client of a request, and its response's slot. */
export interface PlainHttpOptions {
  /** Identity that the client has shown. */
  readonly identity: Identity;
  /** Slot of the response; see `takeSlot`. */
  readonly slot: AdmissionSlot;
  /** Headers of its request, where they are kept. */
  readonly headers?: Headers;
}

/** Client of an event stream or a poll. */
export interface FeedOptions extends PlainHttpOptions {
  /** Aborted when the client has left. */
  readonly signal?: AbortSignal;
}

/** Reason why a client is not served: a code of `errors.ts` or `disconnect.ts`. */
export interface Refusal {
  /** Code for programs. */
  readonly code: number;
  /** Sentence for people. */
  readonly message: string;
  /** Milliseconds after which another attempt may succeed; by default the hub gives the client a time. */
  readonly retryAfterMs?: number;
}

/** Channels of an event stream or a poll, and the positions of its client in them. */
export interface FeedQuery {
  /** Names of the channels. */
  readonly channels: readonly string[];
  /** Positions of the client in some of them; `undefined` if it comes for the first time. */
  readonly since: Cursor | undefined;
}

/** A feed's command for one of its channels. */
export function subscribeCommand(
  channel: string,
  { since }: Pick<FeedQuery, "since">,
  lasts: NonNullable<SubscribeCommand["lasts"]>,
): SubscribeCommand {
  return {
    type: "subscribe",
    id: 1,
    channel,
    token: "",
    since: since?.get(channel),
    positioned: true,
    joinLeave: false,
    delta: false,
    rejectUnrecovered: false,
    data: undefined,
    lasts,
  };
}
