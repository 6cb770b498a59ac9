/** Growing text of a channel: the data of its one kept publication, and what is appended to it. */

import { utf8Length } from "../base/bytes.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Json, Payload } from "../base/publication.ts";
import { isRecord } from "../base/record.ts";
import { type ChannelOptions, keepsHistory } from "./channel_options.ts";

/** A text, as the channel keeps it. */
export interface GrowingText {
  /** The whole text. */
  readonly text: string;
  /** True if nothing is appended any more. */
  readonly closed: boolean;
}

/** A part that is appended to a text. */
export interface Addition {
  /** The part; it may be empty where it closes or restarts. */
  readonly text: string;
  /**
   * Nothing is appended any more after this, but a restart.
   * @default {false}
   */
  readonly close?: boolean;
  /**
   * Begins another text, with this part.
   * @default {false}
   */
  readonly restart?: boolean;
}

/** Bytes of a text as JSON at most. Of longer ones no deltas are made, and each part would cost the whole. */
export const MAX_TEXT_BYTES = 65_536;

const EMPTY: GrowingText = { text: "", closed: false };

/** @throws {ProtocolError} 108 if a channel with these options keeps no growing text. */
export function requireGrowing(options: ChannelOptions): void {
  if (options.recoveryMode === "cache" && keepsHistory(options)) return;
  throw new ProtocolError(
    errors.notAvailable,
    'the channel keeps no text: expected the recoveryMode "cache" and a history',
  );
}

/** Reads the text of a channel's kept publication: an empty one where nothing is kept, `undefined` if it is something else. */
export function readText(kept: Payload | undefined): GrowingText | undefined {
  if (kept === undefined) return EMPTY;
  if (typeof kept === "string" || kept instanceof ArrayBuffer) return undefined;
  const value: unknown = JSON.parse(kept.json);
  if (!isRecord(value)) return undefined;
  const { text, closed } = value;
  return typeof text === "string" && typeof closed === "boolean"
    ? { text, closed }
    : undefined;
}

/** Writes a text as the data of a publication. The text is last, so that a delta has one copy and what is new. */
export function writeText({ text, closed }: GrowingText): Json {
  return { json: `{"closed":${closed},"text":${JSON.stringify(text)}}` };
}

/**
 * Appends a part to what the channel keeps.
 *
 * @throws {ProtocolError} If that is no text (107) or closed (409), or would be too long (106).
 */
export function grow(
  before: GrowingText | undefined,
  { text: part, close = false, restart = false }: Addition,
): GrowingText {
  const { text, closed } = requireOpen(restart ? EMPTY : before);
  const grown = { text: text + part, closed: closed || close };
  // Most texts are short: the bytes are counted where they may be too many.
  const isShort = grown.text.length < MAX_TEXT_BYTES / 8;
  if (isShort || utf8Length(writeText(grown).json) <= MAX_TEXT_BYTES) {
    return grown;
  }
  throw new ProtocolError(
    errors.limitExceeded,
    `the text would be too long: expected at most ${MAX_TEXT_BYTES} bytes as JSON`,
  );
}

function requireOpen(text: GrowingText | undefined): GrowingText {
  if (text === undefined) {
    throw new ProtocolError(
      errors.badRequest,
      "the channel has another publication than a text: expected a restart",
    );
  }
  if (!text.closed) return text;
  throw new ProtocolError(errors.textClosed);
}
