import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { encodeCursor } from "../../../lib/protocol/cursor.ts";
import {
  dataLines,
  FeedFrame,
  FeedMessage,
  fieldLines,
} from "../../../lib/protocol/events.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { inboxOf, isName } from "../../../lib/base/names.ts";

function message(fields: Partial<Publication> = {}): FeedMessage {
  return new FeedMessage({
    type: "publication",
    channel: "news",
    payload: "hello",
    info: undefined,
    offset: 5,
    epoch: "e",
    ...fields,
  });
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("A publication is its data, its position and its sender", () => {
  const info = { user: "alice", client: "c", connInfo: '{"secret":1}' };
  const { position, json } = message({ info, tags: { a: "b" } });
  assertEquals(position, { channel: "news", offset: 5, epoch: "e" });
  assertEquals(
    json,
    '{"channel":"news","offset":5,"data":"hello",' +
      '"info":{"user":"alice","client":"c"},"tags":{"a":"b"}}',
  );
});

Deno.test("A publication without a place in an order has no position", () => {
  for (
    const [fields, json] of [
      [{ offset: 0 }, '{"channel":"news","data":"hello"}'],
      [{ channel: inboxOf("bob") }, '{"data":"hello"}'],
    ] as const
  ) {
    const event = message(fields);
    assertEquals([event.position, event.json], [undefined, json]);
  }
});

Deno.test("A JSON payload keeps its digits, and stands behind a channel with any name", () => {
  for (
    const channel of ["data", '"data":0', '\\"data":0', ',"data":0,"data":0']
  ) {
    const payload = { json: '{"big":12345678901234567890,"data":0}' };
    assertEquals(
      message({ channel, payload, tags: { data: "0" } }).json,
      `{"channel":${JSON.stringify(channel)},"offset":5,` +
        `"data":${payload.json},"tags":{"data":"0"}}`,
    );
  }
});

Deno.test("Whatever a payload and its channel are, a message is whole and stays one line", () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 40 })
    .filter(isName);
  const payload = fc.oneof(
    fc.string({ unit: "binary" }),
    // With line ends of every kind between the values.
    fc.json().map((json) => ({
      json: JSON.stringify(JSON.parse(json), null, "\r"),
    })),
  );
  fc.assert(fc.property(name, payload, (channel, payload) => {
    const { json } = message({ channel, payload });
    assertEquals(/[\r\n]/.test(json), false);
    const { data } = JSON.parse(json);
    const sent = typeof payload === "string"
      // What is no Unicode cannot travel in UTF-8.
      ? JSON.parse(JSON.stringify(payload))
      : JSON.parse(payload.json);
    assertEquals(data, sent);
  }));
});

for (
  const [value, lines] of [
    ["one", "data: one\n\n"],
    ["one\ntwo", "data: one\ndata: two\n\n"],
    ["one\rtwo\r\nthree", "data: one\ndata: two\ndata: three\n\n"],
    ["\n\nid: 7\n", "data: \ndata: \ndata: id: 7\ndata: \n\n"],
    ["", "data: \n\n"],
  ] as const
) {
  Deno.test(`${JSON.stringify(value)} stays within the data of its event`, () => {
    assertEquals(dataLines(value), lines);
  });
}

Deno.test("A field of several lines is several fields", () => {
  assertEquals(fieldLines("id", "a\nb"), "id: a\nid: b\n");
});

Deno.test("Messages of one channel have their ids in an event stream; the bytes are made once for all", () => {
  const events = [message({ offset: 7 }), message({ offset: 8 })];
  const frame = new FeedFrame(events);
  assertEquals(frame.position, { channel: "news", offset: 8, epoch: "e" });
  const data = [7, 8].map((offset) =>
    `data: {"channel":"news","offset":${offset},"data":"hello"}\n\n`
  );
  const ids = [7, 8].map((offset) =>
    `id: ${encodeCursor(new Map([["news", { offset, epoch: "e" }]]))}\n`
  );
  assertEquals(text(frame.lines), `${ids[0]}${data[0]}${ids[1]}${data[1]}`);
  assertStrictEquals(frame.lines, frame.lines);
  assertEquals(events.map(({ lines }) => text(lines)), data);
  assertStrictEquals(events[0]?.lines, events[0]?.lines);
});

Deno.test("Messages of two channels have no position together, nor with another event", () => {
  const news = message();
  for (
    const other of [
      message({ channel: "sports" }),
      message({ offset: 0 }),
      { type: "ping" } as const,
    ]
  ) {
    assertEquals(new FeedFrame([news, other]).position, undefined);
    assertEquals(new FeedFrame([other, news]).position, undefined);
  }
  assertEquals(new FeedFrame([]).position, undefined);
});
