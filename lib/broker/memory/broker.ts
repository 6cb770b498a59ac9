/** The broker of a single node: the order of a channel is the order of the calls. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import { Stream } from "../stream.ts";
import { Idempotency } from "./idempotency.ts";
import { LruMap } from "./lru_map.ts";
import {
  type Broker,
  type BrokerNode,
  type HistoryPolicy,
  type HistoryQuery,
  type HistoryResult,
  POSITION_TTL_MS,
  type Published,
  type PublishRequest,
  type RecoverQuery,
} from "../types.ts";

/** What is known of a channel that has subscribers, or a position worth keeping. */
interface Entry {
  readonly stream: Stream<Publication>;
  subscribed: boolean;
  /** Whether somebody may come back to this stream's position. */
  lasting: boolean;
}

const UNHEARD: Published = { offset: 0, epoch: "", delivered: false };
const SWEEP_MS = 30_000;
/** Idempotency keys that are remembered at most, the newest. */
const MAX_KEYS = 250_000;
const DEFAULT_MAX_IDLE = 100_000;

/** What a memory broker is made of. */
export interface MemoryBrokerOptions {
  readonly random: Random;
  readonly clock: Clock;
  /**
   * Channels without a subscriber whose position is remembered: so many in which
   * something was published, and so many in which nothing was. Above that those are
   * forgotten that nobody has used for longest, also with what they keep. One takes
   * about 500 bytes beside that; without publications, 150.
   * @default {100_000}
   */
  readonly maxIdle?: number;
}

/** What takes up memory. */
export interface MemoryUse {
  /** Streams with a subscriber, a history, or a position that somebody may come back to. */
  readonly streams: number;
  /** Epochs of streams that began, and in which nothing was published. */
  readonly beginnings: number;
  /** Idempotency keys. */
  readonly keys: number;
}

/**
 * Keeps every channel's stream in memory. A stream that keeps no history, and whose
 * position nobody has asked for, is forgotten with the last subscriber; the others
 * a day after their last use, or where there are too many. The channel's next life
 * has another epoch, so whoever comes back is told that it may have missed something.
 */
export class MemoryBroker implements Broker {
  readonly node: string;
  readonly ready = true;
  readonly mode = "memory";
  readonly #entries = new Map<string, Entry>();
  /** Of those, the ones without a subscriber. */
  readonly #idle: LruMap<Entry>;
  /** By channel, the epoch of a stream that is at its beginning: no more is needed to go on with it. */
  readonly #beginnings: LruMap<string>;
  readonly #keys: Idempotency;
  readonly #random: Random;
  readonly #clock: Clock;
  #owner: BrokerNode | undefined;
  #stopSweeping: (() => void) | undefined;

  constructor(
    { random, clock, maxIdle = DEFAULT_MAX_IDLE }: MemoryBrokerOptions,
  ) {
    this.#random = random;
    this.#keys = new Idempotency(clock, MAX_KEYS);
    this.#idle = new LruMap(maxIdle);
    this.#beginnings = new LruMap(maxIdle);
    this.#clock = clock;
    this.node = random.uuid();
  }

  /** What takes up memory now. */
  get use(): MemoryUse {
    return {
      streams: this.#entries.size,
      beginnings: this.#beginnings.size,
      keys: this.#keys.size,
    };
  }

  start(node: BrokerNode): void {
    this.#owner = node;
    this.#stopSweeping = this.#clock.every(SWEEP_MS, () => this.#sweep());
  }

  subscribe(channel: string): void {
    this.#open(channel).subscribed = true;
    this.#idle.take(channel);
  }

