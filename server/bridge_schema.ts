/** Schema of the bridge's file: the message systems, and what is read from them and sent to them. */

import * as v from "valibot";
import { parseDuration } from "../lib/base/duration.ts";
import { exactly, expected, jsonObject, oneOf } from "../lib/base/json.ts";
import { isRecord, type UnknownRecord } from "../lib/base/record.ts";
import { ChannelTemplate } from "../lib/bridge/channel_template.ts";
import { isOutboxName, OUTBOX_NAME_RULE } from "../lib/bridge/outbox_table.ts";
import { natsSource } from "../lib/bridge/nats_source.ts";
import { postgresOutbox } from "../lib/bridge/postgres_outbox.ts";
import { urlProblem } from "../lib/base/broker_url.ts";
import { parseNatsUrl } from "../lib/broker/nats/url.ts";
import { parsePostgresUrl } from "../lib/broker/postgres/url.ts";

const text = v.pipe(
  v.string(expected("a text")),
  v.nonEmpty(expected("a text")),
);
const texts = v.pipe(
  v.array(text, expected("a list of texts")),
  v.nonEmpty(expected("a list of texts")),
);
const flag = v.boolean(expected("true or false"));
const count = v.custom<number>(
  (value) => Number.isInteger(value) && Number(value) > 0,
  expected("a whole number from 1 on"),
);

const duration = v.pipe(
  v.string(expected("a duration such as 30s")),
  v.transform((text) => parseDuration(text) ?? NaN),
  v.check((ms) => ms >= 1_000, expected("a duration from 1s on")),
);

const template = v.pipe(
  text,
  v.check(
    (text) => isMade(() => new ChannelTemplate(text)),
    expected("a channel such as prices:{key}"),
  ),
);

/** A text that a message would not show. */
const secret = v.pipe(
  v.string("expected a text"),
  v.nonEmpty("expected a text"),
);

const name = v.pipe(
  text,
  v.regex(
    /^[^\s.*>/\\]+$/,
    expected("a name without spaces, dots, slashes and wildcards"),
  ),
);

const natsUrl = v.pipe(
  secret,
  v.check(
    (url) => problemOfNats(url) === undefined,
    ({ input }) => problemOfNats(input) ?? "",
  ),
);

const postgresUrl = v.pipe(
  secret,
  v.check(
    (url) => problemOfPostgres(url) === undefined,
    ({ input }) => problemOfPostgres(input) ?? "",
  ),
);

function problemOfNats(url: string): string | undefined {
  return urlProblem(() => parseNatsUrl(url)) ??
    (isMade(() => natsSource(url, { stream: "s", consumer: "c" }))
      ? undefined
      : "expected none of the name, storage, maxAge and replicas, which a hub has");
}

function problemOfPostgres(url: string): string | undefined {
  return urlProblem(() => parsePostgresUrl(url)) ??
    (isMade(() => postgresOutbox(url))
      ? undefined
      : "expected no connections, of which a source has one");
}

function isMade(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function loginBy<const Mechanism extends string>(mechanism: Mechanism) {
  return v.strictObject({
    mechanism: v.literal(mechanism),
    username: text,
    password: secret,
  });
}

const kafka = exactly({
  brokers: texts,
  clientId: v.exactOptional(text),
  ssl: v.exactOptional(flag),
  sasl: v.exactOptional(v.variant("mechanism", [
    loginBy("plain"),
    loginBy("scram-sha-256"),
    loginBy("scram-sha-512"),
  ], expected("plain, scram-sha-256 or scram-sha-512"))),
});

/** Settings that every source has. */
const ANY_SOURCE = {
  channel: template,
  onPoison: v.exactOptional(oneOf(["skip", "stop"])),
  maxAttempts: v.exactOptional(count),
};

const kafkaTopics = exactly({
  ...ANY_SOURCE,
  topics: texts,
  groupId: text,
  fromBeginning: v.exactOptional(flag),
  sessionTimeout: v.exactOptional(duration),
});

const natsStream = exactly({
  ...ANY_SOURCE,
  stream: name,
  consumer: name,
  subject: v.exactOptional(text),
  fromBeginning: v.exactOptional(flag),
  maxAckPending: v.exactOptional(count),
  ackWait: v.exactOptional(duration),
});

const postgresTable = exactly({
  ...ANY_SOURCE,
  table: v.pipe(
    text,
    v.check(isOutboxName, expected(OUTBOX_NAME_RULE)),
  ),
});

/** One of the sources; the key that only its kind has decides which. */
const source = v.pipe(
  jsonObject,
  v.check(
    (value) => ["topics", "stream", "table"].some((key) => key in value),
    "expected topics of Kafka, a stream of NATS or a table of PostgreSQL",
  ),
  v.lazy((value): v.GenericSchema<UnknownRecord, Source> => {
    const keys = isRecord(value) ? value : {};
    if ("stream" in keys) return natsStream;
    return "table" in keys ? postgresTable : kafkaTopics;
  }),
);

/** A source of the file. */
export type Source =
  | v.InferOutput<typeof kafkaTopics>
  | v.InferOutput<typeof natsStream>
  | v.InferOutput<typeof postgresTable>;

const file = exactly({
  kafka: v.exactOptional(kafka),
  nats: v.exactOptional(natsUrl),
  postgres: v.exactOptional(postgresUrl),
  sources: v.exactOptional(v.array(source)),
  sinks: v.exactOptional(v.array(exactly({
    topic: text,
    channels: texts,
    confirm: v.exactOptional(flag),
    maxWaiting: v.exactOptional(count),
    maxBatchBytes: v.exactOptional(count),
    maxAttempts: v.exactOptional(count),
  }))),
});

/** Contents of the file. */
export type BridgeFile = v.InferOutput<typeof file>;

function reads({ sources = [] }: BridgeFile, key: string): boolean {
  return sources.some((source) => key in source);
}

/** Schema of the contents. */
export const BRIDGE_FILE = v.pipe(
  file,
  v.check(
    ({ sources = [], sinks = [] }) => sources.length + sinks.length > 0,
    "expected sources or sinks",
  ),
  v.check(
    (file) =>
      file.kafka !== undefined ||
      (file.sinks ?? []).length === 0 && !reads(file, "topics"),
    "expected kafka with its brokers, for its topics",
  ),
  v.check(
    (file) => file.nats !== undefined || !reads(file, "stream"),
    "expected nats with its URL, for its streams",
  ),
  v.check(
    (file) => file.postgres !== undefined || !reads(file, "table"),
    "expected postgres with its URL, for its tables",
  ),
);
