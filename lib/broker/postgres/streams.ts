/** Streams of channels in PostgreSQL: their positions and histories. */

import { type Deferred, deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import { judgeRecovery, type Recovery } from "../../base/recovery.ts";
import { type StreamPast, survivor } from "../earlier_epochs.ts";
import {
  DEFAULT_CAP,
  type HistoryQuery,
  type HistoryResult,
  type RecoverQuery,
} from "../types.ts";
import type { Row, Value } from "./client.ts";
import {
  decodeEntry,
  escapeName,
  fromArray,
  toArray,
  toPosition,
} from "./codec.ts";
import { Lane } from "./lane.ts";
import type { PostgresLink } from "./link.ts";

/** Larger than every offset. */
const MAX_OFFSET = Number.MAX_SAFE_INTEGER;

/** Range of publications to read. */
interface Range {
  /** Maximum number of publications. */
  readonly count: number;
  /** Newest first. */
  readonly reverse: boolean;
  /** Offset before the first one; without it the range begins at the end of the stream. */
  readonly bound: number | undefined;
}

/** A part of a stream. */
interface Part extends StreamPast {
  readonly publications: readonly Publication[];
}

/** A position that is asked for. */
interface Waiting extends Deferred<StreamPosition> {
  readonly topic: string;
}

/** Dependencies of {@linkcode Streams}. */
export interface StreamsDeps {
  readonly link: PostgresLink;
  readonly clock: Clock;
}

/** Reads streams, exactly as `Stream` does in memory. */
export class Streams {
  readonly #deps: StreamsDeps;
  readonly #positions: Lane<Waiting>;

  constructor(deps: StreamsDeps) {
    this.#deps = deps;
    this.#positions = new Lane({
      clock: deps.clock,
      serve: (batch) => this.#servePositions(batch),
    });
  }

  /** Reads the top of a channel's stream. All that are asked for in one turn go into one statement. */
  position(channel: string): Promise<StreamPosition> {
    const { promise, ...ends } = deferred<StreamPosition>();
    const topic = escapeName(channel);
    this.#positions.add({ topic, promise, ...ends });
    return promise;
  }

  /** Reads a part of a channel's history. */
  async history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const { since, limit, reverse = false, cap = DEFAULT_CAP } = query;
    const count = limit < 0 ? cap : Math.min(limit, cap);
    const bound = since?.offset;
    const part = await this.#read(channel, { count, reverse, bound });
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
        ? { count: cap, reverse: false, bound: since.offset }
        : { count: 1, reverse: true, bound: undefined },
    );
    const absence = { since: survivor(since, part), top: part.position, mode };
    return judgeRecovery(part.publications, absence);
  }

  /** Removes a channel's history. */
  async remove(channel: string): Promise<void> {
    const { link } = this.#deps;
    await link.run("select thrum.remove_history($1::text)", [
      escapeName(channel),
    ]);
  }

  async #servePositions(batch: readonly Waiting[]): Promise<void> {
    const topics = [...new Set(batch.map(({ topic }) => topic))];
    try {
      const rows = await this.#deps.link.run(
        "select * from thrum.positions($1::text[])",
        [toArray(topics)],
      );
      const tops = new Map(
        rows.map(([topic, epoch, top]) => [topic, [top, epoch] as const]),
      );
      for (const { topic, resolve } of batch) {
        resolve(toTop(...tops.get(topic) ?? []));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async #read(
    channel: string,
    { count, reverse, bound = reverse ? MAX_OFFSET : -1 }: Range,
  ): Promise<Part> {
    const [header, ...rows] = await this.#deps.link.run(
      "select * from thrum.read($1::text, $2::int, $3::text = 'backward', $4::bigint)",
      [
        escapeName(channel),
        count,
        reverse ? "backward" : "forward",
        Math.min(bound, MAX_OFFSET),
      ],
    );
    if (header === undefined) throw invalid();
    const [top, , , , , epoch, earlier] = header;
    const position = toTop(top, epoch);
    return {
      position,
      earlier: parseEarlier(earlier),
      publications: rows.map((row) => toPublication(row, channel, position)),
    };
  }
}

function toTop(offset?: Value, epoch?: Value): StreamPosition {
  if (typeof epoch !== "string") throw invalid();
  return { ...toPosition(offset, epoch), epoch };
}

function toPublication(
  [offset, ...entry]: Row,
  channel: string,
  { epoch }: StreamPosition,
): Publication {
  return decodeEntry(entry, channel, toPosition(offset, epoch));
}

/** Reads the earlier epochs: texts such as `b06f3c1e 12`. */
function parseEarlier(text: Value | undefined): ReadonlyMap<string, number> {
  return new Map(
    fromArray(text).map((item) => {
      const [epoch = "", offset] = item.split(" ");
      return [epoch, toPosition(Number(offset), epoch).offset];
    }),
  );
}

function invalid(): SyntaxError {
  return new SyntaxError(
    "Cannot read a stream: the result of PostgreSQL is invalid",
  );
}
