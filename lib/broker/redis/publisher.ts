/** Drafts on their way to Redis: those of one turn of the event loop travel together. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import {
  IDEMPOTENCY_MS,
  type Published,
  type PublishRequest,
} from "../types.ts";
import { encodeEntry } from "./codec.ts";
import type { RedisLink } from "./link.ts";
import { PUBLISH } from "./scripts.ts";
import { scriptHead } from "./stream.ts";

/** Drafts in one script at most: others wait while Redis runs it. */
const MAX_BATCH = 256;
/** UTF-16 units in one script, above which the next draft goes into another. */
const MAX_BATCH_LENGTH = 262_144;
/** Longer than anybody keeps anything, and short enough for Redis to add to its clock. */
const MAX_TTL_MS = 1e13;

/** Where drafts go, and how long they stay there. Equal ones share a script. */
interface Place {
  /** With a place and kept, with a place alone, or without one. */
  readonly type: "keep" | "count" | "none";
  readonly size: number;
  readonly ttlMs: number;
}

/** Drafts of one channel that one script publishes, in their order. */
interface Batch extends Place {
  readonly channel: string;
  /** With it, the batch has one draft. */
  readonly idempotencyKey: string | undefined;
  readonly entries: string[];
  readonly publishers: PromiseWithResolvers<Published>[];
  length: number;
}

/** What a publisher works with. */
export interface PublisherDeps {
  readonly link: RedisLink;
  readonly clock: Clock;
  readonly random: Random;
  /** UTF-16 units, about bytes, of publications that may wait for Redis at once. */
  readonly maxWaitingBytes: number;
}

/** Puts drafts in their places. Those of one channel keep the order of the calls. */
export class Publisher {
  readonly #deps: PublisherDeps;
  /** What goes when the turn is over, in its order. */
  #batches: Batch[] = [];
  /** The newest batch of each channel among them. */
  readonly #open = new Map<string, Batch>();
  #waiting = 0;
  #stopSoon: (() => void) | undefined;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /** Resolves when Redis has published the draft, or said why not. */
  publish(request: PublishRequest): Promise<Published> {
    if (!this.#deps.link.ready) {
      return Promise.reject(new Error("Cannot publish: Redis is away"));
    }
    const entry = encodeEntry(request);
    if (this.#waiting + entry.length > this.#deps.maxWaitingBytes) {
      const reason = `${this.#waiting} bytes wait for Redis already`;
      return Promise.reject(new Error(`Cannot publish: ${reason}`));
    }
    this.#waiting += entry.length;
    const batch = this.#batchFor(request);
    const publisher = Promise.withResolvers<Published>();
    batch.entries.push(entry);
    batch.publishers.push(publisher);
    batch.length += entry.length;
    this.#stopSoon ??= this.#deps.clock.soon(() => this.flush());
    return publisher.promise;
  }

  /** Sends what waits for the end of the turn. */
  flush(): void {
    this.#stopSoon?.();
    this.#stopSoon = undefined;
    const batches = this.#batches;
    this.#batches = [];
    this.#open.clear();
    for (const batch of batches) this.#send(batch);
  }

  #batchFor(request: PublishRequest): Batch {
    const { channel, idempotencyKey } = request;
    const place = placeOf(request);
    const known = this.#open.get(channel);
    if (known !== undefined && idempotencyKey === undefined) {
      if (hasRoom(known) && isSame(known, place)) return known;
    }
    const batch: Batch = {
      ...place,
      channel,
      idempotencyKey,
      entries: [],
      publishers: [],
      length: 0,
    };
    this.#open.set(channel, batch);
    this.#batches.push(batch);
    return batch;
  }

  async #send(batch: Batch): Promise<void> {
    try {
      const reply = await this.#run(batch);
      settle(batch, String(reply));
    } catch (error) {
      for (const { reject } of batch.publishers) reject(error);
    } finally {
      this.#waiting -= batch.length;
    }
  }

  #run({ channel, type, size, ttlMs, ...batch }: Batch): Promise<unknown> {
    const { link } = this.#deps;
    const { keys, args } = scriptHead(this.#deps, channel);
    const { idempotencyKey } = batch;
    if (idempotencyKey !== undefined) {
      keys.push(link.keyOf(channel, `key:${idempotencyKey}`));
    }
    args.push(link.topicOf(channel), type, String(size), String(ttlMs));
    args.push(String(IDEMPOTENCY_MS), ...batch.entries);
    return link.run(PUBLISH, keys, args);
  }
}

function placeOf({ type, skipHistory, history }: PublishRequest): Place {
  const isPublication = type === undefined || type === "publication";
  if (!isPublication || skipHistory) return { type: "none", size: 0, ttlMs: 0 };
  const size = Math.floor(history?.size ?? 0);
  const ttlMs = Math.min(Math.ceil(history?.ttlMs ?? 0), MAX_TTL_MS);
  const isKept = size >= 1 && ttlMs > 0;
  return isKept
    ? { type: "keep", size, ttlMs }
    : { type: "count", size: 0, ttlMs: 0 };
}

function isSame(batch: Batch, place: Place): boolean {
  return batch.type === place.type && batch.size === place.size &&
    batch.ttlMs === place.ttlMs;
}

function hasRoom({ idempotencyKey, entries, length }: Batch): boolean {
  return idempotencyKey === undefined && entries.length < MAX_BATCH &&
    length < MAX_BATCH_LENGTH;
}

/** Tells each publisher its position; `reply` is what the script returns. */
function settle({ publishers }: Batch, reply: string): void {
  const [receivers, offset, epoch = ""] = reply.split(" ");
  const delivered = Number(receivers) > 0;
  const first = Number(offset);
  if (!Number.isSafeInteger(first)) {
    throw new SyntaxError("Cannot read what was published: the answer is odd");
  }
  for (const [index, { resolve }] of publishers.entries()) {
    resolve({ offset: first === 0 ? 0 : first + index, epoch, delivered });
  }
}
