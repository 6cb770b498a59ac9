/** Trimmer of histories: a stream keeps more of a channel than its policy, until a node that publishes removes it. */

import type { Clock } from "../../base/clock.ts";
import type { HistoryPolicy } from "../types.ts";
import { LruMap } from "../lru_map.ts";
import type { NatsStore } from "./store.ts";

/** Channels whose histories are remembered; those of others end with the age of their messages. */
const MAX_CHANNELS = 100_000;
/** Publications between two trims of a channel, at least. */
const TRIM_EVERY = 64;
const SWEEP_MS = 30_000;
const MAKE_ROOM_EVERY_MS = 500;
/** Histories that are removed in one sweep at most, one after the other. */
const MAX_SWEPT = 1_000;

interface Trimmed {
  /** Publications since it was trimmed. */
  count: number;
  /** Publications of its history. */
  readonly size: number;
  /** The newest publication of this node. */
  seq: number;
  /** Time at which the history has expired, unless another node has published later. */
  expiresAt: number;
}

/** Dependencies of {@linkcode Trimmer}. */
export interface TrimmerDeps {
  readonly store: NatsStore;
  readonly clock: Clock;
}

/** Removes what no history has any more. The newest message of a channel stays, for it has the position. */
export class Trimmer {
  readonly #deps: TrimmerDeps;
  readonly #channels = new LruMap<Trimmed>(MAX_CHANNELS);
  #stopSweeping: (() => void) | undefined;
  #isSweeping = false;
  /** Time from which the next refusal makes room. */
  #makesRoomFrom = -Infinity;

  /** Uses the streams of a hub. */
  constructor(deps: TrimmerDeps) {
    this.#deps = deps;
  }

  /** Begins to remove what has expired. */
  start(): void {
    this.#stopSweeping = this.#deps.clock.every(
      SWEEP_MS,
      () => void this.#sweep(),
    );
  }

  /** Ends what would keep the process alive. */
  stop(): void {
    this.#stopSweeping?.();
  }

  /** Notes a publication of this node, and trims the channel once in a while. */
  note(
    channel: string,
    seq: number,
    policy: HistoryPolicy | undefined,
  ): void {
    const { clock } = this.#deps;
    const { size = 0, ttlMs = 0 } = policy ?? {};
    const known = this.#channels.take(channel);
    const count = (known?.count ?? 0) + 1;
    const isDue = count >= Math.max(TRIM_EVERY, size / 8);
    const expiresAt = clock.now + ttlMs;
    const left = isDue ? 0 : count;
    this.#channels.set(channel, { count: left, size, seq, expiresAt });
    // With the one before the oldest, so that a client that has it recovers.
    if (isDue) this.#trim(channel, size + 1);
  }

  /**
   * Trims what may be longer than its history, because the store is full: the channel of a
   * publication that it has refused, and those that this node has published to.
   */
  async makeRoom(
    channel: string,
    policy: HistoryPolicy | undefined,
  ): Promise<void> {
    const { clock, store } = this.#deps;
    if (clock.now < this.#makesRoomFrom) return;
    this.#makesRoomFrom = Infinity;
    await this.#trim(channel, (policy?.size ?? 0) + 1);
    for (const [channel, trimmed] of this.#channels.entries()) {
      if (!store.link.ready) break;
      if (trimmed.count === 0) continue;
      trimmed.count = 0;
      await this.#trim(channel, trimmed.size + 1);
    }
    this.#makesRoomFrom = clock.now + MAKE_ROOM_EVERY_MS;
  }

  async #trim(channel: string, keep: number): Promise<void> {
    const { jetStream, subjects, link, isRefusing } = this.#deps.store;
    const subject = subjects.stored(channel);
    try {
      if (isRefusing) {
        await jetStream.removeEach(subjects.stream, subject, keep);
      } else await jetStream.purge(subjects.stream, subject, keep);
    } catch (error) {
      // It is trimmed later, or ends with its age.
      if (link.ready) link.report(error, "upkeep");
    }
  }

  /** Removes the histories that have expired; whether another node has published is seen by the newest message. */
  async #sweep(): Promise<void> {
    const { store, clock } = this.#deps;
    const { jetStream, subjects, link } = store;
    if (this.#isSweeping || !link.ready) return;
    this.#isSweeping = true;
    try {
      let swept = 0;
      for (const [channel, { seq, expiresAt }] of this.#channels.entries()) {
        if (expiresAt > clock.now) continue;
        if (++swept > MAX_SWEPT) break;
        this.#channels.take(channel);
        const subject = subjects.stored(channel);
        const top = await jetStream.get(subjects.stream, subject);
        if (top?.seq === seq) await this.#trim(channel, 1);
      }
    } catch (error) {
      if (link.ready) link.report(error, "upkeep");
    } finally {
      this.#isSweeping = false;
    }
  }
}
