/** The JetStream API, as far as a hub uses it. */

import { fromBase64 } from "../../base/bytes.ts";
import { deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import { isRecord } from "../../base/record.ts";
import { type NatsClient, type NatsMessage, NoResponders } from "./client.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Messages that are read one by one; more need a consumer. */
const SINGLE_READS = 4;
/** Messages of one pull. */
const BATCH = 256;
/** Milliseconds in which a pull has to bring something. */
const PULL_WITHIN_MS = 2_000;
/** Lifetime of a consumer that is not used. */
const CONSUMER_NS = 5_000_000_000;

/** Error of the JetStream API. */
export class JetStreamError extends Error {
  /** Its number, of which each error has one of its own. */
  readonly code: number;

  /** Takes the number and the description. */
  constructor(code: number, description: string) {
    super(description);
    this.name = "JetStreamError";
    this.code = code;
  }
}

/** Numbers of errors that a hub expects. */
export const JETSTREAM_ERRORS = {
  consumerNotFound: 10014,
  messageNotFound: 10037,
  messageTooLarge: 10054,
  streamExists: 10058,
  streamNotFound: 10059,
  wrongLastSequence: 10071,
} as const;

/** Numbers of the errors of a store that is full: resources of the account and of the server, memory, storage, and a stream that could not store. */
const FULL: readonly number[] = [10002, 10023, 10028, 10047, 10077];

/** A message in a stream. */
export interface StoredMessage {
  readonly seq: number;
  readonly data: Uint8Array;
  /** Milliseconds since 1970, of the server. */
  readonly timeMs: number;
}

/** A message that was found by its place. */
export interface FoundMessage extends StoredMessage {
  readonly subject: string;
}

/** Place of a message that was stored. */
export interface Stored {
  readonly seq: number;
  /** True if another message with the same id was stored before, at this place. */
  readonly duplicate: boolean;
}

/** A part of a subject: its messages from a sequence number on, up to its newest one. */
export interface Part {
  readonly messages: readonly StoredMessage[];
  /** The newest one; `undefined` of an empty subject. */
  readonly top: StoredMessage | undefined;
  /** True if there are more messages than were asked for: none was read. */
  readonly isTooLong: boolean;
}

/** Sends requests: a link, or one connection. */
type Requests = Pick<NatsClient, "request" | "requestMany">;

/** Requests to JetStream. Every read sees all that was acknowledged before. */
export class JetStream {
  readonly #requests: Requests;
  readonly #clock: Clock;

  /** Takes a link, which it does not open, or a connection. */
  constructor(requests: Requests, clock: Clock) {
    this.#requests = requests;
    this.#clock = clock;
  }

  /**
   * Calls the API.
   *
   * @throws {Error} If the server has no JetStream.
   */
  async call(
    method: string,
    body: unknown = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const data = encoder.encode(JSON.stringify(body));
    try {
      return parse(await this.#requests.request(`$JS.API.${method}`, data));
    } catch (error) {
      if (!(error instanceof NoResponders)) throw error;
      throw new Error(
        "JetStream does not answer: it is off (start nats-server with --jetstream), or cannot be reached from this server",
        { cause: error },
      );
    }
  }

  /** Stores a message; resolves with its place. */
  async store(
    subject: string,
    data: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Stored> {
    const reply = parse(await this.#requests.request(subject, data, headers));
    return { seq: numberOf(reply.seq), duplicate: reply.duplicate === true };
  }

  /** The newest message of a subject, or the first one from a sequence number on. */
  get(
    stream: string,
    subject: string,
    from?: number,
  ): Promise<StoredMessage | undefined> {
    return this.#find(
      stream,
      from === undefined
        ? { last_by_subj: subject }
        : { seq: Math.max(from, 1), next_by_subj: subject },
    );
  }

  /** The message with a sequence number, unless it was removed. */
  at(stream: string, seq: number): Promise<FoundMessage | undefined> {
    return this.#find(stream, { seq });
  }

  async #find(
    stream: string,
    query: Readonly<Record<string, unknown>>,
  ): Promise<FoundMessage | undefined> {
    try {
      // Not a direct get: that may come from a replica that is behind.
      const reply = await this.call(`STREAM.MSG.GET.${stream}`, query);
      const { seq, data = "", time, subject } = isRecord(reply.message)
        ? reply.message
        : {};
      return {
        seq: numberOf(seq),
        data: fromBase64(String(data)),
        timeMs: Date.parse(String(time)),
        subject: String(subject),
      };
    } catch (error) {
      if (isJetStreamError(error, "messageNotFound")) return undefined;
      throw error;
    }
  }

  /** Reads the messages of a subject from a sequence number on, unless they are more than `max`. */
  async read(
    stream: string,
    subject: string,
    { from = 1, max = Infinity }: {
      readonly from?: number;
      readonly max?: number;
    } = {},
  ): Promise<Part> {
    const top = await this.get(stream, subject);
    if (top === undefined || top.seq < from) {
      return { messages: [], top, isTooLong: false };
    }
    const messages: StoredMessage[] = [];
    for (let next = from; messages.length < SINGLE_READS;) {
      const found = next === top.seq
        ? top
        : await this.get(stream, subject, next);
      if (found === undefined) break;
      messages.push(found);
      if (found.seq >= top.seq) return { messages, top, isTooLong: false };
      next = found.seq + 1;
    }
    const rest = await this.#pull(stream, subject, {
      from: (messages.at(-1)?.seq ?? from - 1) + 1,
      to: top.seq,
      max: max - messages.length,
    });
    return rest === undefined
      ? { messages: [], top, isTooLong: true }
      : { messages: [...messages, ...rest], top, isTooLong: false };
  }

  /** The newest message of each subject that fits. */
  async readNewest(
    stream: string,
    filter: string,
  ): Promise<readonly StoredMessage[]> {
    return await this.#pull(stream, filter, { max: Infinity }) ?? [];
  }

  /** Removes the oldest messages of a subject; the newest `keep` stay. */
  async purge(stream: string, subject: string, keep: number): Promise<void> {
    await this.call(`STREAM.PURGE.${stream}`, { filter: subject, keep });
  }

  /**
   * Removes the same as a purge, one by one, which takes longer: NATS 2.9 counts what is
   * purged among what is stored until it is started again.
   */
  async removeEach(
    stream: string,
    subject: string,
    keep: number,
  ): Promise<void> {
    const { messages } = await this.read(stream, subject);
    const old = messages.slice(0, -keep);
    while (old.length > 0) {
      // Another node may have removed them, too.
      await Promise.allSettled(
        old.splice(0, BATCH).map(({ seq }) =>
          this.call(`STREAM.MSG.DELETE.${stream}`, { seq, no_erase: true })
        ),
      );
    }
  }

  /** Reads by a consumer, which knows how many there are; `undefined` if these are more than `max`. */
  async #pull(
    stream: string,
    filter: string,
    { from, to, max }: {
      readonly from?: number;
      readonly to?: number;
      readonly max: number;
    },
  ): Promise<readonly StoredMessage[] | undefined> {
    const start = from === undefined
      ? { deliver_policy: "last_per_subject" }
      : { deliver_policy: "by_start_sequence", opt_start_seq: from };
    const { name, num_pending } = await this.call(
      `CONSUMER.CREATE.${stream}`,
      {
        stream_name: stream,
        config: {
          ...start,
          ack_policy: "none",
          filter_subject: filter,
          inactive_threshold: CONSUMER_NS,
          mem_storage: true,
          num_replicas: 1,
        },
      },
    );
    try {
      const pending = numberOf(num_pending);
      if (pending > max) return undefined;
      const messages: Pulled[] = [];
      const isWhole = () => {
        const last = messages.at(-1);
        const { seq = 0, pending: left = pending } = last ?? {};
        return to === undefined ? left === 0 : seq >= to;
      };
      while (!isWhole()) {
        const hasMore = await this.#next(
          `${stream}.${name}`,
          messages,
          isWhole,
        );
        if (hasMore) continue;
        if (to === undefined) break;
        throw new Error(`NATS did not send the message ${to} of ${filter}`);
      }
      return messages;
    } finally {
      // Else the server does it a little later.
      this.call(`CONSUMER.DELETE.${stream}.${name}`).catch(() => {});
    }
  }

  /** Adds the next messages of a consumer to those that were read; resolves with `false` if it has none. */
  async #next(
    consumer: string,
    messages: Pulled[],
    isWhole: () => boolean,
  ): Promise<boolean> {
    const { promise, resolve, reject } = deferred<boolean>();
    let missing = BATCH;
    const end = this.#requests.requestMany(
      `$JS.API.CONSUMER.MSG.NEXT.${consumer}`,
      encoder.encode(JSON.stringify({
        batch: BATCH,
        expires: PULL_WITHIN_MS * 1_000_000,
      })),
      (message) => {
        const { code = 0 } = message.headers ?? {};
        if (code === 0) {
          // What was stored since the read began is not a part of it.
          if (isWhole()) return;
          messages.push(fromPull(message));
          if (--missing === 0 || isWhole()) resolve(true);
        } else if (code === 404 || code === 408) resolve(false);
        else if (code !== 100) {
          reject(new Error(`NATS ended a read with the status ${code}`));
        }
      },
    );
    const stop = this.#clock.after(2 * PULL_WITHIN_MS, () => {
      reject(new BrokerAwayError("NATS did not answer a read in time"));
    });
    try {
      return await promise;
    } finally {
      stop();
      end();
    }
  }
}

