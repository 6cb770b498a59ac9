/** File of the bridge: JSON with the sources and sinks of a hub. */

import type { Kafka } from "kafkajs";
import { type Parsed, parseJson } from "../lib/base/json.ts";
import type { BridgeOptions } from "../lib/bridge/bridge.ts";
import { kafkaSink, kafkaSource } from "../lib/bridge/kafka.ts";
import { natsSource } from "../lib/bridge/nats_source.ts";
import { postgresOutbox } from "../lib/bridge/postgres_outbox.ts";
import type { BridgeSource } from "../lib/bridge/types.ts";
import { BRIDGE_FILE, type BridgeFile, type Source } from "./bridge_schema.ts";
import { type FileSources, readJsonFile } from "./json_file.ts";

export type { BridgeFile };

/** Reads the file that the variable BRIDGE names; `undefined` without one. */
export function readBridgeFile(
  sources: FileSources,
): Parsed<BridgeFile | undefined> {
  const json = readJsonFile("BRIDGE", sources);
  if (json === undefined) return { ok: true, value: undefined };
  if (!json.ok) return json;
  const parsed = parseJson(BRIDGE_FILE, json.value);
  if (parsed.ok) return parsed;
  const path = sources.read("BRIDGE");
  const problems = parsed.problems.map((each) => `BRIDGE="${path}": ${each}`);
  return { ok: false, problems };
}

/** Makes the sources and sinks of a file. Loads the clients that it needs, which no other server does. */
export async function openBridge(file: BridgeFile): Promise<BridgeOptions> {
  const { sources = [], sinks = [] } = file;
  const client = file.kafka && await openKafka(file.kafka);
  return {
    sources: sources.map(({ channel, onPoison, maxAttempts, ...source }) => {
      const from = openSource(source, file, client);
      return { channel, onPoison, maxAttempts, from };
    }),
    sinks: sinks.map(({ topic, ...sink }) => ({
      ...sink,
      to: kafkaSink(present(client), { topic }),
    })),
  };
}

/** Settings of a source besides those that every source has. */
type SystemOf<Each> = Each extends Source
  ? Omit<Each, "channel" | "onPoison" | "maxAttempts">
  : never;

function openSource(
  source: SystemOf<Source>,
  { nats, postgres }: BridgeFile,
  client: Kafka | undefined,
): BridgeSource {
  if ("stream" in source) {
    const { ackWait: ackWaitMs, ...rest } = source;
    return natsSource(present(nats), { ...rest, ackWaitMs });
  }
  if ("table" in source) return postgresOutbox(present(postgres), source);
  const { sessionTimeout: sessionTimeoutMs, ...rest } = source;
  return kafkaSource(present(client), { ...rest, sessionTimeoutMs });
}

async function openKafka(
  { clientId = "thrum", sasl, ...rest }: NonNullable<BridgeFile["kafka"]>,
): Promise<Kafka> {
  const { Kafka, logLevel } = await import("kafkajs");
  // What fails reaches the log of the hub.
  return new Kafka({ ...rest, clientId, sasl, logLevel: logLevel.NOTHING });
}

/** The system that a source or sink needs; the schema has checked that the file has it. */
function present<T>(system: T | undefined): T {
  if (system === undefined) {
    throw new Error("Cannot open the bridge: a system is missing");
  }
  return system;
}