  unsubscribe(channel: string): Promise<void> {
    const entry = this.#entries.get(channel);
    if (entry?.lasting) {
      entry.subscribed = false;
      entry.stream.use(this.#clock.now);
      this.#rest(channel, entry);
    } else this.#entries.delete(channel);
    return Promise.resolve();
  }

  publish(request: PublishRequest): Published {
    return request.idempotencyKey === undefined
      ? this.#publish(request)
      : this.#keys.once(request, (request) => this.#publish(request));
  }

  position(channel: string): Promise<StreamPosition> {
    return Promise.resolve(this.#look(channel).position);
  }

  recover(
    channel: string,
    { since, mode, cap }: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const nowMs = this.#clock.now;
    const stream = this.#look(channel);
    return Promise.resolve(stream.recover(since, { mode, cap, nowMs }));
  }

  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const stream = this.#look(channel);
    return Promise.resolve(stream.read(query, this.#clock.now));
  }

  removeHistory(channel: string): Promise<void> {
    this.#entries.get(channel)?.stream.clear();
    return Promise.resolve();
  }

  async call(
    node: string | undefined,
    question: unknown,
  ): Promise<readonly unknown[]> {
    if (node !== undefined && node !== this.node) return [];
    return [await this.#owner?.answer(question)];
  }

  close(): Promise<void> {
    this.#stopSweeping?.();
    this.#entries.clear();
    this.#idle.clear();
    this.#beginnings.clear();
    this.#keys.clear();
    return Promise.resolve();
  }

  #publish(request: PublishRequest): Published {
    const { channel, history, type = "publication" } = request;
    const known = this.#entries.get(channel);
    if (type !== "publication" || request.skipHistory) {
      return this.#deliver(known, toPublication(request, 0, ""));
    }
    if (history !== undefined) return this.#append(request, history);
    if (known === undefined) {
      // Nobody is at the beginning any more, so the next life is another.
      this.#beginnings.take(channel);
      return UNHEARD;
    }
    const { stream } = known;
    const offset = stream.advance();
    return this.#deliver(known, toPublication(request, offset, stream.epoch));
  }

  #append(request: PublishRequest, history: HistoryPolicy): Published {
    const entry = this.#open(request.channel);
    entry.lasting = true;
    const publication = entry.stream.append(
      ({ offset, epoch }) => toPublication(request, offset, epoch),
      { ...history, nowMs: this.#clock.now },
    );
    this.#rest(request.channel, entry);
    return this.#deliver(entry, publication);
  }

  #deliver(entry: Entry | undefined, publication: Publication): Published {
    const { offset, epoch } = publication;
    const delivered = entry?.subscribed === true &&
      this.#owner?.deliver(publication) === true;
    return { offset, epoch, delivered };
  }

  #open(channel: string): Entry {
    const known = this.#entries.get(channel);
    if (known !== undefined) return known;
    const epoch = this.#beginnings.take(channel) ??
      this.#random.uuid().slice(0, 8);
    const stream = new Stream<Publication>({ epoch, nowMs: this.#clock.now });
    const entry = { stream, subscribed: false, lasting: false };
    this.#entries.set(channel, entry);
    return entry;
  }

  /** The stream of a channel, which lasts because somebody learns of it. */
  #look(channel: string): Stream<Publication> {
    const entry = this.#open(channel);
    entry.lasting = true;
    entry.stream.use(this.#clock.now);
    this.#rest(channel, entry);
    return entry.stream;
  }

  /** Of a channel without a subscriber no more is remembered than somebody may come back to. */
  #rest(channel: string, entry: Entry): void {
    if (entry.subscribed) return;
    const { offset, epoch } = entry.stream.position;
    if (offset === 0) {
      this.#entries.delete(channel);
      this.#beginnings.set(channel, epoch);
      return;
    }
    const forgotten = this.#idle.set(channel, entry);
    if (forgotten !== undefined) this.#entries.delete(forgotten);
  }

  /** Drops what has expired and nobody reads. */
  #sweep(): void {
    const { now } = this.#clock;
    for (const [channel, { stream, subscribed }] of this.#entries) {
      stream.expire(now);
      if (!subscribed && stream.expiresAt(POSITION_TTL_MS) <= now) {
        this.#entries.delete(channel);
        this.#idle.take(channel);
      }
    }
    this.#keys.sweep();
  }
}

function toPublication(
  { type = "publication", channel, payload, info, tags }: PublishRequest,
  offset: number,
  epoch: string,
): Publication {
  return { type, channel, payload, info, tags, offset, epoch };
}
