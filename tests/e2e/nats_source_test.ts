/** Streams of a NATS that feed channels: each message once, in order, and acknowledged only then. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type BrokerFactory,
  createHub,
  type EmbeddedHub,
  natsSource,
  type NatsSourceOptions,
} from "../../lib/mod.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { eventually } from "../support/eventually.ts";
import { memoryBroker, type OpenBroker } from "../support/memory_broker.ts";
import { NatsServer } from "../support/nats_server.ts";
import { NatsStreams, type StreamMessage } from "../support/nats_streams.ts";
import { requireTool } from "../support/requirements.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";

const ignore = requireTool("nats-server").missing;
const CHANNEL = "{key}";

/** A NATS with a stream, a program that fills it, and hubs that read it. */
class Stage implements AsyncDisposable {
  readonly server: NatsServer;
  streams: NatsStreams;
  readonly #stack: AsyncDisposableStack;

  private constructor(
    server: NatsServer,
    streams: NatsStreams,
    stack: AsyncDisposableStack,
  ) {
    this.server = server;
    this.streams = streams;
    this.#stack = stack;
  }

  static async start(): Promise<Stage> {
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await NatsServer.start());
    const streams = await NatsStreams.connect(server.url);
    await streams.make("IN", ["in.>"]);
    const stage = new Stage(server, streams, stack.move());
    stage.#stack.defer(() => stage.streams[Symbol.asyncDispose]());
    return stage;
  }

  /** A hub that reads the stream from its beginning. */
  hub(
    options: Partial<NatsSourceOptions> = {},
    { url = this.server.url, ...rest }: {
      readonly url?: string;
      readonly broker?: BrokerFactory;
      readonly channel?: string;
      readonly onPoison?: "stop";
    } = {},
  ): EmbeddedHub {
    const { channel = CHANNEL, onPoison, broker } = rest;
    const from = natsSource(url, {
      ...{ stream: "IN", consumer: "thrum", subject: "in.*" },
      ...{ fromBeginning: true, ...options },
    });
    const hub = createHub({
      access: "anonymous",
      bridge: { sources: [{ from, channel, onPoison }] },
      ...broker === undefined ? {} : { broker },
    });
    this.#stack.defer(() => hub.drain());
    return hub;
  }

  /** Waits until the consumer has nothing left. */
  async isDone(): Promise<void> {
    await eventually(async () => {
      try {
        const { num_ack_pending, num_pending } = await this.streams.consumer(
          "IN",
          "thrum",
        );
        return num_ack_pending + num_pending === 0;
      } catch {
        // It is not made yet.
        return false;
      }
    }, { awaited: "the consumer to have nothing left", timeoutMs: 30_000 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

function test(name: string, fn: (stage: Stage) => Promise<void>): void {
  Deno.test({
    name,
    ignore,
    fn: async () => {
      await using stage = await Stage.start();
      await fn(stage);
    },
  });
}

/** Messages to one subject, numbered. */
function numbered(subject: string, from: number, to: number): StreamMessage[] {
  return Array.from({ length: to - from }, (_, index) => ({
    subject,
    data: String(from + index),
  }));
}

/** A broker that several hubs share, and what is published by it, in its order. */
function sharedBroker(): {
  readonly factory: BrokerFactory;
  readonly broker: OpenBroker;
  readonly published: string[];
} {
  const broker = memoryBroker();
  const published: string[] = [];
  const { publish } = broker;
  broker.publish = async (request) => {
    const before = (await broker.position(request.channel)).offset;
    const result = await publish(request);
    const { payload } = request;
    if (result.offset > before) {
      published.push(
        typeof payload === "object" && "json" in payload
          ? payload.json
          : String(payload),
      );
    }
    return result;
  };
  // The hubs end one after the other.
  broker.close = () => Promise.resolve();
  const clock = systemClock;
  const factory = {
    open: () => ({ broker, presence: new MemoryPresence({ clock }) }),
  };
  return { factory, broker, published };
}

async function dataOf(hub: EmbeddedHub, channel: string): Promise<unknown[]> {
  const { publications } = await hub.history(channel);
  return publications.map(({ data }) => data);
}

test("Messages of a stream become publications of the channels that their subjects say, in order, with their tags", async (stage) => {
  const { streams } = stage;
  await streams.publish(
    { subject: "in.news", data: '{"n":1}', headers: { "tag-kind": "a" } },
    { subject: "in.news", data: "text" },
    { subject: "in.other", data: "3" },
    { subject: "in.deep.er", data: "not read" },
  );
  const hub = stage.hub();
  await stage.isDone();
  await streams.publish({ subject: "in.news", data: "4" });
  await stage.isDone();
  assertEquals(await dataOf(hub, "news"), [{ n: 1 }, "text", 4]);
  assertEquals(await dataOf(hub, "other"), [3]);
  const { publications: [first] } = await hub.history("news");
  assertEquals(first?.tags, { kind: "a" });
});

test("A message with the key of an earlier one is not published again: by its header, or the id that NATS has", async (stage) => {
  const { streams } = stage;
  const ids = ["idempotency-key", "Nats-Msg-Id"];
  for (const header of ids) {
    for (const subject of ["in.news", "in.other"]) {
      await streams.publish({ subject, data: "1", headers: { [header]: "k" } });
    }
  }
  const hub = stage.hub({}, { channel: "news" });
  await stage.isDone();
  assertEquals(await dataOf(hub, "news"), [1]);
});

test("Three hubs of one consumer publish each message once, in the order of the stream", async (stage) => {
  const { factory, published } = sharedBroker();
  const numbers = numbered("in.news", 0, 600);
  await stage.streams.publish(...numbers.slice(0, 300));
  for (let hub = 0; hub < 3; hub++) stage.hub({}, { broker: factory });
  await stage.isDone();
  await stage.streams.publish(...numbers.slice(300));
  await stage.isDone();
  assertEquals(published, numbers.map(({ data }) => data));
});

test("A single hub keeps the order with many messages under way", async (stage) => {
  const { factory, published } = sharedBroker();
  const numbers = numbered("in.news", 0, 2_000);
  await stage.streams.publish(...numbers);
  stage.hub({ maxAckPending: 500 }, { broker: factory });
  await stage.isDone();
  assertEquals(published, numbers.map(({ data }) => data));
});

test("A hub that ends hands what it has not published to the next one, at once and in order", async (stage) => {
  const { factory, published, broker } = sharedBroker();
  const { publish } = broker;
  broker.publish = (request) =>
    published.length < 5 ? publish(request) : Promise.reject(new Error("away"));
  const numbers = numbered("in.news", 0, 20);
  const data = numbers.map(({ data }) => data);
  await stage.streams.publish(...numbers);
  const first = stage.hub({}, { broker: factory });
  await eventually(() => published.length === 5, { awaited: "the first five" });
  await first.drain();
  broker.publish = publish;
  // Far less than the time after which the server delivers them again by itself.
  stage.hub({}, { broker: factory });
  await eventually(() => published.length === 20, { awaited: "all of them" });
  assertEquals(published, data);
});

test("What a hub was publishing when its network went is published by another one", async (stage) => {
  const { factory, published, broker } = sharedBroker();
  const { publish } = broker;
  broker.publish = () => Promise.reject(new Error("away"));
  const { url } = stage.server;
  await using proxy = new TcpProxy(url.replace("nats:", "http:"));
  const numbers = numbered("in.news", 0, 5);
  await stage.streams.publish(...numbers);
  const options = { ackWaitMs: 1_000 };
  stage.hub(options, {
    broker: factory,
    url: proxy.url.replace("http:", "nats:"),
  });
  const isPending = async () => {
    const { num_ack_pending } = await stage.streams.consumer("IN", "thrum");
    return num_ack_pending === 1;
  };
  await eventually(async () => await isPending().catch(() => false), {
    awaited: "a message that waits",
  });
  proxy.freeze();
  stage.hub(options, { broker: factory });
  broker.publish = publish;
  await stage.isDone();
  assertEquals(published, numbers.map(({ data }) => data));
  proxy.restore();
});

test("A message that waits for the hub's broker is not delivered again meanwhile", async (stage) => {
  const { factory, published, broker } = sharedBroker();
  const { publish } = broker;
  broker.publish = () => Promise.reject(new Error("away"));
  await stage.streams.publish(...numbered("in.news", 0, 3));
  stage.hub({ ackWaitMs: 500 }, { broker: factory });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const { num_ack_pending, num_redelivered } = await stage.streams.consumer(
    "IN",
    "thrum",
  );
  assertEquals([num_ack_pending, num_redelivered], [1, 0]);
  broker.publish = publish;
  await stage.isDone();
  assertEquals(published, ["0", "1", "2"]);
});

test("A NATS that is killed and comes back costs no message, and none comes twice", async (stage) => {
  const { factory, published } = sharedBroker();
  const numbers = numbered("in.news", 0, 200);
  await stage.streams.publish(...numbers.slice(0, 100));
  // A message that was under way at the kill comes again after that time.
  stage.hub({ ackWaitMs: 3_000 }, { broker: factory });
  await eventually(() => published.length >= 20, { awaited: "a beginning" });
  await stage.server.kill();
  await stage.streams[Symbol.asyncDispose]();
  await stage.server.start();
  stage.streams = await NatsStreams.connect(stage.server.url);
  await stage.streams.publish(...numbers.slice(100));
  await stage.isDone();
  assertEquals(published, numbers.map(({ data }) => data));
});

test("A source waits for a stream that is made later", async (stage) => {
  const hub = stage.hub({ stream: "LATE", subject: "late.*" });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await stage.streams.make("LATE", ["late.*"]);
  await stage.streams.publish({ subject: "late.news", data: "1" });
  await eventually(async () => (await dataOf(hub, "news")).length === 1, {
    awaited: "the message",
    timeoutMs: 30_000,
  });
});

test("A source that has ended while it connected reads nothing", async (stage) => {
  await stage.streams.publish({ subject: "in.news", data: "1" });
  const options = { stream: "IN", consumer: "thrum", fromBeginning: true };
  const from = natsSource(stage.server.url, options);
  const ending = new AbortController();
  const running = from.run(
    () => Promise.reject(new Error("it has read")),
    ending.signal,
    () => {},
  );
  ending.abort();
  await running;
});

test("A message that cannot be published is acknowledged and skipped, or stops the source before it", async (stage) => {
  await stage.streams.publish(
    { subject: "in.news", data: "1" },
    { subject: "in.unknown:x", data: "2" },
    { subject: "in.news", data: "3" },
  );
  const stopping = stage.hub({ consumer: "stopping" }, { onPoison: "stop" });
  const skipping = stage.hub();
  await stage.isDone();
  assertEquals(await dataOf(skipping, "news"), [1, 3]);
  await eventually(async () => {
    const { num_pending } = await stage.streams.consumer("IN", "stopping");
    return num_pending === 1;
  }, { awaited: "the source to stop" });
  assertEquals(await dataOf(stopping, "news"), [1]);
});

test("A consumer that is there is given the settings that it lacks; one that is pushed to is refused", async (stage) => {
  const { jetStream } = stage.streams;
  const config = {
    durable_name: "thrum",
    ...{ ack_policy: "explicit", filter_subject: "in.*" },
    ...{ deliver_policy: "all", max_ack_pending: 7, max_deliver: 9 },
  };
  const create = "CONSUMER.DURABLE.CREATE.IN";
  await jetStream.call(`${create}.thrum`, { stream_name: "IN", config });
  await jetStream.call(`${create}.pushed`, {
    stream_name: "IN",
    config: { ...config, durable_name: "pushed", deliver_subject: "there" },
  });
  await stage.streams.publish({ subject: "in.news", data: "1" });
  const hub = stage.hub();
  const pushed = stage.hub({ consumer: "pushed" });
  await stage.isDone();
  assertEquals(await dataOf(hub, "news"), [1]);
  assertEquals(await dataOf(pushed, "news"), []);
  const info = await jetStream.call("CONSUMER.INFO.IN.thrum");
  const found = info.config as Record<string, unknown>;
  assertEquals([found.max_ack_pending, found.max_deliver], [1, 9]);
});

Deno.test("A source of NATS takes names and URLs that are such, and no URL of a hub", () => {
  const options = { stream: "IN", consumer: "thrum" };
  const make = (url: string, more = {}) =>
    natsSource(url, { ...options, ...more });
  for (const name of ["", "a.b", "a b", "*", ">"]) {
    assertThrows(() => make("nats://a", { stream: name }), TypeError, "names");
    assertThrows(() => make("nats://a", { consumer: name }), TypeError);
  }
  for (const url of ["http://a", "nats://a/chat", "nats://a?storage=memory"]) {
    assertThrows(() => make(url), TypeError, "expected");
  }
  assert(make("nats://user:pass@a:1,b?ca=x").name === "nats IN");
});
