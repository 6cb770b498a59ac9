/** A stream of NATS as source, which a durable consumer reads. */

import { namesOf, requireKnown } from "../base/options.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { type Random, systemRandom } from "../base/random.ts";
import { isRecord } from "../base/record.ts";
import { NatsClient, type NatsMessage } from "../broker/nats/client.ts";
import { connect } from "../broker/nats/connect.ts";
import {
  isJetStreamError,
  JetStream,
  placeOf,
} from "../broker/nats/jet_stream.ts";
import {
  hasSettings,
  type StreamConfig,
} from "../broker/nats/stream_config.ts";
import { type NatsUrl, parseNatsUrl } from "../broker/nats/url.ts";
import { inTime } from "../base/in_time.ts";
import { requireNumbers } from "../limits/check_limits.ts";
import { NatsPulls } from "./nats_pulls.ts";
import type { BridgeSource, SourceRecord, TakeRecords } from "./types.ts";

/** Options of {@linkcode natsSource}. */
export interface NatsSourceOptions {
  /** The stream, which has to be there. */
  readonly stream: string;
  /** The durable consumer; nodes with the same one share its messages. It is made where it is missing. */
  readonly consumer: string;
  /**
   * Subject of the messages to read, with or without wildcards.
   * @default {all subjects of the stream}
   */
  readonly subject?: string;
  /**
   * Begin of a consumer that is made: the oldest messages, or those from now on.
   * @default {false}
   */
  readonly fromBeginning?: boolean;
  /**
   * Messages that are delivered and not published yet, on all nodes together. With one,
   * all keep the order of the stream, whatever node reads them. More are faster, but keep
   * it on a single node only, and those that a node leaves behind come later.
   * @default {1}
   */
  readonly maxAckPending?: number;
  /**
   * Milliseconds of silence of a node after which its messages go to another one.
   * @default {30_000}
   */
  readonly ackWaitMs?: number;
  /** Source of time. @default {systemClock} */
  readonly clock?: Clock;
  /** Source of random names. @default {systemRandom} */
  readonly random?: Random;
}

const SOURCE_OPTIONS = namesOf<NatsSourceOptions>({
  stream: true,
  consumer: true,
  subject: true,
  fromBeginning: true,
  maxAckPending: true,
  ackWaitMs: true,
  clock: true,
  random: true,
});

/** Nanoseconds of a millisecond, in which JetStream counts. */
const NS = 1_000_000;
/** Names of streams and consumers. */
const NAME = /^[^\s.*>/\\]+$/;
/** Parts of a URL that are about the streams of a hub. */
const HUB_OPTIONS = /[?&](?:storage|maxAge|replicas)=/;
const MESSAGE_ID = "Nats-Msg-Id";
const KEY = "idempotency-key";

/**
 * A stream as a source. A message is acknowledged after it is published, so that each
 * comes at least once; one that comes again is found by its idempotency key: its header
 * of that name, its header `Nats-Msg-Id`, or else its place in the stream. The key of a
 * record is the subject, from the first wildcard of the option `subject` on.
 *
 * @example
 * ```ts ignore
 * const from = natsSource("nats://localhost:4222", {
 *   stream: "PRICES",
 *   consumer: "thrum",
 *   subject: "prices.*",
 * });
 * const hub = createHub({
 *   access: "anonymous",
 *   bridge: { sources: [{ from, channel: "prices:{key}" }] },
 * });
 * ```
 *
 * @param url `nats://user:password@host:4222,host:4222`, or `tls://` for TLS, with the
 * options `creds` and `ca`.
 * @throws {TypeError} If the URL is not one of NATS, a name has other characters, or an option does not exist or is of another type.
 * @throws {RangeError} If a number is out of its range.
 */
export function natsSource(
  url: string,
  options: NatsSourceOptions,
): BridgeSource {
  requireKnown("read a stream of NATS", options, SOURCE_OPTIONS);
  const { stream, consumer, maxAckPending, ackWaitMs } = options;
  requireNumbers("read a stream of NATS", { maxAckPending, ackWaitMs });
  for (const name of [stream, consumer]) {
    // Of a program without types.
    if (typeof name === "string" && NAME.test(name)) continue;
    throw new TypeError(
      `Cannot read the stream "${stream}" by the consumer "${consumer}": expected names without spaces, dots, slashes and wildcards`,
    );
  }
  const parts = parseNatsUrl(url);
  if (parts.name !== "" || HUB_OPTIONS.test(url)) {
    throw new TypeError(
      "Cannot use the URL of NATS for a source: expected none of the name, storage, maxAge and replicas, which a hub has",
    );
  }
  return {
    name: `nats ${stream}`,
    run: (take, signal, onError) =>
      read(parts, options, { take, signal, onError }),
  };
}

