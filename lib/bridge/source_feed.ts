/** A source at work: its records become publications, each acknowledged before it is committed. */

import type { Clock } from "../base/clock.ts";
import { ProtocolError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Payload } from "../base/publication.ts";
import type { Random } from "../base/random.ts";
import { ChannelTemplate } from "./channel_template.ts";
import { Pauses } from "./pauses.ts";
import { type BridgedTerms, payloadOf, termsOf } from "./record.ts";
import type { BridgeSource, SourceRecord } from "./types.ts";

/** A source, and what its records become. */
export interface SourceOptions {
  /** The message system. */
  readonly from: BridgeSource;
  /**
   * Channel of a record: a text such as `prices:{key}`, in which `{key}`, `{topic}` and
   * `{header.name}` stand for those of the record, or a function. A record without a
   * channel, which lacks one of them or for which the function returns `undefined`, is
   * passed over.
   */
  readonly channel: string | ((record: SourceRecord) => string | undefined);
  /**
   * Fate of a record that cannot be published, because the function for its channel
   * throws, its channel is unknown (102), or its data are invalid (107) or too large for
   * the broker (106): it is logged and skipped, or the source stops until the program is
   * started again. A failure that may pass, such as a broker that is away, is waited for
   * instead.
   * @default {"skip"}
   */
  readonly onPoison?: "skip" | "stop";
  /**
   * Attempts to publish a record until it counts as one that cannot be published.
   * @default {3}
   */
  readonly maxAttempts?: number;
}

/** Publishes what a source brings; throws or rejects as a hub's `publish` does. */
export type PublishBridged = (
  channel: string,
  payload: Payload,
  terms: BridgedTerms,
) => unknown;

/** Parts of a feed. */
export interface SourceFeedDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Ends a source for good. */
class PoisonError extends Error {
  override readonly name = "PoisonError";
}

/** A source that runs until it is closed. */
export class SourceFeed {
  readonly #options: Required<Omit<SourceOptions, "channel">>;
  readonly #channelOf: (record: SourceRecord) => string | undefined;
  readonly #deps: SourceFeedDeps;
  readonly #pauses: Pauses;
  readonly #ending = new AbortController();
  #publishRecord: PublishBridged | undefined;
  #running: Promise<void> | undefined;

  /** Makes a feed; {@linkcode start} begins it. */
  constructor(options: SourceOptions, deps: SourceFeedDeps) {
    const { from, channel, onPoison = "skip", maxAttempts = 3 } = options;
    this.#options = { from, onPoison, maxAttempts };
    const template = typeof channel === "string"
      ? new ChannelTemplate(channel)
      : undefined;
    this.#channelOf = typeof channel === "string"
      ? (record) => template?.channelOf(record)
      : channel;
    this.#deps = deps;
    this.#pauses = new Pauses(deps, this.#ending.signal);
  }

  /** Begins to read, and to publish what it reads. */
  start(publish: PublishBridged): void {
    this.#publishRecord = publish;
    this.#running = this.#run();
  }

  /** Stops, once the records that are under way are published or given up. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { from } = this.#options;
    const { log } = this.#deps;
    const { signal } = this.#ending;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await from.run(async (records) => {
          await this.#take(records);
          failures = 0;
        }, signal);
      } catch (error) {
        if (error instanceof PoisonError) {
          return log.error("source_stopped", { source: from.name, error });
        }
        if (!signal.aborted) {
          log.warn("source_failed", { source: from.name, error });
        }
      }
      await this.#pauses.wait(failures);
    }
  }

  /** Publishes records: those of one channel one after the other, different channels side by side. */
  async #take(records: readonly SourceRecord[]): Promise<void> {
    const lanes = new Map<string, SourceRecord[]>();
    for (const record of records) {
      const channel = this.#findChannel(record);
      if (channel === undefined) continue;
      const lane = lanes.get(channel);
      if (lane === undefined) lanes.set(channel, [record]);
      else lane.push(record);
    }
    const published = Array.from(lanes, async ([channel, lane]) => {
      for (const record of lane) await this.#publish(channel, record);
    });
    // Nothing goes on behind the caller's back: it may commit, or read the records again.
    const failed = (await Promise.allSettled(published))
      .find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  /** Channel of a record; `undefined` if it is passed over or given up. */
  #findChannel(record: SourceRecord): string | undefined {
    const { from: { name: source } } = this.#options;
    const { id } = record;
    try {
      const channel = this.#channelOf(record);
      if (channel === undefined) {
        this.#deps.log.debug("record_passed_over", { source, record: id });
      }
      return channel;
    } catch (error) {
      const what = `Cannot tell the channel of the record ${id}`;
      this.#giveUp(what, { source, record: id, error });
    }
  }

  /**
   * Skips a record.
   *
   * @throws {PoisonError} If the source is to stop instead.
   */
  #giveUp(what: string, fields: Record<string, unknown>): void {
    if (this.#options.onPoison === "stop") {
      throw new PoisonError(what, { cause: fields.error });
    }
    this.#deps.log.error("record_skipped", fields);
  }

  async #publish(channel: string, record: SourceRecord): Promise<void> {
    const { from: { name: source }, maxAttempts } = this.#options;
    const { id } = record;
    const payload = payloadOf(record);
    const terms = termsOf(record);
    let attempts = 0;
    for (let failures = 0;; failures++) {
      this.#ending.signal.throwIfAborted();
      try {
        await this.#publishRecord?.(channel, payload, terms);
        return;
      } catch (error) {
        const isLasting = error instanceof ProtocolError && !error.temporary;
        const fields = { source, record: id, channel, error };
        if (isLasting && ++attempts >= maxAttempts) {
          const what = `Cannot publish the record ${id} to ${channel}`;
          return this.#giveUp(what, fields);
        }
        this.#deps.log.debug("record_delayed", fields);
      }
      await this.#pauses.wait(failures);
    }
  }
}
