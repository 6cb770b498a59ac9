/** Records and publications: each as the other one. */

import type { Payload } from "../base/publication.ts";
import { fromBytes } from "../base/publication.ts";
import type { Published, PublishRequest } from "../broker/types.ts";
import type { BridgeRecord, SourceRecord } from "./types.ts";

/** Terms of a publication that comes from a source. */
export interface BridgedTerms {
  /** Strings by name for the subscribers. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** The same for a record that comes again. */
  readonly idempotencyKey: string;
}

const TYPE = "content-type";
const TEXT = "text/plain;charset=utf-8";
const BYTES = "application/octet-stream";
const JSON_TYPE = "application/json";
/** Header whose value is the idempotency key. */
const KEY = "idempotency-key";
/** Prefix of headers that are tags of the publication. */
const TAG = "tag-";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Payload of a record: its JSON value, else its text, else its bytes; bytes alone if its
 * header `content-type` is `application/octet-stream`. A record without a value becomes
 * `null`.
 */
export function payloadOf({ value, headers }: BridgeRecord): Payload {
  if (value === undefined) return { json: "null" };
  const type = headers[TYPE] ?? "";
  if (type.startsWith(BYTES)) return value.slice().buffer;
  const payload = type.startsWith("text/plain")
    ? value.slice().buffer
    : fromBytes(value);
  if (!(payload instanceof ArrayBuffer)) return payload;
  try {
    return decoder.decode(payload);
  } catch (error) {
    // Not UTF-8.
    if (error instanceof TypeError) return payload;
    throw error;
  }
}

/** Terms of a record: its header `idempotency-key`, else its id, and its headers `tag-…` as tags. */
export function termsOf({ id, headers }: SourceRecord): BridgedTerms {
  const tags = Object.entries(headers)
    .filter(([name]) => name.startsWith(TAG))
    .map(([name, value]) => [name.slice(TAG.length), value] as const);
  return {
    tags: tags.length === 0 ? undefined : Object.fromEntries(tags),
    idempotencyKey: headers[KEY] || id,
  };
}

/**
 * Makes the record of a publication. Its key is the channel, its value the data as they
 * were published. Its headers say `content-type`, `thrum-channel` and, where they exist,
 * `thrum-offset`, `thrum-epoch`, `thrum-user`, `thrum-version` with `thrum-version-epoch`,
 * `idempotency-key`, and `tag-…` for each tag.
 */
export function recordOf(
  { channel, payload, info, tags = {}, ...request }: PublishRequest,
  { offset, epoch }: Published,
): BridgeRecord {
  const headers: Record<string, string> = {
    [TYPE]: typeOf(payload),
    "thrum-channel": channel,
  };
  if (offset > 0) {
    headers["thrum-offset"] = String(offset);
    headers["thrum-epoch"] = epoch;
  }
  if (info !== undefined) headers["thrum-user"] = info.user;
  const { idempotencyKey, version } = request;
  if (idempotencyKey) headers[KEY] = idempotencyKey;
  if (version !== undefined) {
    headers["thrum-version"] = String(version.number);
    headers["thrum-version-epoch"] = version.epoch;
  }
  for (const [name, value] of Object.entries(tags)) {
    headers[TAG + name] = value;
  }
  return { key: channel, value: bytesOf(payload), headers };
}

function typeOf(payload: Payload): string {
  if (typeof payload === "string") return TEXT;
  return payload instanceof ArrayBuffer ? BYTES : JSON_TYPE;
}

function bytesOf(payload: Payload): Uint8Array<ArrayBuffer> {
  if (payload instanceof ArrayBuffer) return new Uint8Array(payload);
  return encoder.encode(typeof payload === "string" ? payload : payload.json);
}
