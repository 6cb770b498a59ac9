import { assertEquals } from "@std/assert";
import { openBridge, readBridgeFile } from "../../../server/bridge_file.ts";

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
    [{}, "$.kafka: expected, but missing"],
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
});

Deno.test("A file becomes sources and sinks, and nothing connects before the hub starts", async () => {
  const parsed = read({
    kafka: KAFKA,
    sources: [{ topics: ["a", "b"], groupId: "g", channel: "{key}" }],
    sinks: [{ topic: "c", channels: ["*"], confirm: false }],
  });
  if (!parsed.ok || parsed.value === undefined) throw new Error("refused");
  const { sources = [], sinks = [] } = await openBridge(parsed.value);
  assertEquals(sources.map(({ from: { name } }) => name), ["kafka a, b"]);
  assertEquals(sinks.map(({ to: { name }, confirm }) => [name, confirm]), [
    ["kafka c", false],
  ]);
});
