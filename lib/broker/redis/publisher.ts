/** Publisher to Redis: publications of one turn of the event loop are sent together. */

import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import type { Random } from "../../base/random.ts";
import {
  IDEMPOTENCY_MS,
  type Published,
  type PublishRequest,
} from "../types.ts";
import { encodeEntry } from "./codec.ts";
import { CONFLICT, PUBLISH, PUBLISH_SHARDED } from "./scripts.ts";
import { scriptHead, streamKeys } from "./stream.ts";
import type { Link } from "./types.ts";

/** Maximum number of publications in one script, because Redis serves no other client while it runs. */
const MAX_PUBLICATIONS = 256;
/** Maximum number of channels in one script: each takes longer than a publication more of the same. */
const MAX_CHANNELS = 64;
/** UTF-16 units in one script, above which the next publication goes into another. */
const MAX_LENGTH = 262_144;
/** Longest lifetime of a history: longer than any useful one, and short enough for the clock of Redis. */
const MAX_TTL_MS = 1e13;

/** Mode of publishing, and the bounds of the history. Publications of one script have the same. */
interface PublishMode {
  /** Store the publication (`keep`), give it only a position (`count`), or none (`none`). */
  readonly type: "keep" | "count" | "none";
  readonly size: number;
  readonly ttlMs: number;
  /** Number and epoch of the only publication's version; empty without one. */
  readonly version: string;
  /** Offset and epoch that the top must have for the only publication; empty for any. */
  readonly after: string;
}

/** Publications of one channel in one script, in their order. */
interface Batch {
  readonly channel: string;
  readonly script: Script;
  readonly entries: string[];
  readonly publishers: PromiseWithResolvers<Published>[];
}

/** Publications that one script publishes: of several channels of a partition, unless one has a key, a version or a condition. */
interface Script extends PublishMode {
  readonly partition: number;
  /** Its place among the scripts of this turn. */
  readonly index: number;
  /** Key of the only publication; `undefined` without a key. */
  readonly idempotencyKey: string | undefined;
  readonly batches: Batch[];
  publications: number;
  length: number;
}

/** Dependencies of a publisher. */
export interface PublisherDeps {
  readonly link: Link;
  readonly clock: Clock;
  readonly random: Random;
  /** Maximum number of UTF-16 units, about bytes, of publications that wait for Redis. */
  readonly maxWaitingBytes: number;
}

/** Publishes through scripts. Publications of one channel keep the order of the calls. */
export class Publisher {
  readonly #deps: PublisherDeps;
  /** Scripts to send at the end of the turn, in their order. */
  #scripts: Script[] = [];
  /** Newest batch of each channel among these. */
  readonly #newest = new Map<string, Batch>();
  /** Newest script of each partition and mode among these. */
  readonly #open = new Map<number, Script[]>();
  #waiting = 0;
  #stopSoon: (() => void) | undefined;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /** Publishes; rejects at once while Redis is away, or when too much waits for it. */
  publish(request: PublishRequest): Promise<Published> {
    if (!this.#deps.link.ready) {
      return Promise.reject(
        new BrokerAwayError("Cannot publish: Redis is away"),
      );
    }
    const entry = encodeEntry(request);
    const { maxWaitingBytes } = this.#deps;
    if (this.#waiting + entry.length > maxWaitingBytes) {
      const limit = `${this.#waiting} of ${maxWaitingBytes} bytes already wait`;
      return Promise.reject(new Error(`Cannot publish: ${limit} for Redis`));
    }
    this.#waiting += entry.length;
    const { script, entries, publishers } = this.#batchFor(request);
    const publisher = deferred<Published>();
    entries.push(entry);
    publishers.push(publisher);
    script.publications++;
    script.length += entry.length;
    this.#stopSoon ??= this.#deps.clock.soon(() => this.flush());
    return publisher.promise;
  }

  /** Sends the scripts that wait for the end of the turn. */
  flush(): void {
    this.#stopSoon?.();
    this.#stopSoon = undefined;
    const scripts = this.#scripts;
    this.#scripts = [];
    this.#open.clear();
    this.#newest.clear();
    for (const script of scripts) this.#send(script);
  }

