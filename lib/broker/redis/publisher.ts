/** Publisher to Redis: publications of one turn of the event loop are sent together. */

import { deferred } from "../../base/deferred.ts";
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

/** Maximum number of publications in one script, because Redis serves no other client while it runs. */
const MAX_BATCH = 256;
/** UTF-16 units in one script, above which the next publication goes into another. */
const MAX_BATCH_LENGTH = 262_144;
/** Longest lifetime of a history: longer than any useful one, and short enough for the clock of Redis. */
const MAX_TTL_MS = 1e13;

/** Mode of publishing, and the bounds of the history. Publications of one script have the same. */
interface PublishMode {
  /** Store the publication (`keep`), give it only a position (`count`), or none (`none`). */
  readonly type: "keep" | "count" | "none";
  readonly size: number;
  readonly ttlMs: number;
}

/** Publications of one channel that one script publishes, in their order. */
interface Batch extends PublishMode {
  readonly channel: string;
  /** Key of the only publication of a batch; `undefined` without a key. */
  readonly idempotencyKey: string | undefined;
  readonly entries: string[];
  readonly publishers: PromiseWithResolvers<Published>[];
  length: number;
}

/** Dependencies of a publisher. */
export interface PublisherDeps {
  readonly link: RedisLink;
  readonly clock: Clock;
  readonly random: Random;
  /** Maximum number of UTF-16 units, about bytes, of publications that wait for Redis. */
  readonly maxWaitingBytes: number;
}

/** Publishes through scripts. Publications of one channel keep the order of the calls. */
export class Publisher {
  readonly #deps: PublisherDeps;
  /** Batches to send at the end of the turn, in their order. */
  #batches: Batch[] = [];
  /** Newest of these batches, by channel. */
  readonly #open = new Map<string, Batch>();
  #waiting = 0;
  #stopSoon: (() => void) | undefined;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /** Publishes; rejects at once while Redis is away, or when too much waits for it. */
  publish(request: PublishRequest): Promise<Published> {
    if (!this.#deps.link.ready) {
      return Promise.reject(new Error("Cannot publish: Redis is away"));
    }
    const entry = encodeEntry(request);
    const { maxWaitingBytes } = this.#deps;
    if (this.#waiting + entry.length > maxWaitingBytes) {
      const limit = `${this.#waiting} of ${maxWaitingBytes} bytes already wait`;
      return Promise.reject(new Error(`Cannot publish: ${limit} for Redis`));
    }
    this.#waiting += entry.length;
    const batch = this.#batchFor(request);
    const publisher = deferred<Published>();
    batch.entries.push(entry);
    batch.publishers.push(publisher);
    batch.length += entry.length;
    this.#stopSoon ??= this.#deps.clock.soon(() => this.flush());
    return publisher.promise;
  }

  /** Sends the batches that wait for the end of the turn. */
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
    const mode = modeOf(request);
    const known = this.#open.get(channel);
    if (known !== undefined && idempotencyKey === undefined) {
      if (hasRoom(known) && isSame(known, mode)) return known;
    }
    const batch: Batch = {
      ...mode,
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
    return link.run({ script: PUBLISH, keys, args, order: keys[0] });
  }
}

function modeOf({ type, skipHistory, history }: PublishRequest): PublishMode {
  const isPublication = type === undefined || type === "publication";
  if (!isPublication || skipHistory) return { type: "none", size: 0, ttlMs: 0 };
  const size = Math.floor(history?.size ?? 0);
  const ttlMs = Math.min(Math.ceil(history?.ttlMs ?? 0), MAX_TTL_MS);
  const isStored = size >= 1 && ttlMs > 0;
  return isStored
    ? { type: "keep", size, ttlMs }
    : { type: "count", size: 0, ttlMs: 0 };
}

function isSame(batch: Batch, mode: PublishMode): boolean {
  return batch.type === mode.type && batch.size === mode.size &&
    batch.ttlMs === mode.ttlMs;
}

function hasRoom({ idempotencyKey, entries, length }: Batch): boolean {
  return idempotencyKey === undefined && entries.length < MAX_BATCH &&
    length < MAX_BATCH_LENGTH;
}

/** Resolves each publish with its position; `reply` is the result of the script. */
function settle({ publishers }: Batch, reply: string): void {
  const [receivers, offset, epoch = ""] = reply.split(" ");
  const delivered = Number(receivers) > 0;
  const first = Number(offset);
  if (!Number.isSafeInteger(first)) {
    throw new SyntaxError(
      `Cannot read a position: expected receivers, offset and epoch, but got "${reply}"`,
    );
  }
  for (const [index, { resolve }] of publishers.entries()) {
    resolve({ offset: first === 0 ? 0 : first + index, epoch, delivered });
  }
}
