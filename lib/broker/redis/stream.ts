/** Streams of channels in Redis: their positions and histories. */

import type { Random } from "../../base/random.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import {
  type HistoryQuery,
  type HistoryResult,
  POSITION_TTL_MS,
  type RecoverQuery,
} from "../types.ts";
import {
  historyOf,
  recoveryOf,
  type StreamPart,
  type StreamRange,
} from "../stored_stream.ts";
import { decodeEntry } from "./codec.ts";
import type { Names } from "./names.ts";
import { READ, REMOVE } from "./scripts.ts";
import type { Link } from "./types.ts";

/** Larger than every offset; one more is still an exact integer. */
const MAX_OFFSET = Number.MAX_SAFE_INTEGER - 1;

/** The keys of a channel's stream, for every script; see `TOP`. */
export function streamKeys(names: Names, channel: string): string[] {
  return [names.keyOf(channel, "position"), names.keyOf(channel, "stream")];
}

/** Makes the first arguments of every script of streams; see `TOP`. */
export function scriptHead(random: Random): string[] {
  return [random.uuid().slice(0, 8), String(POSITION_TTL_MS)];
}

/** Dependencies of {@linkcode RedisStreams}. */
export interface RedisStreamsDeps {
  readonly link: Link;
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
    const range = { count: 0, reverse: false, bound: undefined };
    return (await this.#read(channel, range)).position;
  }

  /** Reads a part of a channel's history. */
  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    return historyOf((range) => this.#read(channel, range), query);
  }

  /** Finds the publications that a client missed. */
  recover(
    channel: string,
    query: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    return recoveryOf((range) => this.#read(channel, range), query);
  }

  /** Removes a channel's history. */
  async remove(channel: string): Promise<void> {
    const { link } = this.#deps;
    const keys = streamKeys(link.names, channel);
    await link.run({ script: REMOVE, keys, args: [], order: [channel] });
  }

  async #read(
    channel: string,
    { count, reverse, bound }: StreamRange,
  ): Promise<StreamPart> {
    const [first, last] = reverse ? ["+", "-"] : ["-", "+"];
    const from = bound === undefined
      ? first
      : String(within(bound + (reverse ? -1 : 1)));
    const { link, random } = this.#deps;
    const keys = streamKeys(link.names, channel);
    const args = [
      ...scriptHead(random),
      String(count),
      reverse ? "backward" : "forward",
      from,
      last,
    ];
    const reply = await link.run({ script: READ, keys, args });
    return parsePart(reply, channel);
  }
}

/** The nearest offset that an id of an entry can have. */
function within(offset: number): number {
  return Math.max(0, Math.min(offset, MAX_OFFSET));
}

/** @throws {SyntaxError} If the script did not return the reply. */
function parsePart(reply: unknown, channel: string): StreamPart {
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
