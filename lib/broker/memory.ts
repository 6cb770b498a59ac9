/** The broker of a single node: the order of a channel is the order of the calls. */

import type { Chance, Clock } from "../clock.ts";
import type { Publication, StreamPosition } from "../publication.ts";
import type { Recovery } from "../recovery.ts";
import { Stream } from "./history.ts";
import {
  type Broker,
  type BrokerNode,
  type Draft,
  type HistoryQuery,
  type HistoryResult,
  IDEMPOTENCY_MS,
  type Keep,
  POSITION_TTL_MS,
  type Published,
  type RecoverQuery,
} from "./types.ts";

/** What is known of a channel that has subscribers, or a position worth keeping. */
interface Entry {
  readonly stream: Stream<Publication>;
  subscribed: boolean;
  /** Whether somebody may come back to this stream's position. */
  lasting: boolean;
}

interface Remembered {
  readonly published: Published;
  /** On the scale of `Clock.now`. */
  readonly forgetAt: number;
}

const UNHEARD: Published = { offset: 0, epoch: "", heard: false };
const SWEEP_MS = 30_000;

/** What a memory broker is made of. */
export interface MemoryBrokerOptions {
  readonly chance: Chance;
  readonly clock: Clock;
}

/**
 * Keeps every channel's stream in memory. A stream that keeps no history, and whose
 * position nobody has asked for, is forgotten with the last subscriber; the others
 * a day after their last use. The channel's next life has another epoch.
 */
export class MemoryBroker implements Broker {
  readonly node: string;
  readonly ready = true;
  readonly #entries = new Map<string, Entry>();
  /** By channel and key, the oldest first. */
  readonly #remembered = new Map<string, Remembered>();
  readonly #chance: Chance;
  readonly #clock: Clock;
  #owner: BrokerNode | undefined;
  #stopSweeping: (() => void) | undefined;

  constructor({ chance, clock }: MemoryBrokerOptions) {
    this.#chance = chance;
    this.#clock = clock;
    this.node = chance.uuid();
  }

  start(node: BrokerNode): void {
    this.#owner = node;
    this.#stopSweeping = this.#clock.every(SWEEP_MS, () => this.#sweep());
  }

  subscribe(channel: string): void {
    this.#open(channel).subscribed = true;
  }

  unsubscribe(channel: string): Promise<void> {
    const entry = this.#entries.get(channel);
    if (entry?.lasting) {
      entry.subscribed = false;
      entry.stream.use(this.#clock.now);
    } else this.#entries.delete(channel);
    return Promise.resolve();
  }

  publish(draft: Draft): Published {
    const { channel, idempotencyKey } = draft;
    if (idempotencyKey === undefined) return this.#publish(draft);
    // No name has a line break, so no two pairs look the same.
    const key = `${channel}\n${idempotencyKey}`;
    const known = this.#remembered.get(key);
    const { now } = this.#clock;
    if (known !== undefined && known.forgetAt > now) return known.published;
    const published = this.#publish(draft);
    this.#remembered.delete(key);
    this.#remembered.set(key, { published, forgetAt: now + IDEMPOTENCY_MS });
    return published;
  }

  position(channel: string): Promise<StreamPosition> {
    return Promise.resolve(this.#openLasting(channel).stream.position);
  }

  recover(
    channel: string,
    { since, mode }: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const nowMs = this.#clock.now;
    const { stream } = this.#openLasting(channel);
    return Promise.resolve(stream.recover(since, { mode, nowMs }));
  }

  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const { stream } = this.#openLasting(channel);
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
    this.#remembered.clear();
    return Promise.resolve();
  }

  #publish(draft: Draft): Published {
    const { channel, keep, type = "publication" } = draft;
    const known = this.#entries.get(channel);
    if (type !== "publication" || draft.skipHistory) {
      return this.#deliver(known, toPublication(draft, 0, ""));
    }
    if (keep !== undefined) return this.#append(draft, keep);
    if (known === undefined) return UNHEARD;
    const { stream } = known;
    const offset = stream.advance();
    return this.#deliver(known, toPublication(draft, offset, stream.epoch));
  }

  #append(draft: Draft, keep: Keep): Published {
    const entry = this.#openLasting(draft.channel);
    const publication = entry.stream.append(
      ({ offset, epoch }) => toPublication(draft, offset, epoch),
      { ...keep, nowMs: this.#clock.now },
    );
    return this.#deliver(entry, publication);
  }

  #deliver(entry: Entry | undefined, publication: Publication): Published {
    const { offset, epoch } = publication;
    const heard = entry?.subscribed === true &&
      this.#owner?.deliver(publication) === true;
    return { offset, epoch, heard };
  }

  #open(channel: string): Entry {
    const known = this.#entries.get(channel);
    if (known !== undefined) return known;
    const epoch = this.#chance.uuid().slice(0, 8);
    const stream = new Stream<Publication>({ epoch, nowMs: this.#clock.now });
    const entry = { stream, subscribed: false, lasting: false };
    this.#entries.set(channel, entry);
    return entry;
  }

  #openLasting(channel: string): Entry {
    const entry = this.#open(channel);
    entry.lasting = true;
    return entry;
  }

  /** Drops what has expired and nobody reads. */
  #sweep(): void {
    const { now } = this.#clock;
    for (const [channel, { stream, subscribed }] of this.#entries) {
      stream.expire(now);
      if (!subscribed && stream.expiresAt(POSITION_TTL_MS) <= now) {
        this.#entries.delete(channel);
      }
    }
    for (const [key, { forgetAt }] of this.#remembered) {
      if (forgetAt > now) break;
      this.#remembered.delete(key);
    }
  }
}

function toPublication(
  { type = "publication", channel, payload, info, tags }: Draft,
  offset: number,
  epoch: string,
): Publication {
  return { type, channel, payload, info, tags, offset, epoch };
}
