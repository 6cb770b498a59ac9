/** Streams of channels in PostgreSQL: their positions and histories. */

import { type Deferred, deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import {
  historyOf,
  recoveryOf,
  type StreamPart,
  type StreamRange,
} from "../stored_stream.ts";
import type { HistoryQuery, HistoryResult, RecoverQuery } from "../types.ts";
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
    await link.run("select thrum.remove_history($1::text)", [
      escapeName(channel),
    ]);
  }

  async #servePositions(batch: readonly Waiting[]): Promise<void> {
    const topics = [...new Set(batch.map(({ topic }) => topic))];
    try {
      const tops = await this.#tops(topics);
      for (const waiting of batch) {
        const top = tops.get(waiting.topic);
        if (top !== undefined) waiting.resolve(top);
        else this.#waitForPosition(waiting);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** Another transaction begins the channel, and the others do not wait for that. */
  async #waitForPosition({ topic, resolve, reject }: Waiting): Promise<void> {
    try {
      const top = (await this.#tops([topic])).get(topic);
      if (top === undefined) throw invalid();
      resolve(top);
    } catch (error) {
      reject(error);
    }
  }

  async #tops(
    topics: readonly string[],
  ): Promise<ReadonlyMap<Value | undefined, StreamPosition>> {
    const rows = await this.#deps.link.run(
      "select * from thrum.positions($1::text[])",
      [toArray(topics)],
    );
    return new Map(
      rows.map(([topic, epoch, top]) => [topic, toTop(top, epoch)]),
    );
  }

  async #read(
    channel: string,
    { count, reverse, bound = reverse ? MAX_OFFSET : -1 }: StreamRange,
  ): Promise<StreamPart> {
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
