/** Drafts and publications as lists, which take less than half of the text and time of objects. */

import type {
  ClientInfo,
  Payload,
  Publication,
  PublicationType,
} from "../../base/publication.ts";
import type { HistoryPolicy, PublishRequest } from "../types.ts";

/** Text, a JSON value, or the place of the bytes. */
type WirePayload = Exclude<Payload, ArrayBuffer> | number;

/** Left out where there is nothing to say. */
type WireRest = [
  info?: ClientInfo | null,
  tags?: Readonly<Record<string, string>> | null,
  type?: PublicationType,
];

/** A publication. */
export type WireDelivery = [
  kind: "d",
  channel: string,
  payload: WirePayload,
  offset: number,
  epoch: string,
  ...rest: WireRest,
];

/** A draft, and the id of its call. */
export type WireDraft = [
  kind: "p",
  id: number,
  channel: string,
  payload: WirePayload,
  /** -1 for a draft that says nothing of keeping; JSON makes `null` of `Infinity`. */
  size: number | null,
  ttlMs: number | null,
  skipHistory: boolean,
  idempotencyKey: string | null,
  ...rest: WireRest,
];

/** Writes a publication; its bytes go to the end of `bytes`. */
export function writePublication(
  publication: Publication,
  bytes: ArrayBuffer[],
): WireDelivery {
  const { channel, offset, epoch } = publication;
  const payload = writePayload(publication.payload, bytes);
  return ["d", channel, payload, offset, epoch, ...restOf(publication)];
}

/** Reads what {@linkcode writePublication} wrote. */
export function readPublication(
  wire: WireDelivery,
  bytes: readonly ArrayBuffer[],
): Publication {
  return {
    type: wire[7] ?? "publication",
    channel: wire[1],
    payload: readPayload(wire[2], bytes),
    info: wire[5] ?? undefined,
    tags: wire[6] ?? undefined,
    offset: wire[3],
    epoch: wire[4],
  };
}

/** Writes a draft; its bytes go to the end of `bytes`. */
export function writeDraft(
  id: number,
  draft: PublishRequest,
  bytes: ArrayBuffer[],
): WireDraft {
  const { channel, history, skipHistory = false, idempotencyKey = null } =
    draft;
  const payload = writePayload(draft.payload, bytes);
  const { size, ttlMs } = history ?? { size: -1, ttlMs: 0 };
  const keeping = [size, ttlMs, skipHistory, idempotencyKey] as const;
  return ["p", id, channel, payload, ...keeping, ...restOf(draft)];
}

/** Reads what {@linkcode writeDraft} wrote. */
export function readDraft(
  wire: WireDraft,
  bytes: readonly ArrayBuffer[],
): PublishRequest {
  const [, , channel, payload, size, ttlMs, skipHistory, key] = wire;
  return {
    type: wire[10] ?? "publication",
    channel,
    payload: readPayload(payload, bytes),
    info: wire[8] ?? undefined,
    tags: wire[9] ?? undefined,
    history: readKeep(size, ttlMs),
    skipHistory,
    idempotencyKey: key ?? undefined,
  };
}

function readKeep(
  size: number | null,
  ttlMs: number | null,
): HistoryPolicy | undefined {
  if (size === -1) return undefined;
  return { size: size ?? Infinity, ttlMs: ttlMs ?? Infinity };
}

function writePayload(payload: Payload, bytes: ArrayBuffer[]): WirePayload {
  return payload instanceof ArrayBuffer ? bytes.push(payload) - 1 : payload;
}

function readPayload(
  payload: WirePayload,
  bytes: readonly ArrayBuffer[],
): Payload {
  return typeof payload === "number" ? bytes[payload]! : payload;
}

function restOf(
  { info, tags, type = "publication" }: PublishRequest,
): WireRest {
  if (info === undefined && tags === undefined && type === "publication") {
    return [];
  }
  return [info ?? null, tags ?? null, type];
}
