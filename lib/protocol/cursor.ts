/** Positions of a client in all its channels, as one opaque word that it brings back. */

import { concat, fromBase64, fromHex, toBase64, toHex } from "../base/bytes.ts";
import { hash32 } from "../base/hash.ts";
import type { StreamPosition } from "../base/publication.ts";

/** The first byte of a cursor; another shape would have another. */
const SHAPE = 1;
const SHAPE_BYTE = Uint8Array.of(SHAPE);
/** Longest cursor that a client may bring, in characters; ours are far below. */
const MAX_TEXT_LENGTH = 65_536;
const HASH_BYTES = 4;
/** Bytes of the longest whole number (LEB128). */
const MAX_NUMBER_BYTES = 8;
/** Form of most epochs: they are written in half as many bytes. */
const SHORT_EPOCH = /^[0-9a-f]{8}$/;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Positions by channel. A channel without an order is there with offset 0 and no epoch. */
export type Cursor = ReadonlyMap<string, StreamPosition>;

/** Position in a channel, and its bytes once they were asked for. */
interface Entry {
  readonly hash: number;
  position: StreamPosition;
  bytes: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * A cursor that goes on with its client, and is written only when it is asked for:
 * most clients of one channel share the bytes of a fan-out, and never need it.
 */
export class CursorWriter {
  readonly #entries = new Map<string, Entry>();

  /** Begins with the positions of a cursor that a client came with. */
  constructor(cursor: Cursor = new Map()) {
    for (const [channel, position] of cursor) this.set(channel, position);
  }

  /** Count of channels that have a position. */
  get size(): number {
    return this.#entries.size;
  }

  /** Says if a channel has a position. */
  has(channel: string): boolean {
    return this.#entries.has(channel);
  }

  /** Takes note of the position in a channel. */
  set(channel: string, position: StreamPosition): void {
    const entry = this.#entries.get(channel);
    if (entry === undefined) {
      const hash = hash32(channel);
      this.#entries.set(channel, { hash, position, bytes: undefined });
    } else {
      entry.position = position;
      entry.bytes = undefined;
    }
  }

  /** The cursor in base64url, which fits into a URL and a header. */
  toString(): string {
    const parts = [SHAPE_BYTE];
    for (const entry of this.#entries.values()) {
      parts.push(entry.bytes ??= encodeEntry(entry));
    }
    return toBase64(concat(parts), "base64url");
  }
}

/** Writes a cursor as {@linkcode CursorWriter} does. */
export function encodeCursor(cursor: Cursor): string {
  return new CursorWriter(cursor).toString();
}

/**
 * Reads the positions in some channels; `undefined` if `text` is no cursor. A cursor
 * has only hashes of the channels' names. Should two be confused, their epochs
 * differ, so that the client learns that something is lost.
 */
export function decodeCursor(
  text: string,
  channels: readonly string[],
): Cursor | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const positions = readEntries(text);
  if (positions === undefined) return undefined;
  const cursor = new Map<string, StreamPosition>();
  for (const channel of channels) {
    // Channels that share a hash stand in the order in which they are asked for.
    const position = positions.get(hash32(channel))?.shift();
    if (position !== undefined) cursor.set(channel, position);
  }
  return cursor;
}

/** The hash; the offset; the epoch. */
function encodeEntry(
  { hash, position: { offset, epoch } }: Pick<Entry, "hash" | "position">,
): Uint8Array<ArrayBuffer> {
  const isShort = SHORT_EPOCH.test(epoch);
  const name = isShort ? fromHex(epoch) : encoder.encode(epoch);
  const bytes = new Uint8Array(
    HASH_BYTES + 2 * MAX_NUMBER_BYTES + name.byteLength,
  );
  new DataView(bytes.buffer).setUint32(0, hash);
  let end = writeNumber(bytes, HASH_BYTES, offset);
  end = writeNumber(bytes, end, isShort ? 0 : name.byteLength + 1);
  bytes.set(name, end);
  return bytes.slice(0, end + name.byteLength);
}

function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  for (; value > 0x7f; value = Math.floor(value / 0x80)) {
    bytes[at++] = (value % 0x80) | 0x80;
  }
  bytes[at++] = value;
  return at;
}

function readEntries(
  text: string,
): Map<number, StreamPosition[]> | undefined {
  try {
    const bytes = fromBase64(text, "base64url");
    if (bytes[0] !== SHAPE) return undefined;
    const positions = new Map<number, StreamPosition[]>();
    const reader = new EntryReader(bytes.subarray(1));
    while (!reader.ended) {
      const [hash, position] = reader.next();
      const others = positions.get(hash);
      if (others === undefined) positions.set(hash, [position]);
      else others.push(position);
    }
    return positions;
  } catch (error) {
    // Not base64, cut off, not UTF-8.
    if (
      error instanceof SyntaxError || error instanceof RangeError ||
      error instanceof TypeError
    ) return undefined;
    throw error;
  }
}

/** Takes entries off the bytes of a cursor. */
class EntryReader {
  #rest: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#rest = bytes;
  }

  get ended(): boolean {
    return this.#rest.byteLength === 0;
  }

  /** Takes a channel's hash and the position in it; throws a `RangeError` where they are cut off. */
  next(): readonly [number, StreamPosition] {
    const [a = 0, b = 0, c = 0, d = 0] = this.#take(HASH_BYTES);
    const hash = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    const offset = this.#number();
    const length = this.#number();
    const epoch = length === 0
      ? toHex(this.#take(HASH_BYTES))
      : decoder.decode(this.#take(length - 1));
    return [hash, { offset, epoch }];
  }

  #take(count: number): Uint8Array<ArrayBuffer> {
    if (count > this.#rest.byteLength) {
      throw new RangeError(
        `Cannot read ${count} bytes of a cursor: only ${this.#rest.byteLength} are left`,
      );
    }
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  #number(): number {
    let value = 0;
    for (let factor = 1;; factor *= 0x80) {
      const [byte = 0] = this.#take(1);
      value += (byte & 0x7f) * factor;
      if (!Number.isSafeInteger(value)) {
        throw new RangeError(
          `Cannot read the number ${value}: expected at most ${Number.MAX_SAFE_INTEGER}`,
        );
      }
      if (byte < 0x80) return value;
    }
  }
}
