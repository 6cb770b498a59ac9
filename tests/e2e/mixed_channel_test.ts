/** One channel with clients of the text protocol, of JSON and of protobuf, each on a node of its own where there are several. */

import { assertEquals } from "@std/assert";
import { Centrifuge as ProtobufCentrifuge } from "centrifuge/build/protobuf";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import { Sdk } from "../support/sdk.ts";
import { TextClient } from "../support/text_client.ts";
import { RedisNodes } from "./redis_nodes.ts";
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

/** Lets each client publish, and sees what all of them get; the URLs may be of one server. */
async function exchangeAll(urls: readonly string[]): Promise<void> {
  const [first = "", second = first, third = first] = urls.map((url) =>
    url.replace("http", "ws")
  );
  await using text = await TextClient.open(`${first}/ws?uid=bob`);
  text.send("+#news");
  assertEquals(await text.next(), "+#news");
  using json = await new Sdk([{
    transport: "websocket",
    endpoint: `${second}/connection/websocket`,
  }]).connect();
  const jsonNews = await json.subscribe("news");
  const protobuf = new ProtobufCentrifuge(`${third}/connection/websocket`);
  try {
    const got: unknown[] = [];
    const sub = protobuf.newSubscription("news");
    sub.on("publication", ({ data }) => got.push(data));
    sub.subscribe();
    protobuf.connect();
    await deadline(sub.ready(), { awaited: "to be subscribed" });
    for (const [index, exchange] of EXCHANGES.entries()) {
      const { what, by, publish } = exchange;
      if (by === "text") text.send(publish as string | ArrayBuffer);
      else await (by === "json" ? jsonNews.sub : sub).publish(publish);
      await jsonNews.count(index + 1);
      await eventually(() => got.length > index, { awaited: what });
      const frame = await text.next();
      assertEquals({
        what,
        protobuf: got[index],
        json: jsonNews.data[index],
        text: frame,
      }, {
        what,
        protobuf: exchange.protobuf,
        json: exchange.json,
        text: exchange.text,
      });
    }
    const { publications } = await sub.history({ limit: -1 });
    assertEquals(
      publications.map(({ data }) => data),
      EXCHANGES.map(({ protobuf }) => protobuf),
    );
  } finally {
    protobuf.disconnect();
  }
}

Deno.test("Clients of three protocols in one channel understand each other, on one isolate", async () => {
  await using server = await startServer();
  await exchangeAll([server.url]);
});

Deno.test("Clients of three protocols in one channel understand each other, on three isolates", async () => {
  await using doors = await IsolateDoors.start(3);
  await exchangeAll(doors.urls);
});

Deno.test("Clients of three protocols in one channel understand each other, on three nodes with Redis", async () => {
  await using nodes = await RedisNodes.start(3);
  await exchangeAll(nodes.nodes.map(({ url }) => url));
});
