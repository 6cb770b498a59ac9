/** Store of a hub in NATS: its streams, their epoch, and the time of the server. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { isRecord } from "../../base/record.ts";
import { isJetStreamError, JetStream } from "./jet_stream.ts";
import type { NatsLink } from "./link.ts";
import {
  hasSettings,
  leasesConfig,
  publicationsConfig,
  type StreamConfig,
  type StreamOptions,
} from "./stream_config.ts";
import type { Subjects } from "./subjects.ts";

/** Time between two looks at the streams. */
const CHECK_MS = 10_000;
/** Description of a stream of publications, with its epoch. */
const DESCRIPTION = "thrum, epoch ";

/** Options of {@linkcode NatsStore}. */
export interface NatsStoreOptions extends StreamOptions {
  readonly link: NatsLink;
  readonly subjects: Subjects;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Makes the streams of a hub with each connection, and looks after them. The epoch of all
 * channels is that of their stream, and stands in its description. A stream that has lost
 * its newest publications would give their offsets a second time, so a node that has seen
 * them begins another epoch.
 */
export class NatsStore {
  readonly jetStream: JetStream;
  readonly subjects: Subjects;
  readonly link: NatsLink;
  /** Called when there is another epoch. */
  onEpoch: () => void = () => {};
  readonly #options: NatsStoreOptions;
  #epoch = "";
  #top = 0;
  #skewMs = 0;
  #stopChecks: (() => void) | undefined;

  /** Uses a link, which it does not open. */
  constructor(options: NatsStoreOptions) {
    const { link, clock, subjects } = options;
    this.link = link;
    this.subjects = subjects;
    this.jetStream = new JetStream(link, clock);
    this.#options = options;
    link.use({
      onConnect: () => this.#prepare(),
      onReady: () => this.#checkLater(),
      onLoss: () => this.#stopChecks?.(),
    });
  }

  /** Epoch of all channels; empty before the first connection. */
  get epoch(): string {
    return this.#epoch;
  }

  /** The time of the server, in milliseconds since 1970. */
  get nowMs(): number {
    return this.#options.clock.wallTime + this.#skewMs;
  }

  /** Notes a sequence number of the publications that this node has seen. */
  see(seq: number): void {
    if (seq > this.#top) this.#top = seq;
  }

  /** Ends what would keep the process alive. */
  stop(): void {
    this.#stopChecks?.();
  }

  async #prepare(): Promise<void> {
    await this.#check();
    await this.#make(leasesConfig(this.subjects, this.#options));
    await this.#measureTime();
  }

  #checkLater(): void {
    this.#stopChecks?.();
    this.#stopChecks = this.#options.clock.every(CHECK_MS, async () => {
      try {
        await this.#check();
        await this.#measureTime();
      } catch (error) {
        // The link notices by itself if NATS is away.
        if (this.link.ready) this.link.report(error, "upkeep");
      }
    });
  }

  /** Makes the stream of publications or finds it, and takes its epoch. */
  async #check(): Promise<void> {
    const seen = this.#top;
    const wanted = publicationsConfig(this.subjects, this.#options);
    const info = await this.#make({
      ...wanted,
      description: this.#newDescription(),
    });
    const config = recordOf(info.config);
    let epoch = epochOf(config);
    const lastSeq = lastSeqOf(info);
    // It has lost what this node has seen, and would give its offsets a second time.
    if (this.#epoch === epoch && lastSeq < seen) epoch = "";
    if (epoch === "") {
      const description = this.#newDescription();
      await this.#update({ ...config, description });
      epoch = epochOf({ description });
    }
    if (epoch === this.#epoch) return;
    const isFirst = this.#epoch === "";
    this.#epoch = epoch;
    this.#top = lastSeq;
    if (!isFirst) this.onEpoch();
  }

  /** Makes a stream, or gives one that is there the settings that it lacks. */
  async #make(
    { description, ...wanted }: StreamConfig,
  ): Promise<StreamConfig> {
    const { jetStream } = this;
    let info;
    try {
      info = await jetStream.call(`STREAM.INFO.${wanted.name}`);
    } catch (error) {
      if (!isJetStreamError(error, "streamNotFound")) throw error;
      try {
        const config = { num_replicas: 1, ...wanted, description };
        return await jetStream.call(`STREAM.CREATE.${wanted.name}`, config);
      } catch (error) {
        // Another node was faster.
        if (!isJetStreamError(error, "streamExists")) throw error;
        info = await jetStream.call(`STREAM.INFO.${wanted.name}`);
      }
    }
    const found = recordOf(info.config);
    if (hasSettings(found, wanted)) return info;
    return await this.#update({ ...found, ...wanted });
  }

  async #update(config: StreamConfig): Promise<StreamConfig> {
    return await this.jetStream.call(`STREAM.UPDATE.${config.name}`, config);
  }

  async #measureTime(): Promise<void> {
    const { jetStream, subjects } = this;
    const { clock } = this.#options;
    const headers = { "Nats-Rollup": "sub" };
    const before = clock.wallTime;
    await jetStream.store(subjects.time, new Uint8Array(), headers);
    const after = clock.wallTime;
    const message = await jetStream.get(subjects.stream, subjects.time);
    if (message !== undefined) {
      this.#skewMs = message.timeMs - (before + after) / 2;
    }
  }

  #newDescription(): string {
    return `${DESCRIPTION}${this.#options.random.uuid().slice(0, 8)}`;
  }
}

function epochOf({ description }: StreamConfig): string {
  const text = String(description ?? "");
  return text.startsWith(DESCRIPTION) ? text.slice(DESCRIPTION.length) : "";
}

function lastSeqOf({ state }: StreamConfig): number {
  return Number(recordOf(state).last_seq);
}

function recordOf(value: unknown): StreamConfig {
  return isRecord(value) ? value : {};
}
