/** Options of sources and sinks from a program without types, which would fail with the first record. */

import { assertEquals, assertThrows } from "@std/assert";
import { kafkaSink, kafkaSource } from "../../../lib/bridge/kafka.ts";
import { natsSource } from "../../../lib/bridge/nats_source.ts";
import { postgresOutbox } from "../../../lib/bridge/postgres_outbox.ts";
import { createHub } from "../../../lib/create_hub.ts";
import { FakeSink, FakeSource } from "../../support/bridge_scene.ts";

const to = new FakeSink();
const from = new FakeSource();
const SINK = "Cannot make a sink of a bridge with ";
const SOURCE = "Cannot make a source of a bridge with ";
const IN_MS = "expected a number of milliseconds from 0 to 2145600000";
const COUNT = "expected a whole number of at least 1";
const SINK_SYSTEM = "expected an object with a name and send and close";
const SOURCE_SYSTEM = "expected an object with a name and run";
const CHANNELS = "expected a list of patterns such as chat:*";
const CHANNEL = "expected a text such as prices:{key}, or a function";

const SINKS: readonly (readonly [options: object, message: string])[] = [
  [{ channels: ["*"] }, `${SINK}to of the type undefined: ${SINK_SYSTEM}`],
  [
    { channels: ["*"], to: "kafka://user:password@host" },
    `${SINK}to of the type string: ${SINK_SYSTEM}`,
  ],
  [
    { channels: ["*"], to: { name: "k", send() {} } },
    `${SINK}to of the type object: ${SINK_SYSTEM}`,
  ],
  [{ to }, `${SINK}channels undefined: ${CHANNELS}`],
  [{ to, channels: "news:*" }, `${SINK}channels "news:*": ${CHANNELS}`],
  [{ to, channels: [/a/] }, `${SINK}channels [{}]: ${CHANNELS}`],
  [
    { to, channels: ["*"], confirm: "false" },
    `${SINK}confirm of the type string: expected true or false`,
  ],
  [
    { to, channels: ["*"], maxWaiting: NaN },
    `${SINK}maxWaiting NaN: ${COUNT}`,
  ],
  [
    { to, channels: ["*"], maxWaitingBytes: "1kb" },
    `${SINK}maxWaitingBytes "1kb": ${COUNT}`,
  ],
  [
    { to, channels: ["*"], maxBatchBytes: 0 },
    `${SINK}maxBatchBytes 0: ${COUNT}`,
  ],
  [
    { to, channels: ["*"], maxAttempts: 1.5 },
    `${SINK}maxAttempts 1.5: ${COUNT}`,
  ],
  [
    { to, channels: ["*"], confirmWithinMs: Infinity },
    `${SINK}confirmWithinMs Infinity: ${IN_MS}`,
  ],
];

const SOURCES: readonly (readonly [options: object, message: string])[] = [
  [{ channel: "a" }, `${SOURCE}from of the type undefined: ${SOURCE_SYSTEM}`],
  [
    { channel: "a", from: { run() {} } },
    `${SOURCE}from of the type object: ${SOURCE_SYSTEM}`,
  ],
  [{ from }, `${SOURCE}a channel of the type undefined: ${CHANNEL}`],
  [
    { from, channel: ["a"] },
    `${SOURCE}a channel of the type array: ${CHANNEL}`,
  ],
  [
    { from, channel: "a", onPoison: "halt" },
    `${SOURCE}onPoison "halt": expected skip or stop`,
  ],
  [
    { from, channel: "a", maxAttempts: "3" },
    `${SOURCE}maxAttempts "3": ${COUNT}`,
  ],
];

const cases = [
  ...SINKS.map(([sink, message]) => [{ sinks: [sink] }, message] as const),
  ...SOURCES.map(([each, message]) => [{ sources: [each] }, message] as const),
];

for (const [bridge, message] of cases) {
  Deno.test(`A hub with such a bridge is not made: ${message}`, () => {
    const options: object = { access: "anonymous", bridge };
    const create = () => createHub(options as Parameters<typeof createHub>[0]);
    assertEquals(assertThrows(create, Error).message, message);
  });
}

Deno.test("Options of a bridge that are undefined count as left out, and attempts may be without a bound", async () => {
  const hub = createHub({
    access: "anonymous",
    log: { debug() {}, info() {}, warn() {}, error() {} },
    bridge: {
      sources: [
        { from, channel: "a", onPoison: undefined, maxAttempts: undefined },
        { from, channel: () => "a", maxAttempts: Infinity },
      ],
      sinks: [{
        to,
        channels: ["chat:*"],
        confirm: undefined,
        confirmWithinMs: undefined,
        maxAttempts: Infinity,
      }],
    },
  });
  await hub.drain();
});

const POSTGRES = "postgres://localhost/app";

Deno.test("Numbers and lists of Kafka, NATS and an outbox are refused before they are used", () => {
  const stream = { stream: "S", consumer: "c" };
  const made = {
    [`Cannot read the topics "prices": expected a list of names`]: () =>
      kafkaSource({} as never, { groupId: "g", topics: "prices" as never }),
    [`Cannot read topics of Kafka with concurrency 0: ${COUNT}`]: () =>
      kafkaSource({} as never, { groupId: "g", topics: [], concurrency: 0 }),
    ["Cannot read topics of Kafka with the groupId undefined: expected a name"]:
      () => kafkaSource({} as never, { topics: ["a"] } as never),
    ['Cannot send to Kafka with the topic "": expected a name']: () =>
      kafkaSink({} as never, { topic: "" }),
    ['Cannot read the stream "undefined" by the consumer "c": expected names without spaces, dots, slashes and wildcards']:
      () => natsSource("nats://localhost", { consumer: "c" } as never),
    [`Cannot read a stream of NATS with ackWaitMs NaN: ${IN_MS}`]: () =>
      natsSource("nats://localhost", { ...stream, ackWaitMs: NaN }),
    [`Cannot read a stream of NATS with maxAckPending -1: ${COUNT}`]: () =>
      natsSource("nats://localhost", { ...stream, maxAckPending: -1 }),
    [`Cannot read an outbox with pollMs "1s": ${IN_MS}`]: () =>
      postgresOutbox(POSTGRES, { pollMs: "1s" as never }),
    [`Cannot read an outbox with publishWithinMs Infinity: ${IN_MS}`]: () =>
      postgresOutbox(POSTGRES, { publishWithinMs: Infinity }),
    "Cannot read an outbox with pollMs 0: expected a time above 0": () =>
      postgresOutbox(POSTGRES, { pollMs: 0 }),
  };
  for (const [message, make] of Object.entries(made)) {
    assertEquals(assertThrows(make, Error).message, message);
  }
});
