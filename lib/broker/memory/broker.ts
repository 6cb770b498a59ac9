/** The broker of a single node, in memory. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import {
  isSamePosition,
  type Publication,
  type StreamPosition,
} from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import { Stream } from "../stream.ts";
import { HistoryBytes } from "./history_bytes.ts";
import { Idempotency } from "./idempotency.ts";
import { LruMap } from "../lru_map.ts";
import {
  type Broker,
  type BrokerNode,
  type HistoryQuery,
  type HistoryResult,
  POSITION_TTL_MS,
  type Published,
  type PublishRequest,
  type RecoverQuery,
} from "../types.ts";
import { isSuperseded, type StateVersion } from "../version.ts";

/** State of a channel with subscribers, or with a position to keep. */
interface ChannelState {
  readonly stream: Stream<Publication>;
  subscribed: boolean;
  /** True if a client may come back to a position of this stream. */
  lasting: boolean;
  /** Newest version of a publication in the stream. */
  version: StateVersion | undefined;
}

const UNDELIVERED: Published = { offset: 0, epoch: "", delivered: false };
const SWEEP_MS = 30_000;
/** Maximum number of idempotency keys; the newest are kept. */
const MAX_KEYS = 250_000;
const DEFAULT_MAX_IDLE = 100_000;

/** Options of a memory broker. */
export interface MemoryBrokerOptions {
  readonly random: Random;
  readonly clock: Clock;
  /**
   * Maximum number of channels without a subscriber whose position is kept: this many with
   * publications, and as many without. If there are more, the least recently used are
   * dropped with their history. A channel takes about 500 bytes besides its history; without
   * publications 150.
   * @default {100_000}
   */
  readonly maxIdle?: number;
  /**
   * Bytes of all histories together, as {@linkcode HistoryBytes} counts them. Above
   * that, those are dropped that were not used for the longest time.
   * @default {268_435_456}
   */
  readonly maxHistoryBytes?: number;
}

/** Numbers of the objects in memory. */
export interface MemoryUse {
  /** Streams with a subscriber, a history, or a position that a client may come back to. */
  readonly streams: number;
  /** Epochs of streams that have begun and have no publication. */
  readonly beginnings: number;
  /** Idempotency keys. */
  readonly keys: number;
}

/**
 * Keeps every channel's stream in memory; the order of a channel is the order of the
 * calls. A stream that has no history, and whose position no client has asked for, is
 * dropped with its last subscriber; the others are dropped a day after their last use,
 * or when there are too many. After that the channel has another epoch, so that a
 * returning client is notified that it may have missed something.
 */
export class MemoryBroker implements Broker {
  readonly node: string;
  readonly ready = true;
  readonly mode = "memory";
  readonly #states = new Map<string, ChannelState>();
  /** Those of them that have no subscriber. */
  readonly #idle: LruMap<ChannelState>;
  /** Epochs of streams without a publication, by channel: all that is needed to continue them. */
  readonly #beginnings: LruMap<string>;
  readonly #keys: Idempotency;
  readonly #historyBytes: HistoryBytes;
  readonly #random: Random;
  readonly #clock: Clock;
  #owner: BrokerNode | undefined;
  #stopSweeping: (() => void) | undefined;

  constructor(
    { random, clock, maxIdle = DEFAULT_MAX_IDLE, maxHistoryBytes }:
      MemoryBrokerOptions,
  ) {
    this.#historyBytes = new HistoryBytes(maxHistoryBytes);
    this.#random = random;
    this.#keys = new Idempotency(clock, MAX_KEYS);
    this.#idle = new LruMap(maxIdle);
    this.#beginnings = new LruMap(maxIdle);
    this.#clock = clock;
    this.node = random.uuid();
  }

  /** Numbers of the objects in memory now. */
  get use(): MemoryUse {
    return {
      streams: this.#states.size,
      beginnings: this.#beginnings.size,
      keys: this.#keys.size,
    };
  }

