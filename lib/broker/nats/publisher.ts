/** Publisher to NATS: what is stored goes to JetStream, and what is not to the subscribers alone. */

import type { Clock } from "../../base/clock.ts";
import { deferred } from "../../base/deferred.ts";
import { BrokerAwayError, errors, ProtocolError } from "../../base/errors.ts";
import { isInbox } from "../../base/names.ts";
import { isSamePosition, type StreamPosition } from "../../base/publication.ts";
import { LruMap } from "../lru_map.ts";
import type { HistoryPolicy, Published, PublishRequest } from "../types.ts";
import { isSuperseded, type StateVersion } from "../version.ts";
import { NoResponders } from "./client.ts";
import {
  BEGINNING,
  decodeEntry,
  decodeVersion,
  encodeEntry,
  encodeVersion,
} from "./codec.ts";
import { EXPECTED_LAST, type NatsHistory } from "./history.ts";
import { isFull, isJetStreamError } from "./jet_stream.ts";
import { keyHeaders, Keys } from "./keys.ts";
import { Lanes } from "./lanes.ts";
import type { NatsStore } from "./store.ts";
import { MAX_HISTORY } from "./stream_config.ts";
import type { Trimmer } from "./trimmer.ts";

/** Channels that are known to have begun; the newest are kept. */
const MAX_BEGUN = 100_000;
/** Milliseconds in which a subscribed node says that it has a publication; no error if it does not. */
const RECEIPT_WITHIN_MS = 500;
/** Attempts to publish a version while other nodes publish, too. */
const MAX_ATTEMPTS = 32;

/** Dependencies of {@linkcode Publisher}. */
export interface PublisherDeps {
  readonly store: NatsStore;
  readonly history: NatsHistory;
  readonly trimmer: Trimmer;
  readonly clock: Clock;
  /** Checks whether this node is subscribed to a channel. */
  readonly isSubscribed: (channel: string) => boolean;
  /** Bytes of publications that wait for NATS at most. */
  readonly maxWaitingBytes: number;
}

/** Publishes. Publications of one channel keep the order of the calls. */
export class Publisher {
  readonly #deps: PublisherDeps;
  readonly #keys: Keys;
  readonly #lanes = new Lanes();
  readonly #begun = new LruMap<true>(MAX_BEGUN);
  #waiting = 0;

  /** Uses the streams of a hub. */
  constructor(deps: PublisherDeps) {
    this.#deps = deps;
    this.#keys = new Keys(deps.store);
  }

  /** Publishes; rejects at once while NATS is away, or when too much waits for it. */
  async publish(request: PublishRequest): Promise<Published> {
    const { store, trimmer, maxWaitingBytes } = this.#deps;
    if (!store.link.ready) {
      throw new BrokerAwayError("Cannot publish: NATS is away");
    }
    const history = policyOf(request);
    const body = encodeEntry(request, history);
    if (this.#waiting + body.length > maxWaitingBytes) {
      const limit = `${this.#waiting} of ${maxWaitingBytes} bytes already wait`;
      throw new Error(`Cannot publish: ${limit} for NATS`);
    }
    this.#waiting += body.length;
    try {
      return await this.#enter(request, history, body);
    } catch (error) {
      if (isFull(error)) {
        store.noteRefusal(error);
        trimmer.makeRoom(request.channel, history);
      }
      if (!isJetStreamError(error, "messageTooLarge")) throw error;
      const message =
        `a message has ${body.length} bytes and more; the stream takes fewer`;
      throw new ProtocolError(errors.limitExceeded, message, { cause: error });
    } finally {
      this.#waiting -= body.length;
    }
  }

  /** Forgets which channels have begun, because the streams are others. */
  restart(): void {
    this.#begun.clear();
  }

