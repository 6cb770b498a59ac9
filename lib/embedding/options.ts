/** Options and answers of the methods of an embedded hub. */

import type { HistoryQuery } from "../broker/types.ts";
import { toVersion } from "../broker/version.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import {
  namesOf,
  requireFlag,
  requireKnown,
  requireString,
} from "../base/options.ts";
import { isUid, UID_RULE } from "../base/names.ts";
import type { SubscriptionOverride } from "../auth/server_subscription.ts";
import {
  type ClientInfo,
  isTags,
  type Publication,
  type StreamPosition,
  toValue,
} from "../base/publication.ts";
import type { PublishOptions } from "../broker/types.ts";
import type { NodeInfo } from "../node_calls/node_call.ts";
import type { TextPart } from "../server_api/operations.ts";
import { MAX_KEY_LENGTH } from "../server_api/schemas.ts";
import type { ProtocolName } from "../transports/web_socket.ts";

/** Options of a publication. */
export interface HubPublishOptions {
  /** Strings by name that subscribers get beside the data. */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Delivers it without a place in the history.
   * @default {false}
   */
  readonly skipHistory?: boolean;
  /** Publishes once for the same key, of 1 to 255 characters, on the same channel within five minutes; an empty one counts as none. */
  readonly idempotencyKey?: string;
  /**
   * Version of the state that the data are, a whole number up to `Number.MAX_SAFE_INTEGER`. In a channel with a history, a
   * publication is dropped if there was this version before or a greater one; the result is
   * the position of the channel then. With 0 nothing is compared.
   * @default {0}
   */
  readonly version?: number;
  /**
   * Epoch of the version, of at most 255 characters: a version of another epoch than the
   * last one's counts as newer. An empty one fits every epoch.
   * @default {""}
   */
  readonly versionEpoch?: string;
}

/** Options of a part that is appended to a text. */
export interface HubAppendOptions {
  /**
   * The text is at its end: nothing is appended any more, but with `restart`.
   * @default {false}
   */
  readonly close?: boolean;
  /**
   * Begins another text with this part.
   * @default {false}
   */
  readonly restart?: boolean;
  /** Appends once for the same key, of 1 to 255 characters, on the same channel within five minutes; such a part is a publication of its own. */
  readonly idempotencyKey?: string;
}

/** Connections that a method acts on: those of a user, or one by its id. */
export type ConnectionSelection =
  | { readonly user: string; readonly client?: string }
  | { readonly client: string; readonly user?: undefined };

/** Options of a subscription that the program makes. */
export interface HubSubscribeOptions {
  /** Data that others in the channel see of the client: any JSON value. */
  readonly info?: unknown;
  /** Data for the client: any JSON value. */
  readonly data?: unknown;
  /**
   * End of the subscription, in milliseconds since 1970.
   * @default {Infinity}
   */
  readonly expiresAt?: number;
  /** Position from which the client gets what it missed. */
  readonly since?: StreamPosition;
  /** Options of the channel that this subscription has otherwise. */
  readonly override?: SubscriptionOverride;
}

/** Why connections end, and which of them stay. */
export interface HubDisconnectOptions {
  /**
   * Code from 3000 to 4999; 3500–3999 and 4500–4999 let a client stay away.
   * @default {3503}
   */
  readonly code?: number;
  /**
   * At most 123 bytes.
   * @default {"force disconnect"}
   */
  readonly reason?: string;
  /** Ids of connections that stay. */
  readonly whitelist?: readonly string[];
}

/** Part of a channel's history. */
export interface HubHistoryOptions {
  /**
   * Publications at most: 0 asks for the position alone, -1 for all, up to 300.
   * @default {-1}
   */
  readonly limit?: number;
  /** Position to go on from; by default the oldest publication, or in reverse the newest. */
  readonly since?: StreamPosition;
  /**
   * Newest first, and before `since` instead of after it.
   * @default {false}
   */
  readonly reverse?: boolean;
}

