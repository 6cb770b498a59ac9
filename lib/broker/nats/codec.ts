/** Bodies of messages: a line of JSON about a publication, and its payload. */

import { concat } from "../../base/bytes.ts";
import {
  isClientInfo,
  isTags,
  type Payload,
  type Publication,
  type PublicationType,
} from "../../base/publication.ts";
import { isRecord } from "../../base/record.ts";
import type { HistoryPolicy, PublishRequest } from "../types.ts";
import type { StateVersion } from "../version.ts";

/** Contents of a message. */
export interface Entry
  extends Pick<Publication, "type" | "payload" | "info" | "tags"> {
  /** Bounds of the history from now on; without them nothing is kept. */
  readonly history: HistoryPolicy | undefined;
  /** Version of the state. */
  readonly version: StateVersion | undefined;
}

/** Fields of the line, each left out where that is usual. */
interface Line {
  /** Kind of the payload: JSON, text or bytes. */
  readonly k?: "s" | "b";
  /** Type of the event, unless it is a publication. */
  readonly t?: PublicationType;
  readonly info?: unknown;
  readonly tags?: unknown;
  readonly h?: readonly [size: number, ttlMs: number];
  readonly v?: readonly [number: number, epoch: string];
}

const encoder = new TextEncoder();
// U+FEFF is a character as others.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const LINE_END = 10;

/** Beginning of a stream, before its first publication: it has an offset, and is no publication. */
export const BEGINNING: Uint8Array<ArrayBuffer> = encoder.encode("begin\n");

/** Writes a publication; `history` is left out where it is not to be kept. */
export function encodeEntry(
  request: PublishRequest,
  history: HistoryPolicy | undefined,
): Uint8Array<ArrayBuffer> {
  const { type, payload, info, tags, version } = request;
  const line: Line = {
    ...typeof payload === "string" ? { k: "s" } : {},
    ...payload instanceof ArrayBuffer ? { k: "b" } : {},
    ...type === undefined || type === "publication" ? {} : { t: type },
    ...info === undefined ? {} : { info },
    ...tags === undefined ? {} : { tags },
    ...history === undefined ? {} : { h: [history.size, history.ttlMs] },
    // It counts with a history only.
    ...version === undefined || history === undefined
      ? {}
      : { v: [version.number, version.epoch] },
  };
  const head = `${JSON.stringify(line)}\n`;
  if (payload instanceof ArrayBuffer) {
    return concat([encoder.encode(head), new Uint8Array(payload)]);
  }
  return encoder.encode(
    head + (typeof payload === "string" ? payload : payload.json),
  );
}

/**
 * Reads an entry; `undefined` for the beginning of a stream.
 *
 * @throws {SyntaxError} If {@linkcode encodeEntry} did not write it.
 */
export function decodeEntry(body: Uint8Array): Entry | undefined {
  const end = body.indexOf(LINE_END);
  if (end < 0) throw invalid();
  const head = decoder.decode(body.subarray(0, end));
  if (head === "begin") return undefined;
  const line: unknown = JSON.parse(head);
  if (!isRecord(line)) throw invalid();
  const { k, t = "publication", info, tags, h, v } = line;
  if (!isType(t)) throw invalid();
  if (info !== undefined && !isClientInfo(info)) throw invalid();
  if (tags !== undefined && !isTags(tags)) throw invalid();
  const payload = readPayload(k, body.subarray(end + 1));
  const history = readHistory(h);
  return { type: t, payload, info, tags, history, version: readVersion(v) };
}

/** Writes the newest version of a channel, and the offset of its publication. */
export function encodeVersion(
  { number, epoch }: StateVersion,
  offset: number,
): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify({ v: [number, epoch], offset }));
}

/** Reads what {@linkcode encodeVersion} wrote. */
export function decodeVersion(
  body: Uint8Array,
): { readonly version: StateVersion; readonly offset: number } {
  const json: unknown = JSON.parse(decoder.decode(body));
  const { v, offset } = isRecord(json) ? json : {};
  const version = readVersion(v);
  if (version === undefined || typeof offset !== "number") throw invalid();
  return { version, offset };
}

function readPayload(kind: unknown, bytes: Uint8Array): Payload {
  switch (kind) {
    case "s":
      return decoder.decode(bytes);
    case "b":
      // Not `slice`: the bytes may be a Buffer of Node, whose slices share its memory.
      return new Uint8Array(bytes).buffer;
    default:
      return { json: decoder.decode(bytes) };
  }
}

function readHistory(pair: unknown): HistoryPolicy | undefined {
  if (pair === undefined) return undefined;
  const [size, ttlMs]: unknown[] = Array.isArray(pair) ? pair : [];
  if (typeof size !== "number" || typeof ttlMs !== "number") throw invalid();
  return { size, ttlMs };
}

function readVersion(pair: unknown): StateVersion | undefined {
  if (pair === undefined) return undefined;
  const [number, epoch]: unknown[] = Array.isArray(pair) ? pair : [];
  if (typeof number !== "number" || typeof epoch !== "string") throw invalid();
  return { number, epoch };
}

function isType(type: unknown): type is PublicationType {
  return type === "publication" || type === "join" || type === "leave";
}

function invalid(): SyntaxError {
  return new SyntaxError("Cannot read a message: no hub wrote it");
}
