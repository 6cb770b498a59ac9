/** Where a client stands in all its channels, as one opaque word that it brings back. */

import { isName } from "../names.ts";
import type { StreamPosition } from "../publication.ts";

/** Bounds of a cursor that somebody brings; ours are far below. */
const MAX_CHANNELS = 1_024;
const MAX_EPOCH_LENGTH = 255;
const MAX_TEXT_LENGTH = 262_144;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The places of a client by channel. A channel without an order is there with offset 0 and no epoch. */
export type Cursor = ReadonlyMap<string, StreamPosition>;

/** Writes a cursor in base64url, which fits into a URL, a header and an entity tag. */
export function encodeCursor(cursor: Cursor): string {
  const entries = [...cursor].map(([channel, { offset, epoch }]) => [
    channel,
    offset,
    epoch,
  ]);
  return encoder.encode(JSON.stringify(entries))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Reads a cursor; `undefined` if it is none. */
export function decodeCursor(text: string): Cursor | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const value = parse(text);
  if (!Array.isArray(value) || value.length > MAX_CHANNELS) return undefined;
  const cursor = new Map<string, StreamPosition>();
  for (const entry of value) {
    if (!Array.isArray(entry) || entry.length !== 3) return undefined;
    const [channel, offset, epoch]: unknown[] = entry;
    const isEntry = typeof channel === "string" && isName(channel) &&
      typeof offset === "number" && Number.isSafeInteger(offset) &&
      offset >= 0 &&
      typeof epoch === "string" && epoch.length <= MAX_EPOCH_LENGTH;
    if (!isEntry) return undefined;
    cursor.set(channel, { offset, epoch });
  }
  return cursor;
}

function parse(text: string): unknown {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    // Not base64, not UTF-8, not JSON.
    if (error instanceof SyntaxError || error instanceof TypeError) {
      return undefined;
    }
    throw error;
  }
}
