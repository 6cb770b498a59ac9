/** Kafka as source and sink, by a client of the package `kafkajs` that the program makes. */

import { namesOf, requireKnown, requireTexts, shown } from "../base/options.ts";
import { Buffer } from "node:buffer";
import { type Clock, systemClock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import { inTime } from "../base/in_time.ts";
import { requireNumbers } from "../limits/check_limits.ts";
import type {
  KafkaBatch,
  KafkaClient,
  KafkaHeader,
  KafkaMessage,
  KafkaProducer,
} from "./kafka_client.ts";
import type {
  BridgeSink,
  BridgeSource,
  SourceRecord,
  TakeRecords,
} from "./types.ts";

/** Options of {@linkcode kafkaSource}. */
export interface KafkaSourceOptions {
  /** The consumer group; nodes of the same group share the partitions. */
  readonly groupId: string;
  /** Topics that are read. */
  readonly topics: readonly string[];
  /**
   * Begin of a group that has committed nothing yet: the oldest records, or those from now on.
   * @default {false}
   */
  readonly fromBeginning?: boolean;
  /**
   * Milliseconds without a sign of a node after which others read its partitions.
   * @default {30_000}
   */
  readonly sessionTimeoutMs?: number;
  /**
   * Partitions that are read side by side.
   * @default {8}
   */
  readonly concurrency?: number;
  /** Clock for the wait at the end. @default {systemClock} */
  readonly clock?: Clock;
}

const SOURCE_OPTIONS = namesOf<KafkaSourceOptions>({
  groupId: true,
  topics: true,
  fromBeginning: true,
  sessionTimeoutMs: true,
  concurrency: true,
  clock: true,
});

/** Records of a batch that are under way together. */
const WINDOW = 256;
/** Milliseconds for which a broker without new records keeps a request; a consumer that leaves waits for it. */
const FETCH_WITHIN_MS = 500;
const COMMIT_EVERY_MS = 1_000;
const COMMIT_EVERY_RECORDS = 1_000;

/**
 * Topics of Kafka as a source. A record is committed after it is published, so that
 * each comes at least once; one that comes again is found by its idempotency key, its
 * header of that name or else its topic, partition and offset.
 *
 * @example
 * ```ts ignore
 * import { Kafka } from "kafkajs";
 *
 * const kafka = new Kafka({ brokers: ["localhost:9092"] });
 * const from = kafkaSource(kafka, { groupId: "thrum", topics: ["prices"] });
 * const hub = createHub({
 *   access: "anonymous",
 *   bridge: { sources: [{ from, channel: "prices:{key}" }] },
 * });
 * ```
 *
 * @throws {TypeError} If there is no such option, or one is of another type.
 * @throws {RangeError} If a number is out of its range.
 */
export function kafkaSource(
  client: KafkaClient,
  options: KafkaSourceOptions,
): BridgeSource {
  requireKnown("read topics of Kafka", options, SOURCE_OPTIONS);
  requireTexts("read the topics", options.topics, "names");
  const { groupId, sessionTimeoutMs, concurrency } = options;
  requireName("read topics of Kafka with the groupId", groupId);
  requireNumbers("read topics of Kafka", { sessionTimeoutMs, concurrency });
  const name = `kafka ${options.topics.join(", ")}`;
  return {
    name,
    run: (take, signal) => consume(client, options, { take, signal }),
  };
}

/** Refuses what is no name, of a program without types. */
function requireName(action: string, name: unknown): void {
  if (typeof name === "string" && name !== "") return;
  throw new TypeError(`Cannot ${action} ${shown(name)}: expected a name`);
}

async function consume(
  client: KafkaClient,
  options: KafkaSourceOptions,
  { take, signal }: {
    readonly take: TakeRecords;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { groupId, topics, fromBeginning = false, concurrency = 8 } = options;
  const { sessionTimeoutMs: sessionTimeout = 30_000 } = options;
  const { clock = systemClock } = options;
  const ended = deferred();
  const end = () => ended.resolve();
  let isOver = false;
  const consumer = client.consumer({
    groupId,
    sessionTimeout,
    maxWaitTimeInMs: FETCH_WITHIN_MS,
    // The bridge makes another one: this one would begin again after its end, too.
    retry: { restartOnFailure: () => Promise.resolve(false) },
  });
  consumer.on(
    "consumer.crash",
    ({ payload: { error } }) => ended.reject(error),
  );
  const begin = async () => {
    await consumer.connect();
    if (isOver) return;
    await consumer.subscribe({ topics: [...topics], fromBeginning });
    if (isOver) return;
    await consumer.run({
      eachBatchAutoResolve: false,
      autoCommitInterval: COMMIT_EVERY_MS,
      autoCommitThreshold: COMMIT_EVERY_RECORDS,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: async (batch) => {
        try {
          await takeBatch(batch, take, signal);
        } catch (error) {
          // Thrown on, it would be read again at once, without an end.
          ended.reject(error);
        }
      },
    });
  };
  signal.addEventListener("abort", end);
  const beginning = begin();
  beginning.catch(ended.reject);
  try {
    if (!signal.aborted) await ended.promise;
  } finally {
    isOver = true;
    signal.removeEventListener("abort", end);
    const disconnect = () => consumer.disconnect();
    await inTime(beginning.then(disconnect, disconnect), clock);
  }
}

async function takeBatch(
  context: KafkaBatch,
  take: TakeRecords,
  signal: AbortSignal,
): Promise<void> {
  const { batch: { topic, partition, messages } } = context;
  for (let start = 0; start < messages.length; start += WINDOW) {
    // Another member of the group has the partition now.
    if (signal.aborted || !context.isRunning() || context.isStale()) return;
    const window = messages.slice(start, start + WINDOW);
    await take(window.map((message) => toRecord(message, topic, partition)));
    context.resolveOffset(window[window.length - 1]!.offset);
    await context.heartbeat();
    await context.commitOffsetsIfNecessary();
  }
}

const decoder = new TextDecoder();
const strictDecoder = new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true,
});