/** Publications that a channel has kept. */
export interface ChannelHistory {
  /** Top of the stream. */
  readonly position: StreamPosition;
  /** From the oldest on, or in reverse from the newest. */
  readonly publications: readonly KeptPublication[];
}

/** A publication of a history. */
export interface KeptPublication {
  /** Its place in the order of the channel. */
  readonly offset: number;
  /** Text, bytes, or any JSON value. */
  readonly data: unknown;
  /** The client that published it; `undefined` for a program. */
  readonly info: ClientInfo | undefined;
  /** Strings by name, of its publisher. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A node of the hub, and how much it holds. */
export interface HubNode {
  /** Its id. */
  readonly id: string;
  /** Version of Thrum. */
  readonly version: string;
  /** Connections. */
  readonly clients: number;
  /** Distinct uids. */
  readonly users: number;
  /** Channels with a subscriber. */
  readonly channels: number;
  /** Subscriptions. */
  readonly subscriptions: number;
  /** Milliseconds since it began. */
  readonly uptimeMs: number;
}

/** Options of an upgrade. */
export interface UpgradeOptions {
  /**
   * Protocol of the path. A client of `"text"` may choose that of the SDKs by the
   * subprotocols `centrifuge-json` and `centrifuge-protobuf`. With `"plain"`, every frame is a message to the hook
   * `onMessage`.
   * @default {"text"}
   */
  readonly protocol?: ProtocolName;
  /**
   * Origins of pages that may connect, such as `https://app.example`; in
   * `https://*.app.example` the star is one label, `*` alone is any origin.
   * @default {the host of the request}
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Address of the client, such as `info.remoteAddr.hostname` of `Deno.serve`: its
   * connections share limits. Without it they are limited by their uid alone.
   * @default {on Node and Bun the other end of the connection, unless it is internal; on Deno none}
   */
  readonly address?: string;
}

/** Options of a socket that the program hands over. */
export interface AcceptWebSocketOptions {
  /**
   * Protocol of the socket. A client of `"text"` may have chosen that of the SDKs by the
   * subprotocols `centrifuge-json` and `centrifuge-protobuf`.
   * @default {"text"}
   */
  readonly protocol?: ProtocolName;
  /**
   * Uid of the client, if the program knows it. Without one, the client shows its
   * token, or where anybody may connect, it is anonymous.
   * @default {none}
   */
  readonly uid?: string;
  /**
   * Headers of the request, for the hooks.
   * @default {none}
   */
  readonly headers?: Headers;
  /**
   * Address of the client, such as `info.remoteAddr.hostname` of `Deno.serve`: its
   * connections share limits. Without it they are limited by their uid alone.
   * @default {none}
   */
  readonly address?: string;
}

/** Time that a drain may take. */
export interface HubDrainOptions {
  /**
   * Milliseconds over which clients are disconnected, so that they do not all come back at once.
   * @default {1500}
   */
  readonly spreadMs?: number;
  /**
   * Milliseconds for which their transports are waited for then.
   * @default {1000}
   */
  readonly flushMs?: number;
}

const PUBLISH_OPTIONS = namesOf<HubPublishOptions>({
  tags: true,
  skipHistory: true,
  idempotencyKey: true,
  version: true,
  versionEpoch: true,
});
const APPEND_OPTIONS = namesOf<HubAppendOptions>({
  close: true,
  restart: true,
  idempotencyKey: true,
});
const HISTORY_OPTIONS = namesOf<HubHistoryOptions>({
  limit: true,
  since: true,
  reverse: true,
});

/** Refuses an invalid uid. */
export function requireUser(user: string): void {
  if (typeof user === "string" && isUid(user)) return;
  throw new ProtocolError(errors.badRequest, `a uid has ${UID_RULE}`);
}

/**
 * The terms of a publication.
 *
 * @throws {ProtocolError} 107 if the key or the epoch is too long, or has a lone surrogate: a broker could not tell two of them apart.
 * @throws {RangeError} If the version is no whole number, or so large that it is not exact.
 * @throws {TypeError} If there is no such option, or one is of another type, such as a tag that is no string: other nodes could not read it.
 */
export function toTerms(options: HubPublishOptions): PublishOptions {
  requireKnown("publish", options, PUBLISH_OPTIONS);
  const { tags, skipHistory, idempotencyKey } = options;
  requireFlag("publish with skipHistory", skipHistory);
  const { version = 0, versionEpoch = "" } = options;
  if (tags !== undefined && !isTags(tags)) {
    throw new TypeError(
      "Cannot publish with these tags: expected strings by name",
    );
  }
  if (!Number.isSafeInteger(version) || version < 0) {
    throw new RangeError(
      `Cannot publish with the version ${version}: expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
    );
  }
  requireKey("versionEpoch", versionEpoch);
  requireKey("idempotencyKey", idempotencyKey);
  return {
    tags,
    skipHistory,
    idempotencyKey: idempotencyKey || undefined,
    version: toVersion(version, versionEpoch),
  };
}

function requireKey(name: string, key = "", action = "publish"): void {
  requireString(`${action} with the ${name}`, key);
  if (key.length <= MAX_KEY_LENGTH && key.isWellFormed()) return;
  throw new ProtocolError(
    errors.badRequest,
    `expected the ${name} to have at most ${MAX_KEY_LENGTH} characters of well-formed Unicode`,
  );
}

/**
 * A part of a text.
 *
 * @throws {TypeError} If it is no text, or there is no such option.
 * @throws {ProtocolError} As {@linkcode toTerms} does about the key.
 */
export function toPart(
  text: string,
  options: HubAppendOptions,
): TextPart {
  requireKnown("append", options, APPEND_OPTIONS);
  const { close, restart, idempotencyKey } = options;
  requireFlag("append with close", close);
  requireFlag("append with restart", restart);
  // Of a program without types.
  if (typeof text !== "string") {
    throw new TypeError(`Cannot append ${text}: expected a string`);
  }
  requireKey("idempotencyKey", idempotencyKey, "append");
  return { text, close, restart, idempotencyKey: idempotencyKey || undefined };
}

/**
 * The query of a history.
 *
 * @throws {TypeError} If there is no such option, or `reverse` is no boolean.
 * @throws {RangeError} If the limit or the position is invalid.
 */
export function toHistoryQuery(options: HubHistoryOptions): HistoryQuery {
  requireKnown("read a history", options, HISTORY_OPTIONS);
  const { limit = -1, since, reverse } = options;
  if (!Number.isSafeInteger(limit) || limit < -1) {
    throw new RangeError(
      `Cannot read a history with the limit ${limit}: expected a whole number from -1 on`,
    );
  }
  requirePosition("read a history", since);
  requireFlag("read a history with reverse", reverse);
  return { limit, since, reverse };
}

/**
 * Refuses an invalid position, unless it is left out.
 *
 * @throws {RangeError} If its offset or its epoch is invalid.
 */
export function requirePosition(
  action: string,
  since: StreamPosition | undefined,
): void {
  const { offset, epoch } = since === undefined
    ? { offset: 0, epoch: "" }
    : Object(since);
  const isPosition = Number.isSafeInteger(offset) && offset >= 0 &&
    typeof epoch === "string";
  if (isPosition) return;
  throw new RangeError(
    `Cannot ${action} from this position: expected a whole offset from 0 on, and an epoch`,
  );
}

/** Converts a publication to one that a program reads. */
export function toKept(
  { offset, payload, info, tags = {} }: Publication,
): KeptPublication {
  return { offset, data: toValue(payload), info, tags };
}

/** Converts what a node says of itself. */
export function toHubNode(node: NodeInfo): HubNode {
  return {
    id: node.uid,
    version: node.version,
    clients: node.num_clients,
    users: node.num_users,
    channels: node.num_channels,
    subscriptions: node.num_subs,
    uptimeMs: node.uptime * 1000,
  };
}
