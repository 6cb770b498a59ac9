import {
  assert,
  assertEquals,
  assertFalse,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { errors, ProtocolError } from "../../../lib/base/errors.ts";
import type { Published } from "../../../lib/broker/types.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import {
  BridgeScene,
  sourceRecord,
  valueOf,
} from "../../support/bridge_scene.ts";

const SINK = { channels: ["chat*"] };

Deno.test("Publications of a sink's channels are sent with their positions, others are not", async () => {
  const scene = new BridgeScene({ sink: SINK });
  const { hub } = scene.scene;
  const info = { user: "alice", client: "c1" };
  await hub.publish("chat", { json: '{"n":1}' }, {
    info,
    tags: { a: "b" },
    idempotencyKey: "k",
  });
  await hub.publish("chatter", "text");
  await hub.publish("news", "other");
  await hub.sendTo("chat", "direct");
  await hub.broadcast("to all");
  const [first, second, ...rest] = scene.sink.records;
  const { epoch } = await hub.broker.position("chat");
  assertEquals(first?.key, "chat");
  assertEquals(first && valueOf(first), '{"n":1}');
  assertEquals(first?.headers, {
    "content-type": "application/json",
    "thrum-channel": "chat",
    "thrum-offset": "1",
    "thrum-epoch": epoch,
    "thrum-user": "alice",
    "idempotency-key": "k",
    "tag-a": "b",
  });
  assertEquals(second?.headers["content-type"], "text/plain;charset=utf-8");
  assertEquals(rest, []);
  await hub.close();
});

Deno.test("What clients publish is sent", async () => {
  const scene = new BridgeScene({ sink: SINK });
  const gate = Promise.withResolvers<void>();
  scene.sink.onSend = () => gate.promise;
  const { connection, transport } = scene.scene.connect("alice");
  connection.receive("+#chat");
  await scene.scene.settle();
  transport.take();
  connection.receive("#chat:hello");
  await scene.scene.settle();
  gate.resolve();
  await scene.scene.settle();
  assertEquals(scene.sink.records.map(valueOf), ["hello"]);
  await scene.scene.hub.close();
});

Deno.test("A batch that fails is sent again before what was published later, in order", async () => {
  const scene = new BridgeScene({ sink: SINK });
  let failures = 3;
  scene.sink.onSend = () => {
    if (failures-- > 0) throw new Error("no broker");
  };
  const { hub } = scene.scene;
  const published = Array.from(
    { length: 1_200 },
    (_, n) => hub.publish("chat", { json: `${n}` }),
  );
  await scene.pass(1_000);
  await Promise.all(published);
  assertEquals(
    scene.sink.records.map((each) => Number(valueOf(each))),
    Array.from({ length: 1_200 }, (_, n) => n),
  );
  assertEquals(scene.events, ["sink_failed", "sink_failed", "sink_failed"]);
  await hub.close();
});

Deno.test("A batch is bounded by bytes, and a larger payload is sent alone", async () => {
  const scene = new BridgeScene({ sink: { ...SINK, maxBatchBytes: 10 } });
  const gate = Promise.withResolvers<void>();
  const batches: string[] = [];
  scene.sink.onSend = (records) => {
    batches.push(records.map(valueOf).join());
    return gate.promise;
  };
  const texts = ["first", "12345", "67890", "a", "x".repeat(20), "b", "c"];
  const { hub } = scene.scene;
  const published = texts.map((text) => hub.publish("chat", text));
  gate.resolve();
  await scene.scene.settle();
  await Promise.all(published);
  assertEquals(batches, ["first", "12345,67890", "a", "x".repeat(20), "b,c"]);
  await hub.close();
});

