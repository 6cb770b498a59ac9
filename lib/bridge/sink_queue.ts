/** A sink at work: publications of its channels wait in a bounded queue, and are sent in their order. */

import type { Clock } from "../base/clock.ts";
import { type Deferred, deferred } from "../base/deferred.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import {
  namesOf,
  requireKnown,
  requireTexts,
  typeName,
} from "../base/options.ts";
import { lengthOf } from "../base/publication.ts";
import type { Random } from "../base/random.ts";
import type { Published, Publishing, PublishRequest } from "../broker/types.ts";
import { createPattern } from "../channel/pattern.ts";
import { inTime } from "../base/in_time.ts";
import { requireNumbers } from "../limits/check_limits.ts";
import { Pauses } from "./pauses.ts";
import { recordOf } from "./record.ts";
import { type BridgeRecord, type BridgeSink, requireSystem } from "./types.ts";

/** A sink, and the channels whose publications it takes. */
export interface SinkOptions {
  /** The message system. */
  readonly to: BridgeSink;
  /** Patterns of channels, in which `*` stands for anything. */
  readonly channels: readonly string[];
  /**
   * Publications that may wait. While so many do, a publisher gets error 100, which is
   * temporary, and its publication goes nowhere.
   * @default {10_000}
   */
  readonly maxWaiting?: number;
  /**
   * Bytes of the payloads that may wait.
   * @default {16_777_216}
   */
  readonly maxWaitingBytes?: number;
  /**
   * A publisher is answered once the system has its publication; subscribers get it
   * before. Otherwise those that wait when a node dies are missing in the system.
   * @default {true}
   */
  readonly confirm?: boolean;
  /**
   * Milliseconds after which such a publisher gets error 100. Its publication goes on
   * waiting: if it is published again without an idempotency key, there are two.
   * @default {5_000}
   */
  readonly confirmWithinMs?: number;
  /**
   * Bytes of the payloads that are sent at once; a larger payload is sent alone.
   * @default {524_288}
   */
  readonly maxBatchBytes?: number;
  /**
   * Attempts to send a publication alone until it is given up: it is logged, its
   * publisher gets error 108, and those behind it are sent. A system that is away for as
   * long costs publications, too.
   * @default {Infinity}
   */
  readonly maxAttempts?: number;
}

const SINK_OPTIONS = namesOf<SinkOptions>({
  to: true,
  channels: true,
  maxWaiting: true,
  maxWaitingBytes: true,
  confirm: true,
  confirmWithinMs: true,
  maxBatchBytes: true,
  maxAttempts: true,
});

/** Parts of a queue. */
export interface SinkQueueDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A record that waits, and its publisher. */
interface Waiting {
  readonly record: BridgeRecord;
  readonly bytes: number;
  readonly sent: Deferred<void> | undefined;
}

const ACTION = "make a sink of a bridge";

function requireSink(options: SinkOptions): void {
  requireKnown(ACTION, options, SINK_OPTIONS);
  const { to, channels, confirm = true } = options;
  requireSystem("sink", to);
  requireTexts(`${ACTION} with channels`, channels, "patterns such as chat:*");
  if (typeof confirm !== "boolean") {
    throw new TypeError(
      `Cannot ${ACTION} with confirm of the type ${
        typeName(confirm)
      }: expected true or false`,
    );
  }
  const { maxWaiting, maxWaitingBytes, confirmWithinMs } = options;
  const { maxBatchBytes, maxAttempts } = options;
  requireNumbers(ACTION, {
    maxWaiting,
    maxWaitingBytes,
    confirmWithinMs,
    maxBatchBytes,
    maxAttempts,
  });
}

/** Records that are sent at once, at most. */
const MAX_BATCH = 500;

/** Publications on their way to one sink. */
export class SinkQueue {
  readonly #options: Required<Omit<SinkOptions, "channels">>;
  readonly #patterns: readonly ((name: string) => boolean)[];
  readonly #deps: SinkQueueDeps;
  readonly #pauses: Pauses;
  readonly #ending = new AbortController();
  readonly #queue: Waiting[] = [];
  /** Publications that wait, or are with the broker. */
  #count = 0;
  #bytes = 0;
  #isSending = false;
  /** Publications since the end that are not logged yet. */
  #late = 0;
  /** Resolves when nothing waits any more, once it is asked for. */
  #idle: Deferred<void> | undefined;

