/** Text form of names and publications in PostgreSQL, whose text has no NUL. */

import { fromBase64, toBase64 } from "../../base/bytes.ts";
import {
  isClientInfo,
  isTags,
  type Payload,
  type Publication,
  type PublicationType,
  type StreamPosition,
} from "../../base/publication.ts";
import type { PublishRequest } from "../types.ts";
import type { Value } from "./client.ts";

const LETTERS = { publication: "p", join: "j", leave: "l" } as const;
const TYPES: ReadonlyMap<string | undefined, PublicationType> = new Map([
  ["p", "publication"],
  ["j", "join"],
  ["l", "leave"],
]);

/** Begins the names that belong to nodes: no escaped name begins with it. */
export const NODE_PREFIX = "\x01n";

/** Columns of a publication that hold its contents. */
export interface Entry {
  /** Letters of its type, and of the kind of its payload. */
  readonly form: string;
  readonly data: string;
  readonly info: string | null;
  readonly tags: string | null;
}

/** Writes a name without NUL; names without control characters, as those of applications, stay as they are. */
export function escapeName(name: string): string {
  // deno-lint-ignore no-control-regex -- These are the two characters that are escaped.
  return /[\0\x01]/.test(name)
    ? name.replaceAll("\x01", "\x011").replaceAll("\0", "\x010")
    : name;
}

/** Reads a name that {@linkcode escapeName} wrote. */
export function unescapeName(text: string): string {
  return text.includes("\x01")
    ? text.replaceAll("\x010", "\0").replaceAll("\x011", "\x01")
    : text;
}

/** Writes the columns of a publication. */
export function encodeEntry(
  { type = "publication", payload, info, tags }: PublishRequest,
): Entry {
  const [kind, data] = encodePayload(payload);
  return {
    form: LETTERS[type] + kind,
    data,
    info: info === undefined ? null : JSON.stringify(info),
    tags: tags === undefined ? null : JSON.stringify(tags),
  };
}

function encodePayload(payload: Payload): readonly [string, string] {
  if (typeof payload === "string") {
    // JSON escapes what the text of PostgreSQL cannot hold.
    return payload.includes("\0")
      ? ["q", JSON.stringify(payload)]
      : ["s", payload];
  }
  if (payload instanceof ArrayBuffer) {
    return ["b", toBase64(new Uint8Array(payload))];
  }
  return ["j", payload.json];
}

/**
 * Reads the columns of a publication.
 *
 * @throws {SyntaxError} If neither {@linkcode encodeEntry} nor `thrum.publish` wrote them.
 */
export function decodeEntry(
  [form, data, info, tags]: readonly (Value | undefined)[],
  channel: string,
  { offset, epoch }: StreamPosition,
): Publication {
  if (typeof form !== "string" || typeof data !== "string") {
    throw invalid("form");
  }
  const type = TYPES.get(form[0]);
  if (type === undefined) throw invalid("type");
  const payload = decodePayload(form.slice(1), data);
  const sender = parseInfo(info);
  const publication = { type, channel, payload, info: sender, offset, epoch };
  return typeof tags === "string"
    ? { ...publication, tags: parseTags(tags) }
    : publication;
}

function decodePayload(kind: string, data: string): Payload {
  switch (kind) {
    case "s":
      return data;
    case "q":
      return String(JSON.parse(data));
    case "b":
      return fromBase64(data).buffer;
    case "j":
      return { json: data };
    default:
      throw invalid("payload");
  }
}

function parseInfo(text: Value | undefined): Publication["info"] {
  if (typeof text !== "string") return undefined;
  const info: unknown = JSON.parse(text);
  if (!isClientInfo(info)) throw invalid("sender");
  return info;
}

function parseTags(text: string): Readonly<Record<string, string>> {
  const tags: unknown = JSON.parse(text);
  if (!isTags(tags)) throw invalid("tags");
  return tags;
}

function invalid(part: string): SyntaxError {
  return new SyntaxError(`Cannot read a publication: its ${part} is invalid`);
}

/** Reads a position; one without an offset has no epoch either. */
export function toPosition(
  offset: Value | undefined,
  epoch: Value | undefined,
): StreamPosition {
  const number = Number(offset);
  if (!Number.isSafeInteger(number)) throw invalid("offset");
  return { offset: number, epoch: number === 0 ? "" : String(epoch) };
}

/** Writes an array as a literal of PostgreSQL. */
export function toArray(values: readonly Value[]): string {
  const items = values.map((value) =>
    typeof value === "string"
      ? `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`
      : value ?? "NULL"
  );
  return `{${items.join(",")}}`;
}

/** Reads an array of texts without white space and quotation marks. */
export function fromArray(text: Value | undefined): string[] {
  if (typeof text !== "string" || text === "{}") return [];
  return text.slice(1, -1).split(",").map((item) => item.replaceAll('"', ""));
}