/** Checks for one of the errors that a hub expects. */
export function isJetStreamError(
  error: unknown,
  name: keyof typeof JETSTREAM_ERRORS,
): boolean {
  return error instanceof JetStreamError &&
    error.code === JETSTREAM_ERRORS[name];
}

/** Checks for the refusal to store anything, for want of room on a disk or in memory, or by a bound of the server, the account or the stream. */
export function isFull(error: unknown): error is JetStreamError {
  return error instanceof JetStreamError && FULL.includes(error.code);
}

/** A message of a consumer. */
interface Pulled extends StoredMessage {
  /** Messages of the consumer that come after it. */
  readonly pending: number;
}

/** Place of a message that a consumer has delivered. */
export interface DeliveredPlace {
  readonly seq: number;
  /** Nanoseconds since 1970 at which it was stored, as digits. */
  readonly time: string;
  /** Messages of the consumer that come after it. */
  readonly pending: number;
}

/** Reads the place from the reply subject: `$JS.ACK`, stream, consumer, deliveries, sequence, number, nanoseconds, pending. */
export function placeOf({ reply = "" }: NatsMessage): DeliveredPlace {
  const parts = reply.split(".");
  // With a domain and an account before the stream.
  const at = parts.length > 9 ? 7 : 5;
  return {
    seq: numberOf(Number(parts[at])),
    time: parts[at + 2] ?? "",
    pending: numberOf(Number(parts[at + 3])),
  };
}

function fromPull(message: NatsMessage): Pulled {
  const { seq, time, pending } = placeOf(message);
  const { data } = message;
  return { seq, data, timeMs: Number(time) / 1_000_000, pending };
}

/** @throws {JetStreamError} If the reply is an error. */
function parse({ data }: NatsMessage): Readonly<Record<string, unknown>> {
  const reply: unknown = JSON.parse(decoder.decode(data));
  if (!isRecord(reply)) throw invalid();
  const { error } = reply;
  if (error === undefined) return reply;
  const { err_code, description } = isRecord(error) ? error : {};
  throw new JetStreamError(numberOf(err_code), String(description));
}

function numberOf(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw invalid();
}

function invalid(): SyntaxError {
  return new SyntaxError("Cannot read a reply of JetStream");
}
