import { assertEquals } from "@std/assert";
import { openBridge, readBridgeFile } from "../../../server/bridge_file.ts";

const NATS = "nats://user:hidden@localhost:4222";
const POSTGRES = "postgres://user:hidden@localhost/app";
const STREAM = { stream: "IN", consumer: "thrum", channel: "{key}" };
const TABLE = { table: "thrum_outbox", channel: "{key}" };
const KAFKA = { brokers: ["localhost:9092"] };

function read(file: unknown) {
  return readBridgeFile({
    read: (name) => name === "BRIDGE" ? "bridge.json" : undefined,
    readFile: () => typeof file === "string" ? file : JSON.stringify(file),
  });
}

Deno.test("Without BRIDGE there is no bridge", () => {
  const parsed = readBridgeFile({
    read: () => undefined,
    readFile: () => "",
  });
  assertEquals(parsed, { ok: true, value: undefined });
});

for (
  const [file, problem] of [
    ["{", "expected a file with JSON"],
    [{}, "$: expected sources or sinks"],
    [{ kafka: KAFKA }, "$: expected sources or sinks"],
    [{ kafka: KAFKA, sources: [], sinks: [] }, "expected sources or sinks"],
    [
      { sinks: [{ topic: "a", channels: ["a"] }] },
      "$: expected kafka with its brokers, for its topics",
    ],
    [
      { sources: [{ topics: ["a"], groupId: "g", channel: "a" }] },
      "$: expected kafka with its brokers, for its topics",
    ],
    [
      { kafka: KAFKA, sources: [STREAM] },
      "$: expected nats with its URL, for its streams",
    ],
    [
      { kafka: KAFKA, sources: [TABLE] },
      "$: expected postgres with its URL, for its tables",
    ],
    [{ nats: NATS, sources: [STREAM] }, ""],
    [{ postgres: POSTGRES, sources: [TABLE] }, ""],
    [
      { nats: NATS, postgres: POSTGRES, sources: [STREAM, TABLE] },
      "",
    ],
    [
      { nats: `${NATS}/chat`, sources: [STREAM] },
      "$.nats: expected none of the name, storage, maxAge and replicas",
    ],
    [
      { postgres: `${POSTGRES}?connections=7`, sources: [TABLE] },
      "$.postgres: expected no connections",
    ],
    [
      { nats: "nats://a:1?ack=x", sources: [STREAM] },
      '$.nats: unknown option "ack": expected storage=file or memory',
    ],
    [
      { nats: NATS, sources: [{ ...STREAM, maxAckPending: 0 }] },
      "$.sources[0].maxAckPending: expected a whole number from 1 on",
    ],
    [
      { nats: NATS, sources: [{ ...STREAM, consumer: "a.b" }] },
      "$.sources[0].consumer: expected a name without spaces",
    ],
    [
      { nats: NATS, sources: [{ ...STREAM, groupId: "g" }] },
      "$.sources[0].groupId: unknown key",
    ],
    [
      { postgres: POSTGRES, sources: [{ ...TABLE, table: "A" }] },
      "$.sources[0].table: expected a name of lower-case letters",
    ],
    [
      { kafka: KAFKA, sources: [{ channel: "a" }] },
      "$.sources[0]: expected topics of Kafka, a stream of NATS or a table",
    ],
    [{ kafka: {} }, "$.kafka.brokers: expected, but missing"],
    [
      { kafka: KAFKA, sinks: [{ topic: "a" }] },
      "$.sinks[0].channels: expected, but missing",
    ],
    [
      {
        kafka: KAFKA,
        sources: [{ topics: ["a"], groupId: "g", channel: "{x}" }],
      },
      "sources[0].channel: expected a channel such as prices:{key}",
    ],
    [
      {
        kafka: KAFKA,
        sources: [{
          topics: ["a"],
          groupId: "g",
          channel: "a",
          sessionTimeout: "1",
        }],
      },
      "",
    ],
    [
      { kafka: { ...KAFKA, sasl: { mechanism: "x" } } },
      "$.kafka.sasl.mechanism: expected plain, scram-sha-256 or scram-sha-512",
    ],
    [{ kafka: KAFKA, sink: [] }, "$.sink: unknown key"],
  ] as const
) {
  Deno.test(`The file of a bridge ${JSON.stringify(file)}: ${problem || "fits"}`, () => {
    const parsed = read(file);
    assertEquals(parsed.ok, problem === "");
    if (parsed.ok) return;
    assertEquals(parsed.problems.length, 1);
    assertEquals(
      parsed.problems[0]?.startsWith('BRIDGE="bridge.json": '),
      true,
    );
    assertEquals(
      parsed.problems[0]?.includes(problem),
      true,
      parsed.problems[0],
    );
  });
}

Deno.test("A password is in no message", () => {
  const sasl = { mechanism: "plain", username: "a", password: ["hidden"] };
  const parsed = read({ kafka: { ...KAFKA, sasl } });
  assertEquals(parsed.ok, false);
  assertEquals(JSON.stringify(parsed).includes("hidden"), false);
  for (const system of ["nats", "postgres"]) {
    for (const url of ["http://user:hidden@localhost", { url: "hidden" }]) {
      const parsed = read({ [system]: url, sources: [STREAM, TABLE] });
      assertEquals(parsed.ok, false);
      assertEquals(JSON.stringify(parsed).includes("hidden"), false);
    }
  }
});

Deno.test("A file becomes sources and sinks, and nothing connects before the hub starts", async () => {
  const parsed = read({
    ...{ kafka: KAFKA, nats: NATS, postgres: POSTGRES },
    sources: [
      { topics: ["a", "b"], groupId: "g", channel: "{key}" },
      { ...STREAM, onPoison: "stop", maxAttempts: 2 },
      TABLE,
    ],
    sinks: [{ topic: "c", channels: ["*"], confirm: false }],
  });
  if (!parsed.ok || parsed.value === undefined) throw new Error("refused");
  const { sources = [], sinks = [] } = await openBridge(parsed.value);
  assertEquals(sources.map(({ from: { name } }) => name), [
    ...["kafka a, b", "nats IN", "postgres thrum_outbox"],
  ]);
  const { onPoison, maxAttempts } = sources[1]!;
  assertEquals([onPoison, maxAttempts], ["stop", 2]);
  assertEquals(sinks.map(({ to: { name }, confirm }) => [name, confirm]), [
    ["kafka c", false],
  ]);
});
