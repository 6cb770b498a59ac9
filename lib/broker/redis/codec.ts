/** Text form of publications in Redis: stream entries and Pub/Sub messages. */

import { fromBase64, toBase64 } from "../../base/bytes.ts";
import {
  isClientInfo,
  isTags,
  type Payload,
  type Publication,
  type PublicationType,
  type StreamPosition,
} from "../../base/publication.ts";
import { isRecord } from "../../base/record.ts";
import type { PublishRequest } from "../types.ts";

/** Contents of a stream entry; its key and its id give the channel and the position. */
type Entry = Pick<Publication, "type" | "payload" | "info" | "tags">;

/** Fields of a publication, or of a request, that are written. */
type Writable = Pick<PublishRequest, "type" | "payload" | "info" | "tags">;

const LETTERS = { publication: "p", join: "j", leave: "l" } as const;
const TYPES: ReadonlyMap<string | undefined, PublicationType> = new Map([
  ["p", "publication"],
  ["j", "join"],
  ["l", "leave"],
]);

const DIGITS = /^\d{1,15}$/;

/**
 * Writes an entry: the letters of its type and of its payload's kind, the lengths of
 * the two parts in UTF-16 units, the sender and the tags as JSON, the payload. All of
 * it is text, because a client of Redis is fastest with text.
 */
export function encodeEntry(
  { type = "publication", payload, info, tags }: Writable,
): string {
  const about = info === undefined && tags === undefined
    ? ""
    : JSON.stringify({ info, tags });
  const [kind, text] = encodePayload(payload);
  return `${
    LETTERS[type]
  }${kind}${about.length},${text.length}:${about}${text}`;
}

function encodePayload(payload: Payload): readonly [string, string] {
  if (typeof payload === "string") return ["s", payload];
  if (payload instanceof ArrayBuffer) {
    return ["b", toBase64(new Uint8Array(payload))];
  }
  return ["j", payload.json];
}

/**
 * Reads an entry.
 *
 * @throws {SyntaxError} If {@linkcode encodeEntry} did not write it.
 */
export function decodeEntry(
  text: string,
  channel: string,
  position: StreamPosition,
): Publication {
  const reader = new Reader(text, 0);
  return toPublication(reader.entry(), channel, position);
}

/** Contents of one Pub/Sub message: publications with consecutive offsets. */
export interface Message {
  /** Epoch of the publications; empty if they have no position. */
  readonly epoch: string;
  /** Offset of the first publication; 0 if they have no position. */
  readonly first: number;
  readonly publications: readonly Publication[];
}

/**
 * Reads a message of the script `PUBLISH`: a line with the epoch and the offset of
 * the first publication, then the entries.
 *
 * @throws {SyntaxError} If the script did not write it.
 */
export function decodeMessage(text: string, channel: string): Message {
  const end = text.indexOf("\n");
  const [epoch = "", offset] = text.slice(0, Math.max(end, 0)).split(" ");
  const first = Number(offset);
  if (!Number.isSafeInteger(first)) {
    throw new SyntaxError(
      "Cannot read a message: expected an epoch and an offset in its first line",
    );
  }
  const reader = new Reader(text, end + 1);
  const publications: Publication[] = [];
  do {
    const offset = first === 0 ? 0 : first + publications.length;
    publications.push(
      toPublication(reader.entry(), channel, { offset, epoch }),
    );
  } while (!reader.ended);
  return { epoch, first, publications };
}

function toPublication(
  { type, payload, info, tags }: Entry,
  channel: string,
  { offset, epoch }: StreamPosition,
): Publication {
  return { type, channel, payload, info, tags, offset, epoch };
}

/** Reads a text of entries from left to right. */
class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** True at the end of the text. */
  get ended(): boolean {
    return this.#at === this.#text.length;
  }

  entry(): Entry {
    const type = TYPES.get(this.#take(1));
    if (type === undefined) throw invalid("type");
    const kind = this.#take(1);
    const aboutLength = this.#number(",");
    const payloadLength = this.#number(":");
    const about = this.#take(aboutLength);
    const payload = decodePayload(kind, this.#take(payloadLength));
    if (about === "") return { type, payload, info: undefined };
    return { type, payload, ...parseAbout(about) };
  }

  #take(length: number): string {
    const end = this.#at + length;
    if (end > this.#text.length) throw invalid("length");
    const part = this.#text.slice(this.#at, end);
    this.#at = end;
    return part;
  }

  #number(end: string): number {
    const at = this.#text.indexOf(end, this.#at);
    const digits = at < 0 ? "" : this.#take(at - this.#at);
    if (!DIGITS.test(digits)) throw invalid("length");
    this.#at++;
    return Number(digits);
  }
}

function decodePayload(kind: string, text: string): Payload {
  switch (kind) {
    case "s":
      return text;
    case "b":
      return fromBase64(text).buffer;
    case "j":
      return { json: text };
    default:
      throw invalid("payload");
  }
}

function parseAbout(about: string): Pick<Entry, "info" | "tags"> {
  const json: unknown = JSON.parse(about);
  if (!isRecord(json)) throw invalid("sender");
  const { info, tags } = json;
  if (info !== undefined && !isClientInfo(info)) throw invalid("sender");
  if (tags !== undefined && !isTags(tags)) throw invalid("tags");
  return { info, tags };
}

function invalid(part: string): SyntaxError {
  return new SyntaxError(`Cannot read an entry: its ${part} is invalid`);
}