  #batchFor(request: PublishRequest): Batch {
    const { channel, idempotencyKey } = request;
    const mode = modeOf(request);
    const known = this.#newest.get(channel);
    const isJoined = known !== undefined && !isAlone(mode, idempotencyKey) &&
      hasRoom(known.script) && isSame(known.script, mode);
    if (isJoined) return known;
    const script = this.#scriptFor(request, mode, known?.script.index);
    const batch: Batch = { channel, script, entries: [], publishers: [] };
    script.batches.push(batch);
    this.#newest.set(channel, batch);
    return batch;
  }

  /** The script for a channel's next batch, after the script `after` of its last one. */
  #scriptFor(
    { channel, idempotencyKey }: PublishRequest,
    mode: PublishMode,
    after = -1,
  ): Script {
    const partition = this.#deps.link.names.partitionOf(channel);
    const scripts = this.#open.get(partition) ?? [];
    const place = scripts.findIndex((script) => isSame(script, mode));
    const open = scripts[place];
    const isOpen = open !== undefined && !isAlone(mode, idempotencyKey) &&
      open.index > after && hasRoom(open) && open.batches.length < MAX_CHANNELS;
    if (isOpen) return open;
    const script: Script = {
      ...mode,
      partition,
      index: this.#scripts.length,
      idempotencyKey,
      batches: [],
      publications: 0,
      length: 0,
    };
    this.#scripts.push(script);
    if (!isAlone(mode, idempotencyKey)) {
      if (open !== undefined) scripts.splice(place, 1);
      scripts.push(script);
      this.#open.set(partition, scripts);
    }
    return script;
  }

  async #send(script: Script): Promise<void> {
    const { batches } = script;
    try {
      const reply = await this.#run(script);
      if (!Array.isArray(reply) || reply.length !== batches.length) {
        throw new SyntaxError(
          `Cannot read positions: expected ${batches.length}, but got "${reply}"`,
        );
      }
      for (const [index, batch] of batches.entries()) {
        settle(batch, String(reply[index]));
      }
    } catch (error) {
      for (const batch of batches) refuse(batch, error);
    } finally {
      this.#waiting -= script.length;
    }
  }

  #run(
    { type, size, ttlMs, version, after, ...script }: Script,
  ): Promise<unknown> {
    const { link, random } = this.#deps;
    const { names } = link;
    const args = scriptHead(random);
    args.push(type, String(size), String(ttlMs), String(IDEMPOTENCY_MS));
    args.push(version, after);
    const keys: string[] = [];
    for (const { channel, entries } of script.batches) {
      keys.push(...streamKeys(names, channel));
      args.push(names.topicOf(channel), String(entries.length), ...entries);
    }
    const { batches: [first], idempotencyKey } = script;
    if (first !== undefined && idempotencyKey !== undefined) {
      keys.push(names.keyOf(first.channel, `key:${idempotencyKey}`));
    }
    const order = script.batches.map(({ channel }) => channel);
    const text = link.isCluster ? PUBLISH_SHARDED : PUBLISH;
    return link.run({ script: text, keys, args, order });
  }
}

function modeOf(
  { type, skipHistory, history, version, after }: PublishRequest,
): PublishMode {
  const isPublication = type === undefined || type === "publication";
  const nothing = { size: 0, ttlMs: 0, version: "", after: "" };
  if (!isPublication || skipHistory) return { type: "none", ...nothing };
  const size = Math.floor(history?.size ?? 0);
  const ttlMs = Math.min(Math.ceil(history?.ttlMs ?? 0), MAX_TTL_MS);
  const isStored = size >= 1 && ttlMs > 0;
  if (!isStored) return { type: "count", ...nothing };
  return {
    ...{ type: "keep", size, ttlMs },
    version: version === undefined ? "" : `${version.number} ${version.epoch}`,
    after: after === undefined ? "" : `${after.offset} ${after.epoch}`,
  };
}

/** True for a publication that shares its script with no other: it may be one that is not published. */
function isAlone(
  { version, after }: PublishMode,
  idempotencyKey?: string,
): boolean {
  return version !== "" || after !== "" || idempotencyKey !== undefined;
}

function isSame(one: PublishMode, other: PublishMode): boolean {
  return one.type === other.type && one.size === other.size &&
    one.ttlMs === other.ttlMs;
}

function hasRoom(script: Script): boolean {
  return !isAlone(script, script.idempotencyKey) &&
    script.publications < MAX_PUBLICATIONS && script.length < MAX_LENGTH;
}

/** Resolves each publish with its position, or rejects it; `reply` is the script's about the channel. */
function settle(batch: Batch, reply: string): void {
  if (reply.startsWith("!")) return refuse(batch, new Error(reply.slice(1)));
  const [receivers, offset, epoch = ""] = reply.split(" ");
  const delivered = Number(receivers) > 0;
  const conflict = receivers === CONFLICT;
  const first = Number(offset);
  if (!Number.isSafeInteger(first)) {
    const error = new SyntaxError(
      `Cannot read a position: expected receivers, offset and epoch, but got "${reply}"`,
    );
    return refuse(batch, error);
  }
  for (const [index, { resolve }] of batch.publishers.entries()) {
    const offset = first === 0 ? 0 : first + index;
    const published = { offset, epoch, delivered };
    resolve(conflict ? { ...published, conflict } : published);
  }
}

function refuse({ publishers }: Batch, error: unknown): void {
  for (const { reject } of publishers) reject(error);
}
