/** Fossil deltas between JSON texts; each delta is itself a text for a JSON string. */

import { createDelta as diff } from "fossil-delta";
import { utf8Length } from "../base/bytes.ts";
import { type Publication, toJson } from "../base/publication.ts";

/** Bounds of the search for a delta. */
export interface DeltaOptions {
  /**
   * Bytes of UTF-8 above which a base or a target has no delta. For texts that are
   * made to be slow the search takes a microsecond a byte.
   * @default {65_536}
   */
  readonly maxBytes?: number;
}

/** A range of bytes that the target copies from the base. */
interface Copy {
  /** Start in the target. */
  readonly start: number;
  /** End in the target. */
  readonly end: number;
  /** Start in the base. */
  readonly from: number;
}

/** Digits of the format's numbers, by their value. */
const DIGITS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";
const NEWLINE = 0x0a;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const AT = 0x40;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Makes the Fossil delta from `base` to `target` (Centrifuge protocol, §9). Returns
 * `undefined` if the target should be sent in full: it is no longer than the delta as
 * a JSON string, or a text is too long.
 */
export function createDelta(
  base: string,
  target: string,
  { maxBytes = 65_536 }: DeltaOptions = {},
): string | undefined {
  // A lone surrogate has no bytes: the client would receive another text.
  if (!base.isWellFormed() || !target.isWellFormed()) return undefined;
  const [from, to] = [encoder.encode(base), encoder.encode(target)];
  if (from.length > maxBytes || to.length > maxBytes) return undefined;
  const delta = mend(diff(from, to), to);
  return jsonBytes(delta) < jsonBytes(target) ? delta : undefined;
}

function jsonBytes(text: string): number {
  return utf8Length(JSON.stringify(text));
}

/**
 * Writes a delta again with copies of whole characters only. The library compares
 * bytes, so a copy may begin or end inside a character ("б" and "в" share their first
 * byte), and the inserted rest of the character would not be text.
 */
function mend(delta: Uint8Array, target: Uint8Array): string {
  const { copies, checksum } = parse(delta);
  let text = `${toDigits(target.length)}\n`;
  let written = 0;
  for (const copy of copies) {
    const { start, end, from } = wholeCharacters(copy, target);
    text += insertion(target.subarray(written, start));
    text += `${toDigits(end - start)}@${toDigits(from)},`;
    written = end;
  }
  text += insertion(target.subarray(written));
  return `${text}${toDigits(checksum)};`;
}

function insertion(bytes: Uint8Array): string {
  if (bytes.length === 0) return "";
  return `${toDigits(bytes.length)}:${decoder.decode(bytes)}`;
}

/** Removes incomplete characters from both ends of a copy. */
function wholeCharacters(copy: Copy, target: Uint8Array): Copy {
  let { start, end } = copy;
  while (start < end && isInsideCharacter(target, start)) start++;
  while (end > start && isInsideCharacter(target, end)) end--;
  return { start, end, from: copy.from + start - copy.start };
}

/** Checks whether a byte continues a character (RFC 3629 §3); the end of the text does not. */
function isInsideCharacter(text: Uint8Array, index: number): boolean {
  return ((text[index] ?? 0) & 0xc0) === 0x80;
}

/** Reads a delta of the library: `size\n`, then parts `n@from,` or `n:bytes`, then `checksum;`. */
function parse(
  delta: Uint8Array,
): { readonly copies: readonly Copy[]; readonly checksum: number } {
  let index = delta.indexOf(NEWLINE) + 1;
  const readNumber = () => {
    let value = 0;
    for (;; index++) {
      const digit = DIGITS.indexOf(String.fromCharCode(delta[index]!));
      if (digit < 0) return value;
      value = value * DIGITS.length + digit;
    }
  };
  const copies: Copy[] = [];
  let start = 0;
  for (;;) {
    const value = readNumber();
    switch (delta[index++]) {
      case COLON:
        index += value;
        break;
      case AT:
        copies.push({ start, end: start + value, from: readNumber() });
        index++;
        break;
      case SEMICOLON:
        return { copies, checksum: value };
      default:
        throw new Error(
          `Cannot read the delta: expected an operator at byte ${index - 1}`,
        );
    }
    start += value;
  }
}

function toDigits(value: number): string {
  let digits = "";
  do {
    digits = DIGITS.charAt(value % DIGITS.length) + digits;
    value = Math.floor(value / DIGITS.length);
  } while (value > 0);
  return digits;
}

/**
 * Maximum number of UTF-16 units that are searched for one frame; later publications are sent in
 * full. The search takes up to a microsecond for each, in which no other client is
 * served.
 */
const MAX_SEARCHED = 131_072;

/** Result of a search. */
interface Found {
  /** Offset of the base. Not the publication itself: each would keep the one before it in memory. */
  readonly base: number;
  /** `undefined` if the publication should be sent in full. */
  readonly delta: string | undefined;
}

/** Results by publication, for every client that recovers it; dropped with the publication. */
const known = new WeakMap<Publication, Found>();

/** Searches the deltas of one frame, until its time is used up. */
export class DeltaSearch {
  #searched = 0;

  /** Returns the delta from `previous`, of the same stream, to `publication`; `undefined` if that should be sent in full. */
  find(previous: Publication, publication: Publication): string | undefined {
    const base = previous.offset;
    const found = known.get(publication);
    if (found !== undefined && found.base === base) return found.delta;
    if (this.#searched >= MAX_SEARCHED) return undefined;
    const whole = toJson(publication.payload);
    this.#searched += whole.length;
    const delta = createDelta(toJson(previous.payload), whole);
    // Publications without an offset cannot be distinguished.
    const hasOffsets = base > 0 && publication.offset > 0;
    if (hasOffsets) known.set(publication, { base, delta });
    return delta;
  }
}
