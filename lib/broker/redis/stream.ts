/** Streams of channels in Redis: their positions and histories. */

import type { Random } from "../../base/random.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import { judgeRecovery, type Recovery } from "../../base/recovery.ts";
import {
  DEFAULT_CAP,
  type HistoryQuery,
  type HistoryResult,
  POSITION_TTL_MS,
  type RecoverQuery,
} from "../types.ts";
import { type StreamPast, survivor } from "../earlier_epochs.ts";
import { decodeEntry } from "./codec.ts";
import type { RedisLink } from "./link.ts";
import { READ, REMOVE } from "./scripts.ts";

/** Larger than every offset; one more is still an exact integer. */
const MAX_OFFSET = Number.MAX_SAFE_INTEGER - 1;

/** Range of entries to read. */
interface Range {
  /** Maximum number of entries. */
  readonly count: number;
  /** Newest first. */
  readonly reverse: boolean;
  /** Offset of the first entry; without it the range begins at the end of the stream. */
  readonly from: number | undefined;
}

/** A part of a stream. */
interface Part extends StreamPast {
  readonly publications: readonly Publication[];
}

/** The keys of a channel's stream, for every script; see `TOP`. */
export function streamKeys(link: RedisLink, channel: string): string[] {
  return [link.keyOf(channel, "position"), link.keyOf(channel, "stream")];
}

/** Makes the first arguments of every script of streams; see `TOP`. */
export function scriptHead(
  { link, random }: { readonly link: RedisLink; readonly random: Random },
): string[] {
  return [random.uuid().slice(0, 8), link.life, String(POSITION_TTL_MS)];
}

/** Dependencies of {@linkcode RedisStreams}. */
export interface RedisStreamsDeps {
  readonly link: RedisLink;
  readonly random: Random;
}

/** Reads streams, exactly as `Stream` does in memory. */
export class RedisStreams {
  readonly #deps: RedisStreamsDeps;

  constructor(deps: RedisStreamsDeps) {
    this.#deps = deps;
  }

  /** Reads the top of a channel's stream. */
  async position(channel: string): Promise<StreamPosition> {
    const range = { count: 0, reverse: false, from: undefined };
    return (await this.#read(channel, range)).position;
  }

  /** Reads a part of a channel's history. */
  async history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const { since, limit, reverse = false, cap = DEFAULT_CAP } = query;
    const count = limit < 0 ? cap : Math.min(limit, cap);
    const from = since === undefined
      ? undefined
      : since.offset + (reverse ? -1 : 1);
    const part = await this.#read(channel, { count, reverse, from });
    const { position, publications } = part;
    const { epoch } = since === undefined ? position : survivor(since, part);
    return epoch === "" || epoch === position.epoch
      ? { type: "history", position, publications }
      : { type: "unrecoverable", position };
  }

  /** Finds the publications that a client missed. */
  async recover(
    channel: string,
    { since, mode, cap = DEFAULT_CAP }: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const part = await this.#read(
      channel,
      mode === "stream"
        ? { count: cap, reverse: false, from: since.offset + 1 }
        : { count: 1, reverse: true, from: undefined },
    );
    const absence = { since: survivor(since, part), top: part.position, mode };
    return judgeRecovery(part.publications, absence);
  }

  /** Removes a channel's history. */
  async remove(channel: string): Promise<void> {
    const { link } = this.#deps;
    const keys = streamKeys(link, channel);
    await link.run({ script: REMOVE, keys, args: [], order: [channel] });
  }

  async #read(
    channel: string,
    { count, reverse, from }: Range,
  ): Promise<Part> {
    const start = Math.min(from ?? MAX_OFFSET, MAX_OFFSET);
    const bounds = reverse
      ? [from === undefined ? "+" : String(Math.max(start, 0)), "-"]
      : [from === undefined ? "-" : String(start), "+"];
    const { link } = this.#deps;
    const keys = streamKeys(link, channel);
    const args = [
      ...scriptHead(this.#deps),
      String(count),
      reverse ? "backward" : "forward",
      ...bounds,
    ];
    const reply = await link.run({ script: READ, keys, args });
    return parsePart(reply, channel);
  }
}

/** @throws {SyntaxError} If the script did not return the reply. */
function parsePart(reply: unknown, channel: string): Part {
  const [epoch, top, earlier, entries] = Array.isArray(reply) ? reply : [];
  if (typeof epoch !== "string" || !Array.isArray(entries)) throw invalid();
  return {
    position: { offset: parseOffset(top), epoch },
    earlier: parseEarlier(earlier),
    publications: entries.map((entry) => parseEntry(entry, channel, epoch)),
  };
}

/** Reads the lines of the field `earlier`; see `TOP`. */
function parseEarlier(text: unknown): ReadonlyMap<string, number> {
  if (typeof text !== "string") throw invalid();
  const lines = text.split("\n").slice(0, -1);
  return new Map(lines.map((line) => {
    const [, epoch = "", offset] = line.split(" ");
    return [epoch, parseOffset(offset)];
  }));
}

/** Reads an entry `[id, [field, value]]`; the offset is the part of the id before the hyphen. */
function parseEntry(
  entry: unknown,
  channel: string,
  epoch: string,
): Publication {
  const [id, fields] = Array.isArray(entry) ? entry : [];
  const text: unknown = Array.isArray(fields) ? fields[1] : undefined;
  if (typeof text !== "string") throw invalid();
  const offset = parseOffset(String(id).split("-")[0]);
  return decodeEntry(text, channel, { offset, epoch });
}

function parseOffset(text: unknown): number {
  const offset = typeof text === "string" ? Number(text) : NaN;
  if (!Number.isSafeInteger(offset)) throw invalid();
  return offset;
}

function invalid(): SyntaxError {
  return new SyntaxError("Cannot read a stream: the reply of Redis is invalid");
}
