/** A source at work: its records become publications, each acknowledged before it is committed. */

import type { Clock } from "../base/clock.ts";
import { ProtocolError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { namesOf, requireKnown, shown, typeName } from "../base/options.ts";
import type { Payload } from "../base/publication.ts";
import type { Random } from "../base/random.ts";
import { requireNumbers } from "../limits/check_limits.ts";
import { ChannelTemplate } from "./channel_template.ts";
import { inTime } from "../base/in_time.ts";
import { Pauses } from "./pauses.ts";
import { type BridgedTerms, payloadOf, termsOf } from "./record.ts";
import {
  type BridgeSource,
  requireSystem,
  type SourceRecord,
  type TakeOptions,
} from "./types.ts";

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
   * Fate of a record that cannot be published, because the source says so, the function
   * for its channel throws, its channel is unknown (102), or its channel or data are invalid (107) or
   * too large for the broker (106): it is logged and skipped, or the source stops until
   * the program is started again. A failure that may pass, such as a broker that is away, is waited for
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

const SOURCE_OPTIONS = namesOf<SourceOptions>({
  from: true,
  channel: true,
  onPoison: true,
  maxAttempts: true,
});

const ACTION = "make a source of a bridge";

function requireSource(options: SourceOptions): void {
  requireKnown(ACTION, options, SOURCE_OPTIONS);
  const { from, channel, onPoison = "skip", maxAttempts } = options;
  requireSystem("source", from);
  if (typeof channel !== "string" && typeof channel !== "function") {
    throw new TypeError(
      `Cannot ${ACTION} with a channel of the type ${
        typeName(channel)
      }: expected a text such as prices:{key}, or a function`,
    );
  }
  if (onPoison !== "skip" && onPoison !== "stop") {
    throw new TypeError(
      `Cannot ${ACTION} with onPoison ${
        shown(onPoison)
      }: expected skip or stop`,
    );
  }
  requireNumbers(ACTION, { maxAttempts });
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

/** Milliseconds until a source is left to end by itself. */
const CLOSE_WITHIN_MS = 2_000;

/** Milliseconds after which a source that fails is tried again as soon as one that has not failed before. */
const HEALTHY_MS = 10_000;

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

  /**
   * Makes a feed; {@linkcode start} begins it.
   *
   * @throws {TypeError} If an option does not exist or is of another type, or the channel is an invalid template.
   * @throws {RangeError} If the number of attempts is out of its range.
   */
  constructor(options: SourceOptions, deps: SourceFeedDeps) {
    requireSource(options);
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

  /** Stops, once the records that are under way are published or given up; a system that does not answer is not waited for. */
  async close(): Promise<void> {
    this.#ending.abort();
    await inTime(this.#running, this.#deps.clock, CLOSE_WITHIN_MS);
  }

  async #run(): Promise<void> {
    const { from } = this.#options;
    const { log, clock } = this.#deps;
    const { signal } = this.#ending;
    for (let failures = 0; !signal.aborted; failures++) {
      const startedAt = clock.now;
      let takes = 0;
      try {
        await from.run(
          async (records, options) => {
            // Those before are committed: without that they would come again, and be published at once.
            if (takes++ > 0) failures = 0;
            await this.#take(records, options);
          },
          signal,
          (error) => log.warn("source_failed", { source: from.name, error }),
        );
      } catch (error) {
        if (error instanceof PoisonError) {
          return log.error("source_stopped", { source: from.name, error });
        }
        if (!signal.aborted) {
          log.warn("source_failed", { source: from.name, error });
        }
      }
      if (clock.now - startedAt >= HEALTHY_MS) failures = 0;
      await this.#pauses.wait(failures);
    }
  }

  /** Publishes records: those of one channel one after the other, different channels side by side. */
  async #take(
    records: readonly SourceRecord[],
    options: TakeOptions = {},
  ): Promise<void> {
    const lanes = new Map<string, SourceRecord[]>();
    for (const record of records) {
      const channel = this.#findChannel(record);
      if (channel === undefined) {
        options.onTaken?.(record);
        continue;
      }
      const lane = lanes.get(channel);
      if (lane === undefined) lanes.set(channel, [record]);
      else lane.push(record);
    }
    const published = Array.from(lanes, async ([channel, lane]) => {
      for (const record of lane) {
        await this.#publish(channel, record, options.signal);
        options.onTaken?.(record);
      }
    });
    // Nothing goes on behind the caller's back: it may commit, or read the records again.
    const reasons = (await Promise.allSettled(published))
      .flatMap((each) => each.status === "rejected" ? [each.reason] : []);
    if (reasons.length === 0) return;
    throw reasons.find((reason) => reason instanceof PoisonError) ?? reasons[0];
  }

  /** Channel of a record; `undefined` if it is passed over or given up. */
  #findChannel(record: SourceRecord): string | undefined {
    const { from: { name: source } } = this.#options;
    const { id, problem } = record;
    try {
      if (problem !== undefined) throw new TypeError(problem);
      const channel = this.#channelOf(record);
      if (channel === undefined) {
        this.#deps.log.debug("record_passed_over", { source, record: id });
      }
      return channel;
    } catch (error) {
      const what = problem === undefined
        ? `Cannot tell the channel of the record ${id}`
        : `Cannot publish the record ${id}`;
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

  async #publish(
    channel: string,
    record: SourceRecord,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { from: { name: source }, maxAttempts } = this.#options;
    const { id } = record;
    const payload = payloadOf(record);
    const terms = termsOf(record);
    let attempts = 0;
    for (let failures = 0;; failures++) {
      this.#ending.signal.throwIfAborted();
      signal?.throwIfAborted();
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
      await this.#pauses.wait(failures, signal);
    }
  }
}