  /**
   * Makes an empty queue.
   *
   * @throws {TypeError} If an option does not exist or is of another type.
   * @throws {RangeError} If a number is out of its range.
   */
  constructor(options: SinkOptions, deps: SinkQueueDeps) {
    requireSink(options);
    const { to, channels, confirm = true } = options;
    const { maxWaiting = 10_000, maxWaitingBytes = 16_777_216 } = options;
    const { confirmWithinMs = 5_000, maxBatchBytes = 524_288 } = options;
    this.#options = {
      to,
      confirm,
      confirmWithinMs,
      maxWaiting,
      maxWaitingBytes,
      maxBatchBytes,
      maxAttempts: options.maxAttempts ?? Infinity,
    };
    this.#patterns = channels.map(createPattern);
    this.#deps = deps;
    this.#pauses = new Pauses(deps, this.#ending.signal);
  }

  /** Checks whether publications of a channel go to this sink. */
  takes(channel: string): boolean {
    return this.#patterns.some((fits) => fits(channel));
  }

  /**
   * Publishes a request, and sends what was published.
   *
   * @throws {ProtocolError} 100 while the queue is full.
   */
  publish(
    request: PublishRequest,
    publish: (request: PublishRequest) => Publishing,
  ): Publishing {
    const bytes = lengthOf(request.payload);
    this.#reserve(bytes);
    let publishing: Publishing;
    try {
      publishing = publish(request);
    } catch (error) {
      this.#release(bytes);
      throw error;
    }
    if (!(publishing instanceof Promise)) {
      return this.#add(request, publishing, bytes);
    }
    return publishing.then(
      (published) => this.#add(request, published, bytes),
      (error) => {
        this.#release(bytes);
        throw error;
      },
    );
  }

  /** Sends what waits, or is with the broker, for at most `withinMs`, then rejects what could not be sent. */
  async close(withinMs: number): Promise<void> {
    if (this.#count > 0) {
      this.#idle = deferred();
      await inTime(this.#idle.promise, this.#deps.clock, withinMs);
    }
    this.#ending.abort();
    const lost = this.#queue.splice(0);
    if (lost.length > 0) this.#logLoss(lost.length);
    for (const { sent } of lost) sent?.reject(ended());
    await inTime(this.#options.to.close(), this.#deps.clock);
  }

  /** Logs publications that the system does not get. */
  #logLoss(records: number): void {
    this.#deps.log.error("sink_lost", { sink: this.#options.to.name, records });
  }

  /** Counts a publication that comes after the end; those that the broker answers together share a line of the log. */
  #loseLate(): void {
    if (this.#late++ > 0) return;
    queueMicrotask(() => {
      this.#logLoss(this.#late);
      this.#late = 0;
    });
  }

  #reserve(bytes: number): void {
    const { to, maxWaiting, maxWaitingBytes } = this.#options;
    const isFull = this.#count >= maxWaiting ||
      this.#bytes + bytes > maxWaitingBytes;
    if (isFull || this.#ending.signal.aborted) {
      const message = `${to.name} cannot take more publications now`;
      throw new ProtocolError(errors.internal, message);
    }
    this.#count++;
    this.#bytes += bytes;
  }

  #release(bytes: number): void {
    this.#count--;
    this.#bytes -= bytes;
    if (this.#count === 0) this.#idle?.resolve();
  }

  #add(
    request: PublishRequest,
    published: Published,
    bytes: number,
  ): Publishing {
    if (published.conflict) {
      this.#release(bytes);
      return published;
    }
    const { confirm } = this.#options;
    if (this.#ending.signal.aborted) {
      this.#release(bytes);
      this.#loseLate();
      if (confirm) throw ended();
      return published;
    }
    const sent = confirm ? deferred() : undefined;
    const record = recordOf(request, published);
    this.#queue.push({ record, bytes, sent });
    if (!this.#isSending) this.#send();
    return sent === undefined ? published : this.#confirm(sent, published);
  }

  async #confirm(
    sent: Deferred<void>,
    published: Published,
  ): Promise<Published> {
    const { to, confirmWithinMs } = this.#options;
    const stop = this.#deps.clock.after(confirmWithinMs, () => {
      const message = `${to.name} did not answer within ${confirmWithinMs} ms`;
      sent.reject(new ProtocolError(errors.internal, message));
    });
    try {
      await sent.promise;
    } finally {
      stop();
    }
    return published;
  }

  /**
   * Sends batch after batch until nothing waits. After a failure half of the batch is
   * sent, down to one record, so that one that is refused does not stop those before it.
   */
  async #send(): Promise<void> {
    const { to, maxAttempts } = this.#options;
    let longest = MAX_BATCH;
    this.#isSending = true;
    for (let failures = 0, alone = 0; this.#queue.length > 0;) {
      const batch = this.#nextBatch(longest);
      try {
        await to.send(batch.map(({ record }) => record));
      } catch (error) {
        // What it had is lost already, and logged.
        if (this.#ending.signal.aborted) break;
        this.#deps.log.warn("sink_failed", { sink: to.name, error });
        if (batch.length === 1 && ++alone >= maxAttempts) {
          this.#giveUp(error);
          failures = alone = 0;
          continue;
        }
        longest = Math.ceil(batch.length / 2);
        await this.#pauses.wait(failures++);
        if (this.#ending.signal.aborted) break;
        continue;
      }
      failures = alone = 0;
      longest = Math.min(longest * 2, MAX_BATCH);
      this.#queue.splice(0, batch.length);
      for (const { bytes, sent } of batch) {
        this.#release(bytes);
        sent?.resolve();
      }
    }
    this.#isSending = false;
  }

  /** The first records that wait: at least one, and then as many as fit. */
  #nextBatch(longest: number): readonly Waiting[] {
    const { maxBatchBytes } = this.#options;
    let left = maxBatchBytes;
    const end = this.#queue.findIndex(({ bytes }, index) => {
      left -= bytes;
      return index > 0 && (index >= longest || left < 0);
    });
    return this.#queue.slice(0, end === -1 ? longest : end);
  }

  /** Gives the first record up. */
  #giveUp(error: unknown): void {
    const { to } = this.#options;
    const waiting = this.#queue.shift();
    if (waiting === undefined) return;
    const { record: { key: channel }, bytes, sent } = waiting;
    this.#deps.log.error("sink_record_skipped", {
      sink: to.name,
      channel,
      error,
    });
    this.#release(bytes);
    const message = `${to.name} does not take the publication`;
    sent?.reject(
      new ProtocolError(errors.notAvailable, message, { cause: error }),
    );
  }
}

/** The reason for the publisher of a publication that a sink does not get. */
function ended(): ProtocolError {
  return new ProtocolError(errors.internal, "the hub has ended");
}