  /** Bytes of all histories, and the number of those that were shortened for it. */
  get histories(): Pick<HistoryBytes, "total" | "evictions"> {
    return this.#historyBytes;
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
    const state = this.#states.get(channel);
    if (state?.lasting) {
      state.subscribed = false;
      state.stream.use(this.#clock.now);
      this.#release(channel, state);
    } else this.#drop(channel);
    return Promise.resolve();
  }

  publish(request: PublishRequest): Published {
    return request.idempotencyKey === undefined
      ? this.#publish(request)
      : this.#keys.once(request, (request) => this.#publish(request));
  }

  position(channel: string): Promise<StreamPosition> {
    return Promise.resolve(this.#lasting(channel).position);
  }

  recover(
    channel: string,
    { since, mode, cap }: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const nowMs = this.#clock.now;
    const stream = this.#lasting(channel);
    return Promise.resolve(stream.recover(since, { mode, cap, nowMs }));
  }

  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const stream = this.#lasting(channel);
    return Promise.resolve(stream.read(query, this.#clock.now));
  }

  removeHistory(channel: string): Promise<void> {
    this.#states.get(channel)?.stream.clear();
    return Promise.resolve();
  }

  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    if (node !== undefined && node !== this.node) return [];
    return [await this.#owner?.answer(call)];
  }

  close(): Promise<void> {
    this.#stopSweeping?.();
    this.#states.clear();
    this.#idle.clear();
    this.#beginnings.clear();
    this.#keys.clear();
    return Promise.resolve();
  }

  #publish(request: PublishRequest): Published {
    const { channel, history, version, after, type = "publication" } = request;
    const known = this.#states.get(channel);
    if (type !== "publication" || request.skipHistory) {
      return this.#deliver(known, toPublication(request, 0, ""));
    }
    if (history === undefined && known === undefined) {
      // No position at the beginning is valid any more, so the next epoch is another.
      this.#beginnings.take(channel);
      return UNDELIVERED;
    }
    const state = known ?? this.#open(channel);
    const { stream } = state;
    if (history === undefined) {
      const offset = stream.advance();
      const publication = toPublication(request, offset, stream.epoch);
      return this.#deliver(state, publication);
    }
    state.lasting = true;
    const keeps = history.size >= 1 && history.ttlMs > 0;
    const isElsewhere = after !== undefined &&
      !isSamePosition(after, stream.position);
    if (keeps && isElsewhere) {
      this.#release(channel, state);
      return { ...stream.position, delivered: false, conflict: true };
    }
    if (keeps && version !== undefined) {
      if (isSuperseded(version, state.version)) {
        stream.use(this.#clock.now);
        return { ...stream.position, delivered: false };
      }
      state.version = version;
    }
    const publication = stream.append(
      ({ offset, epoch }) => toPublication(request, offset, epoch),
      { ...history, nowMs: this.#clock.now },
    );
    this.#release(channel, state);
    if (this.#historyBytes.isExceeded) {
      this.#historyBytes.evict(this.#states.values());
    }
    return this.#deliver(state, publication);
  }

  #deliver(
    state: ChannelState | undefined,
    publication: Publication,
  ): Published {
    const { offset, epoch } = publication;
    const delivered = state?.subscribed === true &&
      this.#owner?.deliver(publication) === true;
    return { offset, epoch, delivered };
  }

  #open(channel: string): ChannelState {
    const known = this.#states.get(channel);
    if (known !== undefined) return known;
    const begun = this.#beginnings.take(channel);
    const epoch = begun ?? this.#random.uuid().slice(0, 8);
    const stream = new Stream<Publication>({
      epoch,
      nowMs: this.#clock.now,
      size: this.#historyBytes,
    });
    // A client may know the position of a stream that has begun.
    const lasting = begun !== undefined;
    const version = undefined;
    const state = { stream, subscribed: false, lasting, version };
    this.#states.set(channel, state);
    return state;
  }

  /** Returns the stream of a channel and keeps it, because its position becomes known. */
  #lasting(channel: string): Stream<Publication> {
    const state = this.#open(channel);
    state.lasting = true;
    state.stream.use(this.#clock.now);
    this.#release(channel, state);
    return state.stream;
  }

  /** Keeps of a channel without a subscriber only what a client may come back to. */
  #release(channel: string, state: ChannelState): void {
    if (state.subscribed) return;
    const { offset, epoch } = state.stream.position;
    if (offset === 0) {
      this.#states.delete(channel);
      this.#beginnings.set(channel, epoch);
      return;
    }
    const dropped = this.#idle.set(channel, state);
    if (dropped !== undefined) this.#drop(dropped);
  }

  #drop(channel: string): void {
    // Its bytes are counted no more.
    this.#states.get(channel)?.stream.clear();
    this.#states.delete(channel);
  }

  /** Drops expired histories, streams and keys. */
  #sweep(): void {
    const { now } = this.#clock;
    for (const [channel, { stream, subscribed }] of this.#states) {
      stream.expire(now);
      if (!subscribed && stream.expiresAt(POSITION_TTL_MS) <= now) {
        this.#drop(channel);
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
