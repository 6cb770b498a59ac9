/** File of the bridge: JSON with the sources and sinks of a Kafka. */

import * as v from "valibot";
import type { BridgeOptions } from "../lib/bridge/bridge.ts";
import { ChannelTemplate } from "../lib/bridge/channel_template.ts";
import { kafkaSink, kafkaSource } from "../lib/bridge/kafka.ts";
import { parseDuration } from "../lib/base/duration.ts";
import {
  exactly,
  expected,
  oneOf,
  type Parsed,
  parseJson,
} from "../lib/base/json.ts";

import { type FileSources, readJsonFile } from "./json_file.ts";

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
  v.check(isTemplate, expected("a channel such as prices:{key}")),
);

function isTemplate(text: string): boolean {
  try {
    new ChannelTemplate(text);
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
    // A message would show it.
    password: v.pipe(
      v.string("expected a text"),
      v.nonEmpty("expected a text"),
    ),
  });
}

const schema = exactly({
  kafka: exactly({
    brokers: texts,
    clientId: v.exactOptional(text),
    ssl: v.exactOptional(flag),
    sasl: v.exactOptional(v.variant("mechanism", [
      loginBy("plain"),
      loginBy("scram-sha-256"),
      loginBy("scram-sha-512"),
    ], expected("plain, scram-sha-256 or scram-sha-512"))),
  }),
  sources: v.exactOptional(v.array(exactly({
    topics: texts,
    groupId: text,
    channel: template,
    fromBeginning: v.exactOptional(flag),
    sessionTimeout: v.exactOptional(duration),
    onPoison: v.exactOptional(oneOf(["skip", "stop"])),
    maxAttempts: v.exactOptional(count),
  }))),
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
export type BridgeFile = v.InferOutput<typeof schema>;

/** Reads the file that the variable BRIDGE names; `undefined` without one. */
export function readBridgeFile(
  sources: FileSources,
): Parsed<BridgeFile | undefined> {
  const json = readJsonFile("BRIDGE", sources);
  if (json === undefined) return { ok: true, value: undefined };
  if (!json.ok) return json;
  const parsed = parseJson(schema, json.value);
  if (parsed.ok) return parsed;
  const path = sources.read("BRIDGE");
  const problems = parsed.problems.map((each) => `BRIDGE="${path}": ${each}`);
  return { ok: false, problems };
}

/** Makes the sources and sinks of a file; loads the client of Kafka, which no other server needs. */
export async function openBridge(
  { kafka, sources = [], sinks = [] }: BridgeFile,
): Promise<BridgeOptions> {
  const { Kafka, logLevel } = await import("kafkajs");
  const { clientId = "thrum", sasl, ...rest } = kafka;
  // What fails reaches the log of the hub.
  const client = new Kafka({
    ...rest,
    clientId,
    sasl,
    logLevel: logLevel.NOTHING,
  });
  return {
    sources: sources.map((
      { channel, onPoison, maxAttempts, sessionTimeout, ...source },
    ) => ({
      ...{ channel, onPoison, maxAttempts },
      from: kafkaSource(client, {
        ...source,
        sessionTimeoutMs: sessionTimeout,
      }),
    })),
    sinks: sinks.map(({ topic, ...sink }) => ({
      ...sink,
      to: kafkaSink(client, { topic }),
    })),
  };
}