  /** Publishes as soon as what the channel was given before allows it. */
  #enter(
    request: PublishRequest,
    history: HistoryPolicy | undefined,
    body: Uint8Array,
  ): Promise<Published> {
    const { channel, version, after } = request;
    if (!isStored(request)) {
      // It would overtake those that JetStream stores first.
      return this.#lanes.run(
        channel,
        "after",
        () => this.#send(request, body),
      );
    }
    if (version !== undefined && history !== undefined) {
      return this.#lanes.run(
        channel,
        "alone",
        () => this.#storeVersion(request, version, body),
      );
    }
    const isConditional = after !== undefined && history !== undefined;
    return this.#lanes.run(
      channel,
      "beside",
      () =>
        isConditional
          ? this.#storeAfter(request, after, body)
          : this.#store(request, body),
    );
  }

  /** Sends to the subscribers, and stores nothing but the key. */
  async #send(request: PublishRequest, body: Uint8Array): Promise<Published> {
    const { store: { link, subjects }, isSubscribed } = this.#deps;
    const { channel } = request;
    const published = { offset: 0, epoch: "" };
    const first = await this.#keys.note(request, published);
    if (first !== undefined) return first;
    const subject = subjects.live(channel);
    if (isSubscribed(channel)) {
      link.publish(subject, body);
      return { ...published, delivered: true };
    }
    return { ...published, delivered: await this.#isReceived(channel, body) };
  }

  async #store(
    request: PublishRequest,
    body: Uint8Array,
    expected?: number,
  ): Promise<Published> {
    const { store, isSubscribed, trimmer } = this.#deps;
    const { subjects } = store;
    const { channel } = request;
    const subject = subjects.stored(channel);
    if (this.#begun.get(channel) === undefined) {
      // Stored only if there is nothing; and before the publication, for it is sent before.
      const headers = store.withId({ [EXPECTED_LAST]: "0" });
      store.link.publish(subject, BEGINNING, headers);
    }
    this.#begun.set(channel, true);
    const headers = {
      ...keyHeaders(request),
      ...expected === undefined ? {} : { [EXPECTED_LAST]: `${expected}` },
    };
    const storing = store.put(
      subject,
      body,
      Object.keys(headers).length === 0 ? undefined : headers,
    );
    const receiving = isSubscribed(channel)
      ? true
      : this.#isReceived(channel, NOTHING);
    const [{ seq, duplicate }, delivered] = await Promise.all([
      storing,
      receiving,
    ]);
    const published = { offset: seq, epoch: store.epoch, delivered };
    // Another message may have the key.
    if (duplicate) return await this.#keys.find(channel, seq) ?? published;
    store.see(seq, body);
    trimmer.note(channel, seq, policyOf(request));
    await this.#noteVersion(request, seq);
    return published;
  }

  /** Stores a publication if the top is at a position. */
  async #storeAfter(
    request: PublishRequest,
    after: StreamPosition,
    body: Uint8Array,
  ): Promise<Published> {
    const { store } = this.#deps;
    try {
      const isOf = after.epoch === store.epoch;
      return await this.#store(request, body, isOf ? after.offset : NOWHERE);
    } catch (error) {
      if (!isJetStreamError(error, "wrongLastSequence")) throw error;
      const top = await this.#deps.history.position(request.channel);
      return { ...top, delivered: false, conflict: true };
    }
  }

  /** Stores a version of a state, unless the channel has had it or a newer one. */
  async #storeVersion(
    request: PublishRequest,
    version: StateVersion,
    body: Uint8Array,
  ): Promise<Published> {
    const { channel, after } = request;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const { newest, top } = await this.#newestVersion(channel);
      const position = { offset: top, epoch: this.#deps.store.epoch };
      const isElsewhere = after !== undefined &&
        !isSamePosition(after, position);
      if (!isElsewhere && isSuperseded(version, newest)) {
        await this.#renewVersion(channel);
        const first = await this.#keys.note(request, position);
        return first ?? { ...position, delivered: false };
      }
      try {
        return await this.#store(request, body, isElsewhere ? NOWHERE : top);
      } catch (error) {
        if (!isJetStreamError(error, "wrongLastSequence")) throw error;
        if (isElsewhere) {
          return { ...position, delivered: false, conflict: true };
        }
      }
    }
    throw new Error(
      `Cannot publish a version to "${channel}": too many nodes publish at once`,
    );
  }

  /** Notes the version of a publication that was stored. */
  async #noteVersion(request: PublishRequest, offset: number): Promise<void> {
    const { channel, version } = request;
    if (version === undefined || policyOf(request) === undefined) return;
    const { store } = this.#deps;
    await store.put(
      store.subjects.version(channel),
      encodeVersion(version, offset),
      { "Nats-Rollup": "sub" },
    );
  }

  /** Writes the note of a version that is asked for again, before it is dropped for its age. */
  async #renewVersion(channel: string): Promise<void> {
    const { store } = this.#deps;
    const { jetStream, subjects } = store;
    const subject = subjects.version(channel);
    const noted = await jetStream.get(subjects.stream, subject);
    if (noted === undefined) return;
    if (store.nowMs - noted.timeMs < store.maxAgeMs / 2) return;
    try {
      const headers = { "Nats-Rollup": "sub", [EXPECTED_LAST]: `${noted.seq}` };
      await store.put(subject, noted.data, headers);
    } catch (error) {
      // Another node has noted a newer one.
      if (!isJetStreamError(error, "wrongLastSequence")) throw error;
    }
  }

  /** The newest version of a channel: that which was noted, or one that was published after that. */
  async #newestVersion(channel: string): Promise<{
    readonly newest: StateVersion | undefined;
    readonly top: number;
  }> {
    const { jetStream, subjects } = this.#deps.store;
    const found = await jetStream.get(
      subjects.stream,
      subjects.version(channel),
    );
    const noted = found === undefined ? undefined : decodeVersion(found.data);
    const { messages, top } = await jetStream.read(
      subjects.stream,
      subjects.stored(channel),
      { from: (noted?.offset ?? 0) + 1 },
    );
    let newest = noted?.version;
    for (const { data } of messages) {
      newest = decodeEntry(data)?.version ?? newest;
    }
    return { newest, top: top?.seq ?? 0 };
  }

  /**
   * Sends to the live subscribers of a channel; says whether there is one. NATS answers at
   * once if no node is subscribed; a subscribed node that is halted is not waited for.
   */
  async #isReceived(channel: string, body: Uint8Array): Promise<boolean> {
    const { store: { link, subjects }, clock } = this.#deps;
    const late = deferred();
    const stop = clock.after(RECEIPT_WITHIN_MS, late.resolve);
    try {
      await Promise.race([
        link.request(subjects.live(channel), body),
        late.promise,
      ]);
      return true;
    } catch (error) {
      if (error instanceof NoResponders) return false;
      throw error;
    } finally {
      stop();
    }
  }
}

const NOTHING = new Uint8Array();
/** Place that no stream has: nothing is stored there, and only the result of an earlier publication with the same key comes back. */
const NOWHERE = Number.MAX_SAFE_INTEGER;

/** Checks whether a publication has a place in the order of its channel. */
function isStored({ type, skipHistory, channel, history }: PublishRequest) {
  const isPublication = type === undefined || type === "publication";
  if (!isPublication || skipHistory) return false;
  // No client comes back to a position in an inbox.
  return history !== undefined || !isInbox(channel);
}

/** The bounds of the history; `undefined` if nothing is to be kept. */
function policyOf({ history }: PublishRequest): HistoryPolicy | undefined {
  if (history === undefined || history.size < 1 || history.ttlMs <= 0) {
    return undefined;
  }
  return {
    size: Math.min(Math.floor(history.size), MAX_HISTORY),
    ttlMs: Math.min(Math.ceil(history.ttlMs), Number.MAX_SAFE_INTEGER),
  };
}
