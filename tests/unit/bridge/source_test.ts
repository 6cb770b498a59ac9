import { assertEquals, assertRejects } from "@std/assert";
import { memoryBroker } from "../../support/memory_broker.ts";
import {
  BridgeScene,
  bytes,
  sourceRecord as record,
} from "../../support/bridge_scene.ts";
import type { SourceRecord } from "../../../lib/bridge/types.ts";
import {
  Namespaces,
  namespacesOf,
} from "../../../lib/channel/channel_options.ts";

function data(scene: BridgeScene, channel: string): Promise<unknown[]> {
  return scene.scene.hub.broker.history(channel, { limit: -1 })
    .then((result) =>
      result.type === "history"
        ? result.publications.map(({ payload }) => payload)
        : []
    );
}

Deno.test("Records become publications of the channels that their template says, in their order", async () => {
  const scene = new BridgeScene({
    source: { channel: "prices:{key}" },
    namespaces: namespacesOf({ "prices:*": {} }),
  });
  await scene.source.bring(
    record({ id: "1", key: "a", value: bytes('{"n":1}') }),
    record({ id: "2", key: "b", value: bytes("text") }),
    record({ id: "3", key: "a", value: bytes("2") }),
    record({ id: "4", key: "a", value: undefined }),
    record({ id: "5", key: undefined, value: bytes("5") }),
  );
  assertEquals(await data(scene, "prices:a"), [
    { json: '{"n":1}' },
    { json: "2" },
    { json: "null" },
  ]);
  assertEquals(await data(scene, "prices:b"), ["text"]);
  assertEquals(scene.events, ["record_passed_over"]);
  await scene.scene.hub.close();
});

Deno.test("A record that comes again is published once, by its header or its id", async () => {
  const scene = new BridgeScene({ source: { channel: "news" } });
  const headers = { "idempotency-key": "same" };
  await scene.source.bring(record({ id: "1" }), record({ id: "2", headers }));
  await scene.source.bring(record({ id: "1" }), record({ id: "3", headers }));
  assertEquals((await data(scene, "news")).length, 2);
  await scene.scene.hub.close();
});

Deno.test("A record is waited with while the broker is away, and is not given up", async () => {
  const broker = memoryBroker();
  const { publish } = broker;
  broker.publish = () => Promise.reject(new Error("away"));
  const scene = new BridgeScene({ source: { channel: "news" }, broker });
  let taken = false;
  const bringing = scene.source.bring(record()).then(() => taken = true);
  await scene.pass(60_000);
  assertEquals(taken, false);
  broker.publish = publish;
  await scene.pass(5_000);
  await bringing;
  assertEquals((await data(scene, "news")).length, 1);
  await scene.scene.hub.close();
});

Deno.test("A record that cannot be published is logged and skipped after its attempts", async () => {
  const scene = new BridgeScene({
    source: { channel: "{key}" },
    namespaces: new Namespaces(),
  });
  const bringing = scene.source.bring(
    record({ id: "1", key: "unknown:a" }),
    record({ id: "2", key: "news" }),
  );
  await scene.pass(1_000);
  await bringing;
  assertEquals(scene.events, [
    "record_delayed",
    "record_delayed",
    "record_skipped",
  ]);
  assertEquals(scene.logs.at(-1)?.record, "1");
  assertEquals((await data(scene, "news")).length, 1);
  await scene.scene.hub.close();
});

Deno.test("A record is skipped whose channel has no name that a client could use", async () => {
  const names = ["x".repeat(400), "bad\x01name", "\0alice", "\0"];
  for (const key of names) {
    const scene = new BridgeScene({ source: { channel: "{key}" } });
    const bringing = scene.source.bring(record({ id: "1", key }));
    await scene.pass(1_000);
    await bringing;
    assertEquals(scene.events.at(-1), "record_skipped", key);
    assertEquals(await data(scene, key), []);
    await scene.scene.hub.close();
  }
});

Deno.test("A source that stops at such a record does not commit it, and is not run again", async () => {
  const scene = new BridgeScene({
    source: { channel: "unknown:a", onPoison: "stop", maxAttempts: 1 },
  });
  await assertRejects(
    () => scene.source.bring(record({ id: "7" })),
    Error,
    "Cannot publish the record 7 to unknown:a",
  );
  await scene.pass(60_000);
  assertEquals(scene.events, ["source_stopped"]);
  assertEquals(scene.source.runs, 1);
  await scene.scene.hub.close();
});

Deno.test("A record for which the function of its channel throws is skipped, or stops the source", async () => {
  const channel = ({ id, key }: SourceRecord) => {
    if (id === "1") throw new SyntaxError("no channel in it");
    return key;
  };
  const records = [
    record({ id: "1", key: "news" }),
    record({ id: "2", key: "news" }),
  ];
  const skipping = new BridgeScene({ source: { channel } });
  await skipping.source.bring(...records);
  assertEquals(skipping.events, ["record_skipped"]);
  assertEquals(skipping.logs[0]?.record, "1");
  assertEquals((await data(skipping, "news")).length, 1);
  await skipping.scene.hub.close();
  const stopping = new BridgeScene({ source: { channel, onPoison: "stop" } });
  await assertRejects(
    () => stopping.source.bring(...records),
    Error,
    "Cannot tell the channel of the record 1",
  );
  await stopping.pass(60_000);
  assertEquals(stopping.events, ["source_stopped"]);
  assertEquals(stopping.source.runs, 1);
  await stopping.scene.hub.close();
});

Deno.test("A source that fails is run again after pauses that grow up to 5 s", async () => {
  const scene = new BridgeScene({ source: { channel: "news" } });
  const runs = [];
  for (let minute = 0; minute < 3; minute++) {
    for (let step = 0; step < 600; step++) {
      scene.source.fail(new Error("no broker"));
      await scene.pass(100);
    }
    runs.push(scene.source.runs);
  }
  const [first = 0, second = 0, third = 0] = runs;
  assertEquals(first > 12 && first < 40, true, `${runs}`);
  assertEquals(third - second >= 12 && third - second <= 24, true, `${runs}`);
  // Records that are committed end the row of failures, and so does a while without one.
  let expected = third + 1;
  for (const [records, pauseMs] of [[1, 5_000], [2, 150], [0, 150]] as const) {
    await scene.pass(5_000);
    assertEquals(scene.source.runs, expected);
    for (let n = 0; n < records; n++) await scene.source.bring(record());
    if (records === 0) await scene.pass(10_000);
    scene.source.fail(new Error("once"));
    await scene.pass(100);
    if (records === 1) assertEquals(scene.source.runs, expected);
    await scene.pass(pauseMs);
    assertEquals(scene.source.runs, ++expected);
  }
  await scene.scene.hub.close();
});

Deno.test("A hub that ends while a record waits ends its source", async () => {
  const broker = memoryBroker();
  broker.publish = () => Promise.reject(new Error("away"));
  const scene = new BridgeScene({ source: { channel: "news" }, broker });
  const bringing = assertRejects(() => scene.source.bring(record()));
  await scene.pass(100);
  await scene.scene.hub.close();
  await bringing;
});

Deno.test("A hub that ends waits for two seconds at most, though its source and its sink do not end", async () => {
  const scene = new BridgeScene({
    source: { channel: "news" },
    sink: { channels: ["*"] },
  });
  scene.source.ends = false;
  scene.sink.ends = false;
  let isClosed = false;
  const closing = scene.scene.hub.close().then(() => isClosed = true);
  await scene.pass(1_900);
  assertEquals(isClosed, false);
  await scene.pass(200);
  await closing;
  assertEquals(scene.sink.closed, true);
});
