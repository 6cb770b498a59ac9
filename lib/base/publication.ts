/** Events of a channel: publications, joins and leaves, and their positions in its stream. */

import { toBase64 } from "./bytes.ts";
import { errors, ProtocolError } from "./errors.ts";
import { writeJson } from "./json_text.ts";
import { isRecord, isTooDeep, MAX_DEPTH } from "./record.ts";

/** A JSON value, as the text in which it was sent. */
export interface Json {
  /** The value's text. */
  readonly json: string;
}

/** A message as it was sent: text, bytes, or a JSON value. */
export type Payload = string | ArrayBuffer | Json;

/** A position in a channel's stream. Positions of different epochs cannot be compared. */
export interface StreamPosition {
  /** Rises with each publication of the epoch, with most brokers by one; 0 before the first. */
  readonly offset: number;
  /** Id of the stream since it began. After the loss of its history it begins again with a new one. */
  readonly epoch: string;
}

/** Checks whether two positions are the same. */
export function isSamePosition(
  one: StreamPosition,
  other: StreamPosition,
): boolean {
  return one.offset === other.offset && one.epoch === other.epoch;
}

/** A connection as other clients see it. */
export interface ClientInfo {
  /** The connection's id. */
  readonly client: string;
  /** Its uid; empty for an anonymous client. */
  readonly user: string;
  /** The claim `info` of its token, as JSON text. */
  readonly connInfo?: string;
  /** The claim `info` of its token for this channel, as JSON text. */
  readonly chanInfo?: string;
}

/** Checks whether a value, such as one that was stored as JSON, is a {@linkcode ClientInfo}. */
export function isClientInfo(value: unknown): value is ClientInfo {
  if (!isRecord(value)) return false;
  const { client, user, connInfo = "", chanInfo = "" } = value;
  return [client, user, connInfo, chanInfo].every((field) =>
    typeof field === "string"
  );
}

/** Checks whether a value is that of `tags`: strings by name. */
export function isTags(
  value: unknown,
): value is Readonly<Record<string, string>> {
  return isRecord(value) &&
    Object.values(value).every((tag) => typeof tag === "string");
}

/** Kind of an event in a channel. */
export type PublicationType = "publication" | "join" | "leave";

/** One event of a channel for its subscribers. Without a position its offset is 0. */
export interface Publication extends StreamPosition {
  /**
   * Offset of the publication before this one, or 0; needed if the offsets of the broker skip.
   * A subscriber that has everything up to there has missed nothing.
   * @default {offset - 1}
   */
  readonly previous?: number;
  /** Its kind. A join and a leave have an empty payload and no position. */
  readonly type: PublicationType;
  /** The channel's name, or an inbox (see `names.ts`). */
  readonly channel: string;
  /** The message itself. */
  readonly payload: Payload;
  /** The client that sent it, joined or left; `undefined` for the application. */
  readonly info: ClientInfo | undefined;
  /** Strings that the publisher adds, by name. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Place of a publication in the order of its channel. */
export type Place = Pick<Publication, "offset" | "epoch" | "previous">;

/** Offset of the publication before this one. */
export function previousOf(
  { previous, offset }: Pick<Place, "previous" | "offset">,
): number {
  return previous ?? offset - 1;
}

/** Approximate length of a payload in bytes. */
export function lengthOf(payload: Payload): number {
  if (typeof payload === "string") return payload.length;
  return payload instanceof ArrayBuffer
    ? payload.byteLength
    : payload.json.length;
}

/** Beginning of a JSON string; white space is kept as it was sent. */
const JSON_STRING = /^[ \t\r\n]*"/;

/** Converts a payload to text or bytes: a JSON string becomes its content, other JSON its text. */
export function toText(payload: Payload): string | ArrayBuffer {
  if (typeof payload === "string" || payload instanceof ArrayBuffer) {
    return payload;
  }
  const { json } = payload;
  return JSON_STRING.test(json) ? String(JSON.parse(json)) : json;
}

/** Converts a payload to JSON: text becomes a string, bytes a string in base64. */
export function toJson(payload: Payload): string {
  if (typeof payload === "string") return JSON.stringify(payload);
  if (payload instanceof ArrayBuffer) {
    return `"${toBase64(new Uint8Array(payload))}"`;
  }
  return payload.json;
}

/** Bytes with which a JSON value may begin: white space, a quotation mark, a bracket, a sign, a digit or a letter of a word. */
const JSON_START = new Set(
  Array.from(' \t\r\n"[{-0123456789tfn', (char) => char.charCodeAt(0)),
);

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Makes a payload of a client's bytes: the text of a JSON value is that value, anything else stays bytes. */
export function fromBytes(bytes: Uint8Array): Payload {
  if (bytes.length > 0 && JSON_START.has(bytes[0]!)) {
    try {
      const json = decoder.decode(bytes);
      JSON.parse(json);
      return { json };
    } catch (error) {
      // Neither text nor JSON.
      const isBytes = error instanceof TypeError ||
        error instanceof SyntaxError;
      if (!isBytes) throw error;
    }
  }
  return bytes.slice().buffer;
}

/**
 * Makes a payload of a program's value: text stays as it is, a view of bytes becomes
 * those bytes alone, other values become JSON.
 *
 * @param action Completes "Cannot …" in the error.
 * @throws {TypeError} If it is neither text nor bytes, and JSON does not have it; see {@linkcode writeJson}.
 */
export function toPayload(value: unknown, action = "publish"): Payload {
  if (typeof value === "string" || value instanceof ArrayBuffer) return value;
  if (!ArrayBuffer.isView(value)) return asJson(value, action);
  const { buffer, byteOffset, byteLength } = value;
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength)).buffer;
}

/**
 * Writes a program's value as JSON.
 *
 * @param action Completes "Cannot …" in the error.
 * @throws {TypeError} If JSON does not have it; see {@linkcode writeJson}.
 */
export function asJson(value: unknown, action: string): Json {
  return { json: writeJson(value, action) };
}

/** Writes a value as {@linkcode asJson} does; `undefined` stays `undefined`. */
export function optionalJson(value: unknown, action: string): Json | undefined {
  return value === undefined ? undefined : asJson(value, action);
}

/** Value of a payload, for a program. */
export function toValue(payload: Payload | undefined): unknown {
  if (payload === undefined || typeof payload === "string") return payload;
  return payload instanceof ArrayBuffer ? payload : JSON.parse(payload.json);
}

/**
 * Value of a client's payload, for a program, which may walk it.
 *
 * @throws {ProtocolError} 107 if it has more than {@linkcode MAX_DEPTH} levels.
 */
export function toClientValue(payload: Payload | undefined): unknown {
  const value = toValue(payload);
  if (!isTooDeep(value)) return value;
  throw new ProtocolError(
    errors.badRequest,
    `the data have more than ${MAX_DEPTH} levels`,
  );
}