Deno.test("A record that the system refuses for ever stops none before it, and is given up if the sink says so", async () => {
  const scene = new BridgeScene({ sink: { ...SINK, maxAttempts: 3 } });
  scene.sink.onSend = (records) => {
    if (records.some((each) => valueOf(each) === "50")) throw new Error("no");
  };
  const { hub } = scene.scene;
  const outcomes = Array.from(
    { length: 100 },
    (_, n) =>
      Promise.resolve(hub.publish("chat", `${n}`))
        .then(() => 0, ({ code }) => code),
  );
  await scene.pass(4_000);
  const expected = Array.from({ length: 100 }, (_, n) => n);
  assertEquals(
    await Promise.all(outcomes),
    expected.map((n) => n === 50 ? errors.notAvailable.code : 0),
  );
  assertEquals(
    scene.sink.records.map((each) => Number(valueOf(each))),
    expected.filter((n) => n !== 50),
  );
  const skipped = scene.logs.filter((line) =>
    line.event === "sink_record_skipped"
  );
  assertEquals(skipped.map(({ channel }) => channel), ["chat"]);
  await hub.close();
});

Deno.test("A record that the system refuses is waited for unless the sink says otherwise", async () => {
  const scene = new BridgeScene({ sink: { ...SINK, confirm: false } });
  scene.sink.onSend = (records) => {
    if (records.some((each) => valueOf(each) === "b")) throw new Error("no");
  };
  const { hub } = scene.scene;
  for (const text of ["a", "b", "c"]) hub.publish("chat", text);
  await scene.pass(60_000);
  assertEquals(scene.sink.records.map(valueOf), ["a"]);
  scene.sink.onSend = () => {};
  await scene.pass(6_000);
  assertEquals(scene.sink.records.map(valueOf), ["a", "b", "c"]);
  await hub.close();
});

Deno.test("A send that fails after the end is not logged", async () => {
  const scene = new BridgeScene({ sink: { ...SINK, confirm: false } });
  const gate = Promise.withResolvers<void>();
  scene.sink.onSend = () => gate.promise;
  const { hub } = scene.scene;
  hub.publish("chat", "x");
  const closing = hub.close();
  await scene.pass(1_500);
  await closing;
  gate.reject(new Error("the producer is disconnected"));
  await scene.pass(1_000);
  assertEquals(scene.events, ["sink_lost"]);
});

Deno.test("A publisher gets error 100 while the queue is full, and nothing is published", async () => {
  for (const bound of [{ maxWaiting: 2 }, { maxWaitingBytes: 6 }]) {
    const scene = new BridgeScene({ sink: { ...SINK, ...bound } });
    const gate = Promise.withResolvers<void>();
    scene.sink.onSend = () => gate.promise;
    const { hub } = scene.scene;
    const waiting = [hub.publish("chat", "one"), hub.publish("chat", "two")];
    const error = assertThrows(
      () => hub.publish("chat", "three"),
      ProtocolError,
    );
    assertEquals([error.code, error.temporary], [100, true]);
    assertEquals((await hub.broker.position("chat")).offset, 2);
    gate.resolve();
    await Promise.all(waiting);
    await hub.publish("chat", "three");
    assertEquals(scene.sink.records.map(valueOf), ["one", "two", "three"]);
    await hub.close();
  }
});

Deno.test("A publisher whose publication is not confirmed in time gets error 100; it is sent later all the same", async () => {
  const scene = new BridgeScene({ sink: SINK });
  let isAway = true;
  scene.sink.onSend = () => {
    if (isAway) throw new Error("away");
  };
  const { hub } = scene.scene;
  const late = assertRejects(
    async () => await hub.publish("chat", "late"),
    ProtocolError,
    "did not answer within 5000 ms",
  );
  await scene.pass(5_000);
  assertEquals((await late).code, 100);
  isAway = false;
  await scene.pass(5_000);
  assertEquals(scene.sink.records.map(valueOf), ["late"]);
  await hub.close();
});

Deno.test("Without confirmation a publisher does not wait", async () => {
  const scene = new BridgeScene({ sink: { ...SINK, confirm: false } });
  const gate = Promise.withResolvers<void>();
  scene.sink.onSend = () => gate.promise;
  const published = scene.scene.hub.publish("chat", "x");
  assert(!(published instanceof Promise));
  gate.resolve();
  await scene.scene.settle();
  assertEquals(scene.sink.records.length, 1);
  await scene.scene.hub.close();
});

