/** One channel with clients of the text protocol, of JSON and of protobuf, each on a node of its own where there are several. */

import { assertEquals } from "@std/assert";
import type { Subscription, SubscriptionOptions } from "centrifuge";
import { Centrifuge as ProtobufCentrifuge } from "centrifuge/build/protobuf";
import { webSocket } from "../conformance/sdk_transports.ts";
import { API_KEY, callApi } from "../routes/api_server.ts";
import { BrokerNodes } from "../support/broker_nodes.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import { Sdk, SdkSubscription } from "../support/sdk.ts";
import { requireBrokers } from "../support/shared_broker.ts";
import { TextClient } from "../support/text_client.ts";
import { startServer } from "./text_server.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** What is published, and what each client gets of it. */
interface Exchange {
  readonly what: string;
  readonly by: "protobuf" | "json" | "text";
  readonly publish: unknown;
  readonly protobuf: Uint8Array;
  readonly json: unknown;
  readonly text: string | Uint8Array;
}

const EXCHANGES: readonly Exchange[] = [
  {
    what: "an object as bytes",
    by: "protobuf",
    publish: utf8('{ "a":\n[1, null] }'),
    protobuf: utf8('{ "a":\n[1, null] }'),
    json: { a: [1, null] },
    text: '#news:{ "a":\n[1, null] }',
  },
  {
    what: "a JSON string as bytes",
    by: "protobuf",
    publish: utf8('"hi"'),
    protobuf: utf8('"hi"'),
    json: "hi",
    text: "#news:hi",
  },
  {
    what: "bytes that are no text",
    by: "protobuf",
    publish: Uint8Array.of(0, 255),
    protobuf: Uint8Array.of(0, 255),
    json: "AP8=",
    text: Uint8Array.of(0, 255),
  },
  {
    what: "bytes of a text that is no JSON",
    by: "protobuf",
    publish: utf8("hello"),
    protobuf: utf8("hello"),
    json: "aGVsbG8=",
    text: utf8("hello"),
  },
  {
    what: "an object",
    by: "json",
    publish: { name: "Zoë" },
    protobuf: utf8('{"name":"Zoë"}'),
    json: { name: "Zoë" },
    text: '#news:{"name":"Zoë"}',
  },
  {
    what: "a text",
    by: "text",
    publish: "#news:hello",
    protobuf: utf8('"hello"'),
    json: "hello",
    text: "#news:hello",
  },
  {
    what: "a binary frame",
    by: "text",
    publish: utf8("#news\0\x01\x02").buffer,
    protobuf: Uint8Array.of(1, 2),
    json: "AQI=",
    text: Uint8Array.of(1, 2),
  },
];

/** Settings of every server. */
const env = { API_KEY, CHANNEL_TAGS_FILTER: "true" };

/** Clients of the three protocols, on servers that may be one; that of the text protocol is in `news`. */
class Clients implements AsyncDisposable {
  /** Where the server API is called. */
  readonly url: string;
  readonly text: TextClient;
  readonly #json: Sdk;
  readonly #protobuf: ProtobufCentrifuge;

  private constructor(text: TextClient, urls: readonly [string, string]) {
    const [json, protobuf] = urls;
    this.url = json;
    this.text = text;
    this.#json = new Sdk(webSocket.endpoints(json));
    this.#protobuf = new ProtobufCentrifuge(webSocket.endpoints(protobuf));
  }

  static async open(urls: readonly string[]): Promise<Clients> {
    const [first = "", second = first, third = first] = urls;
    const wsUrl = first.replace("http", "ws");
    const text = await TextClient.open(`${wsUrl}/ws?uid=bob`);
    text.send("+#news");
    assertEquals(await text.next(), "+#news");
    return new Clients(text, [second, third]);
  }

  /** Subscribes the client of JSON to `news`. */
  async json(options?: Partial<SubscriptionOptions>): Promise<SdkSubscription> {
    await this.#json.connect();
    return await this.#json.subscribe("news", options);
  }

  /** Subscribes the client of protobuf, whose data are bytes. */
  protobuf(options?: Partial<SubscriptionOptions>): Promise<SdkSubscription> {
    this.#protobuf.connect();
    const sub = this.#protobuf.newSubscription("news", options);
    // The same class, in another bundle.
    return new SdkSubscription(sub as unknown as Subscription).start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#json[Symbol.dispose]();
    this.#protobuf.disconnect();
    await this.text[Symbol.asyncDispose]();
  }
}

/** Lets each client publish, and sees what all of them get. */
async function exchangeAll(urls: readonly string[]): Promise<void> {
  await using clients = await Clients.open(urls);
  const { text } = clients;
  const json = await clients.json();
  const protobuf = await clients.protobuf();
  for (const [index, exchange] of EXCHANGES.entries()) {
    const { what, by, publish } = exchange;
    if (by === "text") text.send(publish as string | ArrayBuffer);
    else await (by === "json" ? json : protobuf).sub.publish(publish);
    await json.count(index + 1);
    await protobuf.count(index + 1);
    const frame = await text.next();
    assertEquals({
      what,
      protobuf: protobuf.data[index],
      json: json.data[index],
      text: frame,
    }, {
      what,
      protobuf: exchange.protobuf,
      json: exchange.json,
      text: exchange.text,
    });
  }
  const { publications } = await protobuf.sub.history({ limit: -1 });
  assertEquals(
    publications.map(({ data }) => data),
    EXCHANGES.map(({ protobuf }) => protobuf),
  );
}

/** Publishes with tags, and sees that each client gets what fits its filter, with the same offsets. */
async function filterAll(urls: readonly string[]): Promise<void> {
  await using clients = await Clients.open(urls);
  const fits = (val: string): Partial<SubscriptionOptions> => ({
    tagsFilter: { key: "venue", cmp: "eq", val },
  });
  const json = await clients.json(fits("a"));
  const protobuf = await clients.protobuf(fits("b"));
  const offsets: unknown[] = [];
  for (const [index, venue] of [..."abba"].entries()) {
    const body = { channel: "news", data: index, tags: { venue } };
    const { text } = await callApi(clients, "publish", body);
    offsets.push(JSON.parse(text).result.offset);
    assertEquals(await clients.text.next(), `#news:${index}`);
  }
  await json.count(2);
  await protobuf.count(2);
  assertEquals(json.data, [0, 3]);
  assertEquals(protobuf.data, ["1", "2"].map(utf8));
  const offsetsOf = ({ publications }: SdkSubscription) =>
    publications.map(({ offset }) => offset);
  assertEquals(
    [...offsetsOf(json), ...offsetsOf(protobuf)],
    [0, 3, 1, 2].map((index) => offsets[index]),
  );
}

/** Registers the tests for servers that `start` starts. */
function testMixedChannel(
  where: string,
  start: () => Promise<AsyncDisposable & { readonly urls: readonly string[] }>,
  ignore = false,
): void {
  for (
    const [sentence, run] of [
      ["understand each other", exchangeAll],
      ["get what fits their filters", filterAll],
    ] as const
  ) {
    Deno.test({
      name: `Clients of three protocols in one channel ${sentence}, ${where}`,
      ignore,
      async fn() {
        await using nodes = await start();
        await run(nodes.urls);
      },
    });
  }
}

testMixedChannel("on one isolate", async () => {
  const server = await startServer(env);
  return {
    urls: [server.url],
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
});
testMixedChannel("on three isolates", () => IsolateDoors.start(3, env));
for (const { name, missing, start: broker } of requireBrokers()) {
  testMixedChannel(
    `on three nodes with ${name}`,
    () => BrokerNodes.start(3, { broker, env }),
    missing,
  );
}
