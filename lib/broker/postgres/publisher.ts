/** Publisher to PostgreSQL: publications of one turn of the event loop, and those that come while a statement is under way, share the next one. */

import { type Deferred, deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import type { PublishRequest } from "../types.ts";
import type { Row, Value } from "./client.ts";
import { encodeEntry, type Entry, escapeName, toArray } from "./codec.ts";
import { codeOf } from "./connection.ts";
import { Lane } from "./lane.ts";
import type { PostgresLink } from "./link.ts";

/** Maximum number of publications in one statement. */
const MAX_PUBLICATIONS = 500;
/** UTF-16 units in one statement, above which the next publication goes into another. */
const MAX_LENGTH = 524_288;
/** Longest lifetime of a history: longer than any useful one, and short enough for the clock of PostgreSQL. */
const MAX_TTL_MS = 1e13;
const MAX_SIZE = 2_147_483_647;
/**
 * Errors of a batch after which each channel is tried alone: it waited too long for a
 * lock, was part of a deadlock, or one publication has a value that PostgreSQL refuses.
 */
const RETRIED = /^(?:55P03|40P01|22)/;

const PUBLISH =
  "select * from thrum.publish_entries($1::text, $2::text[], $3::int[], " +
  "$4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::bigint[], $11::text[], $12::text[])";

/** Result of a publish. */
export interface Receipt {
  /** Position in the channel; 0 and empty without one. */
  readonly offset: number;
  readonly epoch: string;
  /** Number of nodes that are subscribed to the channel, unless it was not published. */
  readonly receivers: number;
  /** True if it was not published, because the top is another than the request says. */
  readonly conflict: boolean;
}

/** A publication that waits for its position. */
interface Waiting extends Deferred<Receipt> {
  readonly topic: string;
  readonly entry: Entry;
  readonly length: number;
  readonly key: string | null;
  /** Size of the history; 0 for a position alone, -1 for none. */
  readonly size: number;
  readonly ttlMs: number;
  /** Number and epoch of its version. */
  readonly version: string | null;
  /** Offset and epoch that the top must have. */
  readonly after: string | null;
}

/** Dependencies of a publisher. */
export interface PublisherDeps {
  readonly link: PostgresLink;
  readonly clock: Clock;
  /** Maximum number of UTF-16 units, about bytes, of publications that wait for PostgreSQL. */
  readonly maxWaitingBytes: number;
}

/**
 * Publishes in batches. Publications of one channel keep the order of the calls.
 *
 * A batch does not wait for the rows of channels. A channel whose row another
 * transaction has taken gets a lane of its own until that is empty, so that a long
 * transaction delays its own channels alone.
 */
export class Publisher {
  readonly #deps: PublisherDeps;
  readonly #lane: Lane<Waiting>;
  /** Lanes of channels whose rows were taken. */
  readonly #taken = new Map<string, Lane<Waiting>>();
  #waiting = 0;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
    this.#lane = new Lane({
      clock: deps.clock,
      measure,
      serve: (batch) => this.#serve(batch),
    });
  }

  /** Publishes; rejects at once while PostgreSQL is away, or when too much waits for it. */
  publish(request: PublishRequest): Promise<Receipt> {
    const topic = escapeName(request.channel);
    const entry = encodeEntry(request);
    const conditions = conditionsOf(request);
    return this.#add({ topic, entry, ...conditions, ...boundsOf(request) });
  }

  /** Publishes a text to a topic of nodes, without a position. */
  notify(topic: string, text: string): Promise<Receipt> {
    const entry = { form: "ps", data: text, info: null, tags: null };
    const bounds = { size: -1, ttlMs: 0 };
    return this.#add({ topic, entry, ...UNCONDITIONAL, ...bounds });
  }

  /** Sends what waits for the end of the turn. */
  flush(): void {
    this.#lane.flush();
  }

  #add(
    fields: Omit<Waiting, keyof Deferred<Receipt> | "length">,
  ): Promise<Receipt> {
    const { link, maxWaitingBytes } = this.#deps;
    if (!link.ready) {
      return Promise.reject(
        new BrokerAwayError("Cannot publish: PostgreSQL is away"),
      );
    }
    const { data, info, tags } = fields.entry;
    const length = data.length + (info?.length ?? 0) + (tags?.length ?? 0);
    if (this.#waiting + length > maxWaitingBytes) {
      const limit = `${this.#waiting} of ${maxWaitingBytes} bytes already wait`;
      return Promise.reject(
        new Error(`Cannot publish: ${limit} for PostgreSQL`),
      );
    }
    this.#waiting += length;
    const { promise, ...ends } = deferred<Receipt>();
    this.#lane.add({ ...fields, length, promise, ...ends });
    return promise.finally(() => this.#waiting -= length);
  }

  async #serve(requests: readonly Waiting[]): Promise<void> {
    const batch = requests.filter((request) => {
      const lane = this.#taken.get(request.topic);
      lane?.add(request);
      return lane === undefined;
    });
    if (batch.length === 0) return;
    const byTopic = groupByTopic(batch);
    const topics = [...byTopic.keys()];
    try {
      const rows = await this.#run("quick", topics, batch);
      const byPlace = new Map(rows.map((row) => [row[0], row]));
      for (const [index, topic] of topics.entries()) {
        const publications = byTopic.get(topic)!;
        const row = byPlace.get(index + 1);
        if (row !== undefined && row[1] === null) {
          this.#wait(topic, publications);
        } else settle(publications, row);
      }
    } catch (error) {
      const isRetried = RETRIED.test(codeOf(error));
      for (const [topic, publications] of byTopic) {
        if (isRetried) this.#wait(topic, publications);
        else refuse(publications, error);
      }
    }
  }

  /** Gives a channel a lane of its own. */
  #wait(topic: string, publications: readonly Waiting[]): void {
    const lane = new Lane<Waiting>({
      clock: this.#deps.clock,
      measure,
      serve: (batch) => this.#serveAlone(topic, batch),
      onEmpty: () => this.#taken.delete(topic),
    });
    this.#taken.set(topic, lane);
    for (const publication of publications) lane.add(publication);
    lane.flush();
  }

  async #serveAlone(topic: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const [row] = await this.#run("wait", [topic], batch);
      settle(batch, row);
    } catch (error) {
      refuse(batch, error);
    }
  }

  #run(
    mode: "quick" | "wait",
    topics: readonly string[],
    batch: readonly Waiting[],
  ): Promise<readonly Row[]> {
    const places = new Map(topics.map((topic, index) => [topic, index + 1]));
    const column = (read: (waiting: Waiting) => Value) =>
      toArray(batch.map(read));
    const parameters = [
      mode,
      toArray(topics),
      column(({ topic }) => places.get(topic)!),
      column(({ entry }) => entry.form),
      column(({ entry }) => entry.data),
      column(({ entry }) => entry.info),
      column(({ entry }) => entry.tags),
      column(({ key }) => key),
      column(({ size }) => size),
      column(({ ttlMs }) => ttlMs),
      column(({ version }) => version),
      column(({ after }) => after),
    ];
    const { link } = this.#deps;
    return mode === "quick"
      ? link.publish(PUBLISH, parameters)
      : link.run(PUBLISH, parameters);
  }
}

