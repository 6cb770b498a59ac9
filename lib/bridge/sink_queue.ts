/** A sink at work: publications of its channels wait in a bounded queue, and are sent in their order. */

import type { Clock } from "../base/clock.ts";
import { type Deferred, deferred } from "../base/deferred.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { lengthOf } from "../base/publication.ts";
import type { Random } from "../base/random.ts";
import type { Published, Publishing, PublishRequest } from "../broker/types.ts";
import { createPattern } from "../channel/pattern.ts";
import { Pauses } from "./pauses.ts";
import { recordOf } from "./record.ts";
import type { BridgeRecord, BridgeSink } from "./types.ts";

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
}

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
  #sending: Promise<void> | undefined;

  /** Makes an empty queue. */
  constructor(options: SinkOptions, deps: SinkQueueDeps) {
    const { to, channels, confirm = true } = options;
    const { maxWaiting = 10_000, maxWaitingBytes = 16_777_216 } = options;
    const { confirmWithinMs = 5_000 } = options;
    this.#options = {
      to,
      confirm,
      confirmWithinMs,
      maxWaiting,
      maxWaitingBytes,
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

  /** Sends what waits for at most `withinMs`, then rejects what could not be sent. */
  async close(withinMs: number): Promise<void> {
    const late = deferred();
    const stop = this.#deps.clock.after(withinMs, late.resolve);
    await Promise.race([this.#sending, late.promise]);
    stop();
    this.#ending.abort();
    const lost = this.#queue.splice(0);
    if (lost.length > 0) {
      const { to } = this.#options;
      const records = lost.length;
      this.#deps.log.error("sink_lost", { sink: to.name, records });
    }
    const reason = new ProtocolError(errors.internal, "the hub has ended");
    for (const { sent } of lost) sent?.reject(reason);
    await this.#options.to.close();
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
    const sent = this.#options.confirm ? deferred() : undefined;
    const record = recordOf(request, published);
    this.#queue.push({ record, bytes, sent });
    this.#sending ??= this.#send();
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

  /** Sends batch after batch until nothing waits; a batch that fails is sent again. */
  async #send(): Promise<void> {
    const { to } = this.#options;
    for (let failures = 0; this.#queue.length > 0;) {
      const batch = this.#queue.slice(0, MAX_BATCH);
      try {
        await to.send(batch.map(({ record }) => record));
      } catch (error) {
        this.#deps.log.warn("sink_failed", { sink: to.name, error });
        await this.#pauses.wait(failures++);
        if (this.#ending.signal.aborted) break;
        continue;
      }
      failures = 0;
      this.#queue.splice(0, batch.length);
      for (const { bytes, sent } of batch) {
        this.#release(bytes);
        sent?.resolve();
      }
    }
    this.#sending = undefined;
  }
}
