/** Two layers: servers that hold the connections, and a Kafka behind them. */

import { assert, assertEquals } from "@std/assert";
import { BrokerNodes, isReady } from "../support/broker_nodes.ts";
import { eventually } from "../support/eventually.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import { API_KEY, callApi } from "../routes/api_server.ts";
import { hasCount, KafkaStage } from "./kafka_stage.ts";

const kcat = requireTool("kcat");
const redis = requireTool("redis-server");

/** They read the file of the bridge. */
const PERMISSIONS = ["--allow-net", "--allow-env", "--allow-read"];

function test(
  name: string,
  fn: (kafka: KafkaStage) => Promise<void>,
  ignore = kcat.missing,
): void {
  Deno.test({
    name,
    ignore,
    fn: async () => {
      await using kafka = await KafkaStage.start();
      await fn(kafka);
    },
  });
}

async function bridged(path: string): Promise<TestServer> {
  const server = await TestServer.start({
    env: { INSECURE_ANONYMOUS_ALL: "true", API_KEY, BRIDGE: path },
    permissions: PERMISSIONS,
  });
  await isReady(server);
  return server;
}

async function publish(server: TestServer, channel: string, data: unknown) {
  const { text } = await callApi(server, "publish", { channel, data });
  return JSON.parse(text) as {
    result?: { offset: number };
    error?: { code: number };
  };
}

test(
  "Clients of two nodes ask through one topic, and a program behind Kafka answers through another",
  async (kafka) => {
    const path = await kafka.bridgeFile({
      sources: [{
        topics: ["answers"],
        groupId: "thrum",
        channel: "{key}",
        fromBeginning: true,
        sessionTimeout: "6s",
      }],
      sinks: [{ topic: "questions", channels: ["room-*"] }],
    });
    await using cluster = await BrokerNodes.start(2, {
      broker: () => RedisServer.start(),
      env: { BRIDGE: path },
      permissions: PERMISSIONS,
    });
    await using stack = new AsyncDisposableStack();
    const clients = await Promise.all(
      cluster.nodes.map(async ({ wsUrl }, index) => {
        const client = await TextClient.open(`${wsUrl}/ws?uid=user${index}`, {
          timeoutMs: 60_000,
        });
        stack.use(client);
        client.send("+#room-1");
        assertEquals(await client.next(), "+#room-1");
        return client;
      }),
    );
    await kafka.consume(
      "questions",
      ({ key, value }) =>
        kafka.produce("answers", [{ key, value: `answer to ${value}` }]),
    );
    clients[0]?.send("#room-1:why");
    for (const client of clients) {
      assertEquals(await client.next(), "#room-1:why");
      assertEquals(await client.next(), "#room-1:answer to why");
    }
  },
  kcat.missing || redis.missing,
);

test("What is published arrives in the topic, each once and in the order of its channel", async (kafka) => {
  const path = await kafka.bridgeFile({
    sinks: [{ topic: "log", channels: ["log*"] }],
  });
  await using server = await bridged(path);
  const received = await kafka.consume("log");
  const [channels, each] = [10, 100];
  await Promise.all(Array.from({ length: channels }, async (_, channel) => {
    for (let n = 1; n <= each; n++) {
      const { result } = await publish(server, `log${channel}`, n);
      assertEquals(result?.offset, n);
    }
  }));
  await hasCount(received, channels * each);
  for (let channel = 0; channel < channels; channel++) {
    const own = received.filter(({ key }) => key === `log${channel}`);
    const expected = Array.from({ length: each }, (_, index) => `${index + 1}`);
    assertEquals(own.map(({ value }) => value), expected);
    assertEquals(own.map(({ headers }) => headers["thrum-offset"]), expected);
  }
});

test("While no broker of Kafka answers, publishers get error 100 in time and others are served; then all arrives in order", async (kafka) => {
  const path = await kafka.bridgeFile({
    sinks: [{ topic: "log", channels: ["log"] }],
  });
  await using server = await bridged(path);
  const received = await kafka.consume("log");
  await publish(server, "log", 1);
  await hasCount(received, 1);
  await kafka.brokers.halt();
  const late = publish(server, "log", 2);
  const started = performance.now();
  for (let n = 0; n < 20; n++) {
    assert((await publish(server, "other", n)).result);
  }
  assert(performance.now() - started < 4_000);
  assertEquals((await late).error?.code, 100);
  kafka.brokers.resume();
  assertEquals((await publish(server, "log", 3)).error, undefined);
  await hasCount(received, 3);
  const values = received.map(({ value }) => value);
  // A request whose answer was lost may be sent again.
  assertEquals([...new Set(values)], ["1", "2", "3"]);
});

test(
  "A node that is killed while records come in costs none of them, and none comes twice",
  async (kafka) => {
    const path = await kafka.bridgeFile({
      sources: [{
        topics: ["in"],
        groupId: "thrum",
        channel: "news",
        fromBeginning: true,
        sessionTimeout: "6s",
      }],
    });
    await using cluster = await BrokerNodes.start(1, {
      broker: () => RedisServer.start(),
      env: { BRIDGE: path, API_KEY, CHANNEL_HISTORY_SIZE: "1000" },
      permissions: PERMISSIONS,
    });
    const [first] = cluster.nodes;
    assert(first);
    const send = (from: number, to: number) =>
      kafka.produce(
        "in",
        Array.from({ length: to - from }, (_, index) => ({
          key: "same",
          value: String(from + index),
        })),
      );
    await send(0, 120);
    const values = async (server: TestServer): Promise<number[]> => {
      const { text } = await callApi(server, "history", {
        channel: "news",
        limit: 1000,
      });
      const { result } = JSON.parse(text);
      return result.publications.map(({ data }: { data: number }) => data);
    };
    await eventually(async () => (await values(first)).length > 0, {
      awaited: "the first record",
      timeoutMs: 60_000,
    });
    await send(120, 240);
    first.signal("SIGKILL");
    await first.exit;
    await using second = await TestServer.start({
      env: {
        INSECURE_ANONYMOUS_ALL: "true",
        BROKER_URL: cluster.broker.url,
        ...{ BRIDGE: path, API_KEY, CHANNEL_HISTORY_SIZE: "1000" },
      },
      permissions: PERMISSIONS,
    });
    await isReady(second);
    // The group notices the loss of its member after the session's time-out.
    await eventually(async () => (await values(second)).length >= 240, {
      awaited: "all records",
      timeoutMs: 60_000,
    });
    assertEquals(
      await values(second),
      Array.from({ length: 240 }, (_, n) => n),
    );
  },
  kcat.missing || redis.missing,
);

test("A record that cannot be published is skipped with a line in the log", async (kafka) => {
  const path = await kafka.bridgeFile({
    sources: [{
      topics: ["in"],
      groupId: "thrum",
      channel: "{key}",
      fromBeginning: true,
    }],
  });
  await using server = await bridged(path);
  await using client = await TextClient.open(`${server.wsUrl}/ws?uid=a`, {
    timeoutMs: 60_000,
  });
  client.send("+#news");
  await client.next();
  await kafka.produce("in", [
    { key: "unknown:x", value: "1" },
    { key: "news", value: "2" },
  ]);
  assertEquals(await client.next(), "#news:2");
  const line = await server.waitForLog("record_skipped");
  assertEquals(line.channel, "unknown:x");
});