function toRecord(
  { key, value, offset, headers = {} }: KafkaMessage,
  topic: string,
  partition: number,
): SourceRecord {
  return {
    topic,
    id: `${topic}/${partition}/${offset}`,
    key: key ? toKey(key) : undefined,
    value: value ? new Uint8Array(value) : undefined,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, toText(value)]),
    ),
  };
}

/** Text of a key; `undefined` if it is not UTF-8, for several keys could become the same text. */
function toKey(key: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(key);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Text of a header; the last one of several. */
function toText(value: KafkaHeader): string {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : decoder.decode(last);
}

/** Options of {@linkcode kafkaSink}. */
export interface KafkaSinkOptions {
  /** The topic that takes the publications. */
  readonly topic: string;
  /** Clock for the wait at the end. @default {systemClock} */
  readonly clock?: Clock;
}

const SINK_OPTIONS = namesOf<KafkaSinkOptions>({ topic: true, clock: true });

/**
 * A topic of Kafka as a sink. The key of a record is its channel, so that one partition
 * has all of a channel; a batch counts as sent once all replicas in sync have it.
 */
export function kafkaSink(
  client: KafkaClient,
  options: KafkaSinkOptions,
): BridgeSink {
  requireKnown("send to a topic of Kafka", options, SINK_OPTIONS);
  const { topic, clock = systemClock } = options;
  requireName("send to Kafka with the topic", topic);
  let connected: Promise<KafkaProducer> | undefined;
  const connect = async () => {
    // With more than one, a repeated request could come behind the next one.
    const producer = client.producer({ maxInFlightRequests: 1 });
    await producer.connect();
    return producer;
  };
  return {
    name: `kafka ${topic}`,
    async send(records) {
      connected ??= connect();
      let producer: KafkaProducer;
      try {
        producer = await connected;
      } catch (error) {
        connected = undefined;
        throw error;
      }
      const messages = records.map(({ key = null, value, headers }) => ({
        key,
        value: value === undefined ? null : toBuffer(value),
        headers: { ...headers },
      }));
      await producer.send({ topic, acks: -1, messages });
    },
    async close() {
      await inTime(connected?.then((producer) => producer.disconnect()), clock);
    },
  };
}

/** The same bytes as a Buffer: kafkajs writes others as the text of their numbers. */
function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
