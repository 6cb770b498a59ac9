/** The bridge: sources and sinks of a hub, beside its broker. */

import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import { isInbox } from "../base/names.ts";
import { namesOf, requireKnown, typeName } from "../base/options.ts";
import type { Random } from "../base/random.ts";
import type { Broker, Publishing, PublishRequest } from "../broker/types.ts";
import { type SinkOptions, SinkQueue } from "./sink_queue.ts";
import {
  type PublishBridged,
  SourceFeed,
  type SourceOptions,
} from "./source_feed.ts";

/** Message systems behind a hub. */
export interface BridgeOptions {
  /** Records that are published to channels. */
  readonly sources?: readonly SourceOptions[];
  /** Channels whose publications are sent on. */
  readonly sinks?: readonly SinkOptions[];
}

/** Parts that a bridge works with. */
export interface BridgeDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Milliseconds in which the sinks send what waits when the hub ends. */
const FLUSH_MS = 1_000;

const BRIDGE_OPTIONS = namesOf<BridgeOptions>({ sources: true, sinks: true });

function requireBridge(options: BridgeOptions): void {
  requireKnown("make a bridge", options, BRIDGE_OPTIONS);
  const { sources, sinks } = options;
  if (sources === undefined && sinks === undefined) {
    throw new TypeError(
      "Cannot make a bridge without sources and sinks: expected one of them",
    );
  }
  for (const [name, list] of Object.entries({ sources, sinks })) {
    if (list === undefined || Array.isArray(list)) continue;
    throw new TypeError(
      `Cannot make a bridge with ${name} of the type ${
        typeName(list)
      }: expected a list`,
    );
  }
}

/** Sources and sinks of one hub. */
export class Bridge {
  readonly #sources: readonly SourceFeed[];
  readonly #sinks: readonly SinkQueue[];
  /** True while a publication of a source is handed to the hub. */
  #isFromSource = false;

  /**
   * Makes a bridge; {@linkcode start} begins it.
   *
   * @throws {TypeError} If there is neither a list of sources nor one of sinks, an option does not exist or is of another type, or a channel of a source is an invalid template.
   * @throws {RangeError} If a number is out of its range.
   */
  constructor(options: BridgeOptions, deps: BridgeDeps) {
    requireBridge(options);
    const { sources = [], sinks = [] } = options;
    this.#sources = sources.map((options) => new SourceFeed(options, deps));
    this.#sinks = sinks.map((options) => new SinkQueue(options, deps));
  }

  /** Starts the sources, whose records `publish` hands to the hub. */
  start(publish: PublishBridged): void {
    const publishRecord: PublishBridged = (...record) => {
      // A topic that is source and sink would send its records round for ever.
      this.#isFromSource = true;
      try {
        return publish(...record);
      } finally {
        this.#isFromSource = false;
      }
    };
    for (const source of this.#sources) source.start(publishRecord);
  }

  /**
   * Publishes a request by the broker, and sends a publication to the sinks of its channel.
   *
   * @throws {ProtocolError} 100 while one of them is full.
   */
  publish(request: PublishRequest, broker: Broker): Publishing {
    const { channel, type = "publication" } = request;
    const isBridged = type === "publication" && !isInbox(channel);
    if (!isBridged || this.#isFromSource) return broker.publish(request);
    let through = (request: PublishRequest) => broker.publish(request);
    for (const sink of this.#sinks) {
      if (!sink.takes(channel)) continue;
      const next = through;
      through = (request) => sink.publish(request, next);
    }
    return through(request);
  }

  /** Ends the sources, and the sinks, which send what waits for at most a second. */
  async close(): Promise<void> {
    // Side by side, for a platform leaves a process little time, and a sink gets nothing of a source.
    await Promise.all([
      ...this.#sources.map((source) => source.close()),
      ...this.#sinks.map((sink) => sink.close(FLUSH_MS)),
    ]);
  }
}
