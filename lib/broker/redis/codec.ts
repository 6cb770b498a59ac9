/** Publications as the text that Redis keeps and carries. */

import {
  isClientInfo,
  type Payload,
  type Publication,
  type PublicationType,
  type StreamPosition,
} from "../../base/publication.ts";
import { isRecord } from "../../base/record.ts";
import type { PublishRequest } from "../types.ts";

/** What is kept of a publication; its channel and its position are told by where it is kept. */
type Entry = Pick<Publication, "type" | "payload" | "info" | "tags">;

/** What is written: a publication, or what becomes one. */
type Writable = Pick<PublishRequest, "type" | "payload" | "info" | "tags">;

const LETTERS = { publication: "p", join: "j", leave: "l" } as const;
const TYPES: ReadonlyMap<string | undefined, PublicationType> = new Map([
  ["p", "publication"],
  ["j", "join"],
  ["l", "leave"],
]);

const DIGITS = /^\d{1,15}$/;

/**
 * Writes what a draft says: the letters of its type and of its payload's kind, how
 * long each part is in UTF-16 units, who sent it and its tags as JSON, the payload.
 * All of it is text, for a client of Redis is quickest with text.
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
    return ["b", new Uint8Array(payload).toBase64()];
  }
  return ["j", payload.json];
}

/**
 * Reads what is kept under an offset.
 *
 * @throws {SyntaxError} If it was not written by {@linkcode encodeEntry}.
 */
export function decodeEntry(
  text: string,
  channel: string,
  position: StreamPosition,
): Publication {
  const reader = new Reader(text, 0);
  return place(reader.entry(), channel, position);
}

/** What one message carries: publications with consecutive offsets. */
export interface Message {
  /** Empty if the publications have no place. */
  readonly epoch: string;
  /** The offset of the first publication; 0 if they have no place. */
  readonly first: number;
  readonly publications: readonly Publication[];
}

/**
 * Reads what the script `publish` sends: a line with the epoch and the offset of the
 * first publication, then each.
 *
 * @throws {SyntaxError} If the script did not write it.
 */
export function decodeMessage(text: string, channel: string): Message {
  const end = text.indexOf("\n");
  const [epoch = "", offset] = text.slice(0, Math.max(end, 0)).split(" ");
  const first = Number(offset);
  if (!Number.isSafeInteger(first)) {
    throw new SyntaxError("Cannot read a message: its first line is odd");
  }
  const reader = new Reader(text, end + 1);
  const publications: Publication[] = [];
  do {
    const offset = first === 0 ? 0 : first + publications.length;
    publications.push(place(reader.entry(), channel, { offset, epoch }));
  } while (!reader.ended);
  return { epoch, first, publications };
}

function place(
  { type, payload, info, tags }: Entry,
  channel: string,
  { offset, epoch }: StreamPosition,
): Publication {
  return { type, channel, payload, info, tags, offset, epoch };
}

/** Goes through a text of entries. */
class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** Whether all is read. */
  get ended(): boolean {
    return this.#at === this.#text.length;
  }

  entry(): Entry {
    const type = TYPES.get(this.#take(1));
    if (type === undefined) throw odd("type");
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
    if (end > this.#text.length) throw odd("length");
    const part = this.#text.slice(this.#at, end);
    this.#at = end;
    return part;
  }

  #number(end: string): number {
    const at = this.#text.indexOf(end, this.#at);
    const digits = at < 0 ? "" : this.#take(at - this.#at);
    if (!DIGITS.test(digits)) throw odd("length");
    this.#at++;
    return Number(digits);
  }
}

function decodePayload(kind: string, text: string): Payload {
  switch (kind) {
    case "s":
      return text;
    case "b":
      return Uint8Array.fromBase64(text).buffer;
    case "j":
      return { json: text };
    default:
      throw odd("payload");
  }
}

function parseAbout(about: string): Pick<Entry, "info" | "tags"> {
  const json: unknown = JSON.parse(about);
  if (!isRecord(json)) throw odd("sender");
  const { info, tags } = json;
  if (info !== undefined && !isClientInfo(info)) throw odd("sender");
  if (tags !== undefined && !isTags(tags)) throw odd("tags");
  return { info, tags };
}

function isTags(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) &&
    Object.values(value).every((tag) => typeof tag === "string");
}

function odd(what: string): SyntaxError {
  return new SyntaxError(`Cannot read a publication: its ${what} is odd`);
}