/** Node 20 does not have `Map.groupBy`. */
function groupByTopic(
  batch: readonly Waiting[],
): ReadonlyMap<string, readonly Waiting[]> {
  const groups = new Map<string, Waiting[]>();
  for (const publication of batch) {
    const group = groups.get(publication.topic);
    if (group === undefined) groups.set(publication.topic, [publication]);
    else group.push(publication);
  }
  return groups;
}

function boundsOf(
  { type, skipHistory, history }: PublishRequest,
): Pick<Waiting, "size" | "ttlMs"> {
  const isPublication = type === undefined || type === "publication";
  if (!isPublication || skipHistory) return { size: -1, ttlMs: 0 };
  const size = Math.min(Math.floor(history?.size ?? 0), MAX_SIZE);
  const ttlMs = Math.min(Math.ceil(history?.ttlMs ?? 0), MAX_TTL_MS);
  return size >= 1 && ttlMs > 0 ? { size, ttlMs } : { size: 0, ttlMs: 0 };
}

/** Conditions of a publication without any. */
const UNCONDITIONAL = { key: null, version: null, after: null } as const;

function conditionsOf(
  { idempotencyKey: key, version, after }: PublishRequest,
): Pick<Waiting, keyof typeof UNCONDITIONAL> {
  return {
    key: key === undefined ? null : escapeName(key),
    version: version === undefined
      ? null
      : `${version.number} ${escapeName(version.epoch)}`,
    after: after === undefined
      ? null
      : `${after.offset} ${escapeName(after.epoch)}`,
  };
}

/** Number of publications for one statement: one with a condition is the first of its channel in it. */
function measure(requests: readonly Waiting[]): number {
  const topics = new Set<string>();
  let length = 0;
  for (const [index, request] of requests.entries()) {
    const { topic, key, version, after } = request;
    const isConditional = key !== null || version !== null || after !== null;
    const isFull = index === MAX_PUBLICATIONS ||
      (index > 0 && length + request.length > MAX_LENGTH) ||
      (isConditional && topics.has(topic));
    if (isFull) return index;
    topics.add(topic);
    length += request.length;
  }
  return requests.length;
}

/** Marks of publications that were not published; see `PUBLISH_FUNCTIONS`. */
const MARKS = /^[!-]/;

/**
 * Resolves each publish with its position. Without a row the channel has no stream and
 * no subscriber, which is so only if nothing was to be kept.
 */
function settle(publications: readonly Waiting[], row: Row | undefined): void {
  const [, epoch, offsets, receivers] = row ?? [0, "", "", 0];
  const texts = row === undefined ? [] : String(offsets).split(" ");
  for (const [index, publication] of publications.entries()) {
    const { size, key, after, resolve, reject } = publication;
    const isAbsent = row === undefined && size <= 0 && key === null;
    const text = isAbsent ? "0" : texts[index] ?? "";
    const isPublished = !MARKS.test(text);
    const offset = text === "" ? NaN : Number(text.replace(MARKS, ""));
    const conflict = text.startsWith("!");
    if (!Number.isSafeInteger(offset) || (conflict && after === null)) {
      const expected = `Cannot read positions: expected ${publications.length}`;
      reject(new SyntaxError(`${expected}, but got "${offsets}"`));
      continue;
    }
    resolve({
      offset,
      epoch: offset === 0 && isPublished ? "" : String(epoch),
      receivers: isPublished ? Number(receivers) : 0,
      conflict,
    });
  }
}

function refuse(publications: readonly Waiting[], error: unknown): void {
  for (const { reject } of publications) reject(error);
}
