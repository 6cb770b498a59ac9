/** Streams that their clients do not read: bounded, dropped with 3008, and held against the client until it lets go. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { encodeCursor } from "../../lib/protocol/cursor.ts";
import { eventually } from "../support/eventually.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { AppServer } from "./app_server.ts";

const MAX_BUFFERED_BYTES = 100_000;
const MESSAGE = "x".repeat(8_192);
/** What the kernel takes for a client that does not read. */
const RECEIVE_BYTES = 16_384;
/** The kernel keeps some megabytes more for the server to send. */
const MAX_MESSAGES = 20_000;

const COMMANDS =
  '{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"news"}}';

function post(path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}

for (
  const [name, request] of [
    ["An HTTP stream", post("/connection/http_stream", COMMANDS)],
    [
      "An event stream of the SDK",
      get(`/connection/sse?cf_connect=${encodeURIComponent(COMMANDS)}`),
    ],
    ["An event stream of one channel", get("/sse?channel=news")],
    ["An event stream of two", get("/sse?channel=news&channel=other")],
  ] as const
) {
  Deno.test(`${name} that is not read ends with 3008, and what it was sent is whole`, async () => {
    await using server = new AppServer({
      limits: { maxBufferedBytes: MAX_BUFFERED_BYTES },
    });
    const { hub } = server;
    await using stuck = await RawSocket.connect(server.url, {
      receiveBytes: RECEIVE_BYTES,
    });
    await stuck.write(request);
    await eventually(() => hub.channels.has("news"), { awaited: "the stream" });
    let sent = 0;
    while (hub.size > 0 && sent < MAX_MESSAGES) {
      for (let turn = 0; turn < 8; turn++) {
        hub.publish("news", `${sent++} ${MESSAGE}`);
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    const end = server.log.lines.find(({ event, code }) =>
      event === "disconnected" && code === 3008
    );
    assert(end, `still there after ${sent} messages`);
    assertEquals([hub.size, hub.channels.size], [0, 0]);
    // It cannot be cut off: it counts until the client lets go, or reads on.
    assertEquals(hub.admission.count, 1);

    const { body } = await stuck.readResponse();
    const numbers = [...body.matchAll(/"data":"(\d+) (x+)"/g)]
      .map(([, number, text]) => text === MESSAGE ? Number(number) : NaN);
    assertEquals(numbers, numbers.map((_, index) => index));
    // What waited is gone, and with it its memory.
    assert(numbers.length <= sent - MAX_BUFFERED_BYTES / MESSAGE.length);
    const last = body.slice(-300);
    assertStringIncludes(last, '"code":3008,"reason":"slow"');
    if (request.includes("/sse?channel=news ")) {
      const [, id] = [...body.matchAll(/id: (\S+)\n/g)].at(-1) ?? [];
      const { epoch } = await hub.broker.position("news");
      const position = { offset: numbers.length, epoch };
      assertEquals(id, encodeCursor(new Map([["news", position]])));
    }
    await eventually(() => hub.admission.count === 0, { awaited: "its slot" });
  });
}

Deno.test("The answer of a poll that is not read holds its slot until it is", async () => {
  await using server = new AppServer({
    limits: { maxBufferedBytes: 100_000_000, replyByteRate: 0 },
  });
  const { hub, url } = server;
  const channels = ["a", "b", "c", "d", "e"];
  const query = channels.map((channel) => `channel=${channel}`).join("&");
  const { cursor } = await (await fetch(`${url}/poll?${query}`)).json();
  const text = "x".repeat(100_000);
  for (const channel of channels) {
    for (let number = 0; number < 90; number++) hub.publish(channel, text);
  }
  await using stuck = await RawSocket.connect(url, {
    receiveBytes: RECEIVE_BYTES,
  });
  await stuck.write(get(`/poll?${query}&since=${cursor}`));
  await eventually(() => hub.admission.count === 1, { awaited: "the poll" });
  await eventually(() => hub.size === 0, { awaited: "the answer" });
  // As much as the kernel takes of it is not all.
  await new Promise((resolve) => setTimeout(resolve, 300));
  assertEquals(hub.admission.count, 1);
  const { body } = await stuck.readResponse();
  assertEquals(JSON.parse(body).publications.length, 450);
  await eventually(() => hub.admission.count === 0, { awaited: "its slot" });
});

Deno.test("A stream that stops reading for a while, and then reads, has lost nothing", async () => {
  await using server = new AppServer();
  await using late = await RawSocket.connect(server.url);
  await late.write(post("/connection/http_stream", COMMANDS));
  const { hub } = server;
  await eventually(() => hub.channels.has("news"), { awaited: "the stream" });
  const count = 500;
  for (let number = 0; number < count; number++) {
    hub.publish("news", `${number} ${"x".repeat(1_024)}`);
    if (number % 20 === 0) await new Promise((r) => setTimeout(r));
  }
  // Nothing waits for company any more.
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const connection of hub.connections) {
    connection.disconnect({ code: 4000, reason: "enough", reconnect: true });
  }
  const { body } = await late.readResponse();
  const numbers = [...body.matchAll(/"data":"(\d+) /g)].map(([, n]) => +n!);
  assertEquals(numbers, Array.from({ length: count }, (_, index) => index));
});
