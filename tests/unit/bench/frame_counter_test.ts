import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FrameCounter, type OtherFrame } from "../../../bench/frame_counter.ts";

const TEXT = 0x1;
const CLOSE = 0x8;

function serverFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const size = length < 126
    ? [length]
    : length < 0x1_0000
    ? [126, length >> 8, length & 0xff]
    : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return Uint8Array.from([0x80 | opcode, ...size, ...payload]);
}

function filled(bytes: number): Uint8Array {
  return new Uint8Array(bytes).fill(0x78);
}

function counterOf(expectedBytes: number | undefined) {
  const others: OtherFrame[] = [];
  const counter = new FrameCounter({ onOther: (frame) => others.push(frame) });
  counter.expectedBytes = expectedBytes;
  return { counter, others };
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(frames.flatMap((frame) => [...frame]));
}

for (const bytes of [0, 1, 125, 126, 65_535, 65_536]) {
  Deno.test(`FrameCounter counts frames of ${bytes} bytes`, () => {
    const { counter, others } = counterOf(bytes);
    const frame = serverFrame(TEXT, filled(bytes));
    assertEquals(counter.push(joined([frame, frame, frame])), 3);
    assertEquals(others, []);
  });
}

Deno.test("FrameCounter counts the same wherever the stream is cut", () => {
  const size = fc.constantFrom(0, 5, 64, 125, 126, 300);
  const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 200 }));
  fc.assert(fc.property(fc.array(size), size, cuts, (sizes, expected, cuts) => {
    const { counter, others } = counterOf(expected);
    const stream = joined(sizes.map((each) => serverFrame(TEXT, filled(each))));
    let counted = 0;
    for (let at = 0; at < stream.length;) {
      const end = at + cuts.next().value;
      counted += counter.push(stream.subarray(at, end));
      at = end;
    }
    assertEquals(counted, sizes.filter((each) => each === expected).length);
    assertEquals(
      others.map(({ payload }) => payload.length),
      sizes.filter((each) => each !== expected),
    );
  }));
});

Deno.test("FrameCounter reads no further than the given length", () => {
  const { counter } = counterOf(3);
  const buffer = joined([
    serverFrame(TEXT, filled(3)),
    serverFrame(TEXT, filled(3)),
  ]);
  assertEquals(counter.push(buffer, 7), 1);
  assertEquals(counter.push(buffer.subarray(7)), 1);
});

Deno.test("FrameCounter keeps a control frame of the expected size", () => {
  const { counter, others } = counterOf(2);
  const payload = Uint8Array.of(0x0b, 0xc0);
  assertEquals(counter.push(serverFrame(CLOSE, payload)), 0);
  assertEquals(others, [{ opcode: CLOSE, payload }]);
});

Deno.test("FrameCounter refuses a masked frame", () => {
  const { counter } = counterOf(1);
  assertThrows(() => counter.push(Uint8Array.of(0x81, 0x81)), TypeError);
});