async function read(
  url: NatsUrl,
  options: NatsSourceOptions,
  { take, signal, onError }: {
    readonly take: TakeRecords;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): Promise<void> {
  const { stream, consumer, subject = "", maxAckPending = 1 } = options;
  const { clock = systemClock, random = systemRandom } = options;
  const { ackWaitMs = 30_000 } = options;
  const nats = await connect(url, onError);
  const client = new NatsClient({
    nats,
    clock,
    inbox: `_INBOX.${random.uuid()}`,
  });
  const pulls = new NatsPulls({
    nats,
    clock,
    consumer: `${stream}.${consumer}`,
    inbox: `_INBOX.${random.uuid()}`,
    batch: maxAckPending,
    ackWaitMs,
  });
  nats.closed().then((reason) => {
    const error = reason ?? new Error("the connection to NATS has ended");
    client.end(error);
    pulls.fail(error);
  });
  const end = () => pulls.stop();
  signal.addEventListener("abort", end);
  // Ended while it connected.
  if (signal.aborted) end();
  try {
    await makeConsumer(new JetStream(client, clock), options);
    await pulls.run(take, (message) => toRecord(message, stream, subject));
  } finally {
    signal.removeEventListener("abort", end);
    pulls.stop();
    await inTime(nats.close(), clock);
    await inTime(nats.abort(), clock);
  }
}

/** Makes the consumer, or gives the one that is there the settings that it lacks. */
async function makeConsumer(
  jetStream: JetStream,
  options: NatsSourceOptions,
): Promise<void> {
  const { stream, consumer, subject, maxAckPending = 1 } = options;
  const { ackWaitMs = 30_000 } = options;
  const wanted: StreamConfig = {
    ack_policy: "explicit",
    ack_wait: ackWaitMs * NS,
    max_ack_pending: maxAckPending,
    filter_subject: subject,
  };
  const found = await findConsumer(jetStream, `${stream}.${consumer}`);
  if (found?.deliver_subject !== undefined) {
    throw new Error(
      `Cannot read by the consumer "${consumer}": it is a push consumer, expected one to pull from`,
    );
  }
  if (found !== undefined && hasSettings(found, wanted)) return;
  const begin = options.fromBeginning ? "all" : "new";
  await jetStream.call(`CONSUMER.DURABLE.CREATE.${stream}.${consumer}`, {
    stream_name: stream,
    config: {
      deliver_policy: begin,
      ...found,
      ...wanted,
      durable_name: consumer,
    },
  });
}

/** Settings of a consumer; `undefined` if it is not there. */
async function findConsumer(
  jetStream: JetStream,
  consumer: string,
): Promise<StreamConfig | undefined> {
  try {
    const { config } = await jetStream.call(`CONSUMER.INFO.${consumer}`);
    return isRecord(config) ? config : {};
  } catch (error) {
    if (isJetStreamError(error, "consumerNotFound")) return undefined;
    throw error;
  }
}

function toRecord(
  message: NatsMessage,
  stream: string,
  filter: string,
): SourceRecord {
  const { subject, data, headers } = message;
  const { seq, time } = placeOf(message);
  const found = Object.fromEntries(
    (headers?.keys() ?? []).map((name) =>
      [name, headers?.values(name).at(-1) ?? ""] as const
    ),
  );
  const key = found[KEY] ?? found[MESSAGE_ID];
  return {
    topic: stream,
    // Another stream of the same name gives the numbers a second time.
    id: `${stream}/${seq}/${time}`,
    key: keyOf(subject, filter),
    value: new Uint8Array(data),
    headers: key === undefined ? found : { ...found, [KEY]: key },
  };
}

/** The subject from the first wildcard of the filter on; all of it without one. */
function keyOf(subject: string, filter: string): string {
  const first = filter.split(".").findIndex((token) => /^[*>]$/.test(token));
  return subject.split(".").slice(Math.max(first, 0)).join(".");
}
