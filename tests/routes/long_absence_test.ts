/** Clients of plain HTTP that come back late: they get all that their channel has kept. */

import { assertEquals, assertGreater } from "@std/assert";
import { EventBlocks } from "../support/event_blocks.ts";
import { LineStream } from "../support/line_stream.ts";
import { AppServer } from "./app_server.ts";

const KEPT = 700;
const ENV = {
  INSECURE_ANONYMOUS_ALL: "true",
  CHANNEL_HISTORY_SIZE: `${KEPT}`,
  MAX_MESSAGE_BYTES: "20000",
  MAX_BUFFERED_BYTES: "20000",
};

/** A server with a client's cursor, and what the client has missed since. */
async function missMuch(server: AppServer): Promise<string> {
  const response = await fetch(`${server.url}/poll?channel=news`);
  const { cursor } = await response.json();
  for (let count = 0; count < KEPT; count++) {
    await server.hub.publish("news", `${count} ${"x".repeat(100)}`);
  }
  return cursor;
}

function numberOf({ data }: { readonly data: string }): number {
  return parseInt(data);
}

const ALL = Array.from({ length: KEPT }, (_, index) => index);

Deno.test("A client that polls after many publications gets all of them, one answer after the other", async () => {
  await using server = new AppServer({ env: ENV });
  let cursor = await missMuch(server);
  const received: number[] = [];
  let answers = 0;
  while (received.length < KEPT) {
    const url = `${server.url}/poll?channel=news&since=${cursor}&timeout=0`;
    const answer = await (await fetch(url)).json();
    assertEquals(answer.recovered, true);
    assertGreater(answer.publications.length, 0);
    received.push(...answer.publications.map(numberOf));
    cursor = answer.cursor;
    answers++;
  }
  assertEquals(received, ALL);
  assertGreater(answers, 3);
});

Deno.test("A client that comes back to an event stream after many publications gets all of them", async () => {
  await using server = new AppServer({ env: ENV });
  const cursor = await missMuch(server);
  const url = `${server.url}/sse?channel=news&since=${cursor}`;
  await using lines = await LineStream.open(url);
  const blocks = new EventBlocks(lines);
  const received: number[] = [];
  while (received.length < KEPT) {
    const { type, data = "" } = await blocks.event() ?? {};
    if (type === "message") received.push(numberOf(JSON.parse(data)));
    else assertEquals(type, "subscribed");
  }
  assertEquals(received, ALL);
});

Deno.test("A client that has missed more than is kept learns it", async () => {
  await using server = new AppServer({ env: ENV });
  const cursor = await missMuch(server);
  await server.hub.publish("news", "one too many");
  const url = `${server.url}/poll?channel=news&since=${cursor}&timeout=0`;
  const answer = await (await fetch(url)).json();
  assertEquals([answer.recovered, answer.publications], [false, []]);
});
