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
import { decodeEntry } from "./codec.ts";
import type { RedisConnection } from "./connection.ts";
import type { RedisLink } from "./link.ts";
import { READ, SETTLE } from "./scripts.ts";

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
interface Part {
  readonly position: StreamPosition;
  readonly publications: readonly Publication[];
}

/** Makes the first keys and arguments of every script of a stream; see `TOP`. */
export function scriptHead(
  { link, random }: { readonly link: RedisLink; readonly random: Random },
  channel: string,
): { readonly keys: string[]; readonly args: string[] } {
  return {
    keys: [link.keyOf(channel, "position"), link.keyOf(channel, "stream")],
    args: [random.uuid().slice(0, 8), link.runId, String(POSITION_TTL_MS)],
  };
}

/** Newest position of a channel that a node has received, and the run of the server then. */
export interface Seen extends StreamPosition {
  /** Id of the run of the server. */
  readonly runId: string;
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
    const { epoch = "" } = since ?? {};
    return epoch === "" || epoch === part.position.epoch
      ? { type: "history", ...part }
      : { type: "unrecoverable", position: part.position };
  }

  /** Finds the publications that a client missed. */
  async recover(
    channel: string,
    { since, mode, cap = DEFAULT_CAP }: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const { position, publications } = await this.#read(
      channel,
      mode === "stream"
        ? { count: cap, reverse: false, from: since.offset + 1 }
        : { count: 1, reverse: true, from: undefined },
    );
    return judgeRecovery(publications, { since, top: position, mode });
  }

  /** Removes a channel's history. */
  async remove(channel: string): Promise<void> {
    const { link } = this.#deps;
    await link.send(["DEL", link.keyOf(channel, "stream")]);
  }

  /**
   * Begins a channel's stream again if the newest received position shows that offsets
   * were given twice. Runs on a new connection before all other commands.
   */
  async settle(
    connection: RedisConnection,
    { channel, offset, epoch, runId }: Seen & { readonly channel: string },
  ): Promise<void> {
    const { keys, args } = scriptHead(this.#deps, channel);
    args.push(epoch, String(offset), runId);
    await connection.run(SETTLE, keys, args);
  }

  async #read(
    channel: string,
    { count, reverse, from }: Range,
  ): Promise<Part> {
    const start = Math.min(from ?? MAX_OFFSET, MAX_OFFSET);
    const bounds = reverse
      ? [from === undefined ? "+" : String(Math.max(start, 0)), "-"]
      : [from === undefined ? "-" : String(start), "+"];
    const { keys, args } = scriptHead(this.#deps, channel);
    args.push(
      String(count),
      reverse ? "backward" : "forward",
      ...bounds,
    );
    const reply = await this.#deps.link.run(READ, keys, args);
    return parsePart(reply, channel);
  }
}

/** @throws {SyntaxError} If the script did not return the reply. */
function parsePart(reply: unknown, channel: string): Part {
  const [epoch, top, entries] = Array.isArray(reply) ? reply : [];
  if (typeof epoch !== "string" || !Array.isArray(entries)) throw invalid();
  return {
    position: { offset: parseOffset(top), epoch },
    publications: entries.map((entry) => parseEntry(entry, channel, epoch)),
  };
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
