import { assertEquals, assertStrictEquals } from "@std/assert";
import { encodeCursor } from "../../../lib/protocol/cursor.ts";
import { streamProtocol } from "../../../lib/protocol/events.ts";
import { eventForms } from "../../../lib/transports/event_forms.ts";
import { dataLines, fieldLines } from "../../../lib/transports/event_lines.ts";
import { SharedFrames } from "../../../lib/transports/shared_frames.ts";

function frameOf(channel: string, offset: number): string {
  return String(streamProtocol.encodePublication({
    type: "publication",
    channel,
    payload: "hello",
    info: undefined,
    offset,
    epoch: "e",
  }));
}

const text = (bytes?: Uint8Array) => new TextDecoder().decode(bytes);

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

Deno.test("An event of one channel has its id; the bytes are made once for all", () => {
  const frame = frameOf("news", 7);
  const id = encodeCursor(new Map([["news", { offset: 7, epoch: "e" }]]));
  const { whole, forms } = eventForms.get(frame);
  assertEquals(
    text(whole),
    `id: ${id}\ndata: {"channel":"news","offset":7,"data":"hello"}\n\n`,
  );
  assertEquals(text(forms[0]?.bytes), text(whole).slice(`id: ${id}\n`.length));
  assertStrictEquals(eventForms.get(`${frame}`).whole, whole);
});

Deno.test("Events of two channels are no whole", () => {
  const frame = `${frameOf("news", 7)}\n${frameOf("sports", 1)}`;
  assertEquals(eventForms.get(frame).whole, undefined);
  assertEquals(eventForms.get(frame).forms.length, 2);
});

Deno.test("Forms are remembered while frames follow each other, and no more than so many", () => {
  let made = 0;
  const shared = new SharedFrames((frame) => `${++made} ${frame}`);
  for (let round = 0; round < 3; round++) {
    for (const frame of ["a", "b", "c"]) shared.get(frame);
  }
  assertEquals(made, 3);
  for (let frame = 0; frame < 200; frame++) shared.get(`${frame}`);
  assertEquals(made, 203);
  assertEquals(shared.get("a"), "204 a");
  const long = "x".repeat(300_000);
  shared.get(long);
  shared.get("b");
  assertEquals(shared.get(long), `207 ${long}`);
});
