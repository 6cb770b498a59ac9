/** Fossil deltas between JSON texts, such that a delta is itself text and can stand in a JSON string. */

import { createDelta as diff } from "fossil-delta";
import { utf8Length } from "../base/bytes.ts";

/** Bounds of the search for a delta. */
export interface DeltaOptions {
  /**
   * Bytes of UTF-8 above which a base or a target has no delta. The search takes
   * a microsecond a byte where the texts are made to be hard.
   * @default {65_536}
   */
  readonly maxBytes?: number;
}

/** A stretch that the target has in common with the base, in bytes. */
interface Copy {
  /** Where it begins in the target. */
  readonly start: number;
  /** Where it ends in the target. */
  readonly end: number;
  /** Where it begins in the base. */
  readonly from: number;
}

/** The digits of the format's numbers, by their value. */
const DIGITS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";
const NEWLINE = 0x0a;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const AT = 0x40;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The Fossil delta that makes `target` from `base`, for a client of the Centrifuge
 * protocol that asked for `delta: "fossil"`. It is `undefined` where the target
 * is to be sent in full: when that takes no more bytes as a JSON string, or a
 * text is too long.
 */
export function createDelta(
  base: string,
  target: string,
  { maxBytes = 65_536 }: DeltaOptions = {},
): string | undefined {
  // Half a character has no bytes: the client would not get what was published.
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
 * Writes a delta anew with copies of whole characters only. The library compares
 * bytes, so a copy may begin or end inside a character ("б" and "в" share their
 * first byte), and the rest of it, inserted, would not be text.
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

/** Leaves out what a copy has of characters that it does not have whole. */
function wholeCharacters(copy: Copy, target: Uint8Array): Copy {
  let { start, end } = copy;
  while (start < end && isInsideCharacter(target, start)) start++;
  while (end > start && isInsideCharacter(target, end)) end--;
  return { start, end, from: copy.from + start - copy.start };
}

/** Whether a byte continues a character (RFC 3629 §3); the end of the text does not. */
function isInsideCharacter(text: Uint8Array, index: number): boolean {
  return ((text[index] ?? 0) & 0xc0) === 0x80;
}

/** Reads what the library wrote: `size\n`, then `n@from,` or `n:bytes` each, then `checksum;`. */
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
        throw new Error(`Cannot read the delta: no operator at byte ${index}`);
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
