/** Store of a hub in NATS: its streams, their epoch, and the time of the server. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { isRecord } from "../../base/record.ts";
import {
  isJetStreamError,
  JetStream,
  JetStreamError,
  type Stored,
  type StoredMessage,
} from "./jet_stream.ts";
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
/** Messages by which a node knows the stream again: some may be removed, and each look reads them. */
const SEEN = 4;

/** A message that this node has received, stored or read. */
type SeenMessage = Pick<StoredMessage, "seq" | "data">;

/** Headers of a message. */
type MessageHeaders = Readonly<Record<string, string>>;

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
 * its newest publications gives their offsets a second time, so a node that has seen them
 * begins another epoch, also if others have been stored in their place meanwhile.
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
  /** The newest publications that this node has seen, the oldest first. */
  #seen: SeenMessage[] = [];
  #skewMs = 0;
  /** Reason for which the streams took nothing at last; `undefined` once they take it again. */
  #refusal: string | undefined;
  /** True if the stream has several copies, so that another server may go on with it. */
  #isReplicated = false;
  /** True from the check of a connection until its loss. */
  #isChecked = false;
  /** Part of the ids of this node's messages. */
  readonly #node: string;
  /** Messages that were stored under such an id so far. */
  #ids = 0;
  #stopChecks: (() => void) | undefined;

  /** Uses a link, which it does not open. */
  constructor(options: NatsStoreOptions) {
    const { link, clock, random, subjects } = options;
    this.link = link;
    this.subjects = subjects;
    this.jetStream = new JetStream(link, clock);
    this.#node = random.uuid();
    this.#options = options;
    link.use({
      onConnect: () => this.#prepare(),
      onReady: () => this.#checkLater(),
      onLoss: () => {
        this.#isChecked = false;
        this.#stopChecks?.();
      },
    });
  }

  /** Epoch of all channels; empty before the first connection. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Milliseconds until whatever is stored is dropped. */
  get maxAgeMs(): number {
    return this.#options.maxAgeMs;
  }

  /** The time of the server, in milliseconds since 1970. */
  get nowMs(): number {
    return this.#options.clock.wallTime + this.#skewMs;
  }

  /** Stores a message in the stream of publications. */
  put(
    subject: string,
    data: Uint8Array,
    headers?: MessageHeaders,
  ): Promise<Stored> {
    return this.jetStream.store(subject, data, this.withId(headers));
  }

  /** True while the streams take nothing. */
  get isRefusing(): boolean {
    return this.#refusal !== undefined;
  }

  /** Reports that the streams take nothing, once for each reason until they take something. */
  noteRefusal(error: JetStreamError): void {
    if (this.#refusal === error.message) return;
    this.#refusal = error.message;
    this.link.report(error, "upkeep");
  }

  /**
   * Adds an id to the headers of a message of that stream, by which JetStream knows it
   * again, if it has none and there are copies: a server that takes over may store a
   * message without an id twice, and so give later ones other numbers than the next
   * server has for them.
   */
  withId(headers?: MessageHeaders): MessageHeaders | undefined {
    if (!this.#isReplicated || headers?.["Nats-Msg-Id"]) return headers;
    // No id of a key begins so.
    return { ...headers, "Nats-Msg-Id": `~${this.#node}.${++this.#ids}` };
  }

  /**
   * Notes a message of the publications that this node has seen; none of a connection that
   * is not compared yet with those before.
   */
  see(seq: number, data: Uint8Array): void {
    if (!this.#isChecked || seq <= this.#top) return;
    this.#top = seq;
    this.#seen.push({ seq, data });
    if (this.#seen.length > SEEN) this.#seen.shift();
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
    const top = this.#top;
    const seen = [...this.#seen];
    const wanted = publicationsConfig(this.subjects, this.#options);
    const info = await this.#make({
      ...wanted,
      description: this.#newDescription(),
    });
    const config = recordOf(info.config);
    this.#isReplicated = Number(config.num_replicas) > 1;
    let epoch = epochOf(config);
    const lastSeq = lastSeqOf(info);
    // It has lost what this node has seen, and gives its offsets a second time.
    const hasLost = this.#epoch === epoch &&
      (lastSeq < top || await this.#hasOthers(seen));
    if (hasLost) epoch = "";
    if (epoch === "") {
      const description = this.#newDescription();
      await this.#update({ ...config, description });
      epoch = epochOf({ description });
    }
    this.#isChecked = true;
    if (epoch === this.#epoch) return;
    const isFirst = this.#epoch === "";
    this.#epoch = epoch;
    this.#top = lastSeq;
    this.#seen = [];
    if (!isFirst) this.onEpoch();
  }

  /** Checks whether the stream has other messages in the place of those that this node has seen. */
  async #hasOthers(seen: readonly SeenMessage[]): Promise<boolean> {
    const { jetStream, subjects } = this;
    const differ = await Promise.all(seen.map(async ({ seq, data }) => {
      const found = await jetStream.at(subjects.stream, seq);
      return found !== undefined && !isSame(found.data, data);
    }));
    return differ.includes(true);
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
    try {
      await this.put(subjects.time, new Uint8Array(), headers);
    } catch (error) {
      // What is stored can still be read, with the difference that was measured before.
      if (!(error instanceof JetStreamError)) throw error;
      return this.noteRefusal(error);
    }
    this.#refusal = undefined;
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

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length &&
    one.every((byte, index) => byte === other[index]);
}