Deno.test("A hub that ends sends what waits, for a second, and says what it could not send", async () => {
  for (const [isAway, sent] of [[false, 3], [true, 0]] as const) {
    const scene = new BridgeScene({ sink: { ...SINK, confirm: false } });
    const gate = Promise.withResolvers<void>();
    scene.sink.onSend = async () => {
      await gate.promise;
      if (isAway) throw new Error("away");
    };
    const { hub } = scene.scene;
    for (const text of ["a", "b", "c"]) hub.publish("chat", text);
    const closing = hub.close();
    gate.resolve();
    await scene.pass(1_500);
    await closing;
    assertEquals(scene.sink.records.length, sent);
    assertEquals(scene.events.includes("sink_lost"), isAway);
    assert(scene.sink.closed);
  }
});

Deno.test("A hub that ends waits for publications that are with its broker, and sends them", async () => {
  const broker = memoryBroker();
  const { publish } = broker;
  const gate = Promise.withResolvers<void>();
  broker.publish = async (request) => {
    await gate.promise;
    return await publish.call(broker, request);
  };
  const scene = new BridgeScene({ sink: SINK, broker });
  const { hub } = scene.scene;
  const published = hub.publish("chat", "x");
  const closing = hub.close();
  await scene.pass(500);
  assertFalse(scene.sink.closed);
  gate.resolve();
  await scene.scene.settle();
  await Promise.all([published, closing]);
  assertEquals(scene.sink.records.map(valueOf), ["x"]);
  assertEquals([scene.events, scene.clock.pending], [[], 0]);
});

Deno.test("Publications that the broker answers together after the end share a line of the log", async () => {
  const gate = Promise.withResolvers<Published>();
  const broker = memoryBroker();
  broker.publish = () => gate.promise;
  const sink = { ...SINK, confirm: false };
  const scene = new BridgeScene({ sink, broker });
  const { hub } = scene.scene;
  const published = ["a", "b", "c"].map((text) => hub.publish("chat", text));
  const closing = hub.close();
  await scene.pass(1_500);
  await closing;
  gate.resolve({ offset: 1, epoch: "e", delivered: true });
  await Promise.all(published);
  await scene.scene.settle();
  const lost = scene.logs.filter(({ event }) => event === "sink_lost");
  assertEquals(lost.map(({ records }) => records), [3]);
});

for (const confirm of [true, false]) {
  Deno.test(`A publication that reaches the broker when the hub has ended is logged as lost, and its publisher ${confirm ? "learns of it at once" : "has its position"}`, async () => {
    const gate = Promise.withResolvers<Published>();
    const broker = memoryBroker();
    broker.publish = () => gate.promise;
    const scene = new BridgeScene({ sink: { ...SINK, confirm }, broker });
    const { hub } = scene.scene;
    const published = Promise.resolve(hub.publish("chat", "x"))
      .then(({ offset }) => offset, ({ code, message }) => [code, message]);
    const closing = hub.close();
    await scene.pass(1_500);
    await closing;
    gate.resolve({ offset: 1, epoch: "e", delivered: true });
    assertEquals(await published, confirm ? [100, "the hub has ended"] : 1);
    assertEquals(scene.sink.attempts, 0);
    const lost = scene.logs.filter(({ event }) => event === "sink_lost");
    assertEquals(lost.map(({ records }) => records), [1]);
    assertEquals(scene.clock.pending, 0);
  });
}

Deno.test("A version goes with its publication, and what a condition refuses is not sent", async () => {
  const scene = new BridgeScene({ sink: SINK });
  const { hub } = scene.scene;
  await hub.publish("chat", "x", { version: { number: 3, epoch: "e" } });
  assertEquals(scene.sink.records[0]?.headers["thrum-version"], "3");
  assertEquals(scene.sink.records[0]?.headers["thrum-version-epoch"], "e");
  const history = { size: 10, ttlMs: 1_000 };
  const after = { offset: 7, epoch: "other" };
  const request = { channel: "chat", payload: "y", history, after };
  assert((await hub.broker.publish(request)).conflict);
  assertEquals(scene.sink.records.length, 1);
  await hub.close();
});

Deno.test("What comes from a source goes to no sink: it would go round for ever", async () => {
  const scene = new BridgeScene({ source: { channel: "chat" }, sink: SINK });
  await scene.source.bring(sourceRecord());
  assertEquals((await scene.scene.hub.broker.position("chat")).offset, 1);
  assertEquals(scene.sink.records, []);
  await scene.scene.hub.close();
});
