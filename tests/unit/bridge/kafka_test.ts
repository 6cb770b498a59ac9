import { assertEquals, assertRejects } from "@std/assert";
import { kafkaSink, kafkaSource } from "../../../lib/bridge/kafka.ts";
import type {
  KafkaBatch,
  KafkaClient,
  KafkaConsumer,
  KafkaMessage,
} from "../../../lib/bridge/kafka_client.ts";
import type { SourceRecord, TakeRecords } from "../../../lib/bridge/types.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const NEVER = new Promise<never>(() => {});

/** A Kafka whose consumer and producer do what a test says. */
class FakeKafka implements KafkaClient {
  readonly clock = new FakeClock();
  connecting: Promise<void> = Promise.resolve();
  disconnecting: Promise<void> = Promise.resolve();
  disconnects = 0;
  runs = 0;
  options: Parameters<KafkaClient["consumer"]>[0] | undefined;
  crash: (error: Error) => void = () => {};
  eachBatch: (batch: KafkaBatch) => Promise<void> = () => NEVER;

  consumer(options: Parameters<KafkaClient["consumer"]>[0]): KafkaConsumer {
    this.options = options;
    return {
      ...this.producer(),
      subscribe: () => Promise.resolve(),
      run: ({ eachBatch }) => {
        this.runs++;
        this.eachBatch = eachBatch;
        return Promise.resolve();
      },
      on: (_, listener) => {
        this.crash = (error) => listener({ payload: { error } });
      },
    };
  }

  producer() {
    return {
      connect: () => this.connecting,
      disconnect: () => {
        this.disconnects++;
        return this.disconnecting;
      },
      send: () => Promise.resolve(),
    };
  }

  /** Runs a source; returns what its bridge has of it. */
  run() {
    const { clock } = this;
    const ending = new AbortController();
    const records: SourceRecord[] = [];
    const options = { groupId: "g", topics: ["t"], clock };
    const take: TakeRecords = (taken) => {
      records.push(...taken);
      return Promise.resolve();
    };
    const source = kafkaSource(this, options);
    const ended = source.run(take, ending.signal, () => {});
    return { ending, records, ended };
  }
}

/** Lets promises settle. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

Deno.test("A consumer that crashes is left to the bridge: it does not begin again by itself", async () => {
  const kafka = new FakeKafka();
  const { ended } = kafka.run();
  await settle();
  const error = new Error("no broker");
  assertEquals(await kafka.options?.retry.restartOnFailure(error), false);
  kafka.crash(error);
  await assertRejects(() => ended, Error, "no broker");
  assertEquals(kafka.disconnects, 1);
});

Deno.test("A source ends though its consumer cannot disconnect, or fails to", async () => {
  for (const fails of [false, true]) {
    const kafka = new FakeKafka();
    kafka.disconnecting = fails ? Promise.reject(new Error("gone")) : NEVER;
    kafka.disconnecting.catch(() => {});
    const { ending, ended } = kafka.run();
    await settle();
    ending.abort();
    await settle();
    kafka.clock.advance(2_000);
    await ended;
    assertEquals(kafka.disconnects, 1);
  }
});

Deno.test("A consumer that connects after the end of its source reads nothing, and is disconnected", async () => {
  const kafka = new FakeKafka();
  const connected = Promise.withResolvers<void>();
  kafka.connecting = connected.promise;
  const { ending, ended } = kafka.run();
  ending.abort();
  await settle();
  kafka.clock.advance(2_000);
  await ended;
  assertEquals(kafka.disconnects, 0);
  connected.resolve();
  await settle();
  assertEquals([kafka.runs, kafka.disconnects], [0, 1]);
});

Deno.test("A sink ends though its producer cannot disconnect", async () => {
  const kafka = new FakeKafka();
  kafka.disconnecting = NEVER;
  const sink = kafkaSink(kafka, { topic: "t", clock: kafka.clock });
  await sink.send([]);
  const closing = sink.close();
  await settle();
  kafka.clock.advance(2_000);
  await closing;
  assertEquals(kafka.disconnects, 1);
});

Deno.test("A key that is not UTF-8 is none", async () => {
  const kafka = new FakeKafka();
  const { ending, records, ended } = kafka.run();
  await settle();
  const keys = [new TextEncoder().encode("é"), new Uint8Array([0xff]), null];
  const messages = keys.map((key, n): KafkaMessage => ({
    key,
    value: null,
    offset: `${n}`,
  }));
  await kafka.eachBatch({
    batch: { topic: "t", partition: 0, messages },
    resolveOffset: () => {},
    heartbeat: () => Promise.resolve(),
    commitOffsetsIfNecessary: () => Promise.resolve(),
    isRunning: () => true,
    isStale: () => false,
  });
  assertEquals(records.map(({ key }) => key), ["é", undefined, undefined]);
  ending.abort();
  await ended;
  assertEquals(kafka.disconnects, 1);
});
