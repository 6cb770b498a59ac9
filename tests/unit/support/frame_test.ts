import { assertEquals, assertNotEquals } from "@std/assert";
import { ByteReader } from "../../support/byte_reader.ts";
import { concat } from "../../../lib/base/bytes.ts";
import {
  encodeFragments,
  encodeFrame,
  OPCODE,
  parseClose,
  readFrame,
} from "../../support/frame.ts";

/** A connection that delivers the bytes in chunks that fit no frame. */
function readerOf(bytes: Uint8Array): ByteReader {
  let rest = bytes;
  return new ByteReader({
    read(into) {
      const chunk = rest.subarray(0, 61);
      rest = rest.subarray(chunk.length);
      into.set(chunk);
      return Promise.resolve(chunk.length || null);
    },
  });
}

function read(bytes: Uint8Array) {
  const reader = readerOf(bytes);
  return readFrame((count) => reader.take(count));
}

Deno.test("encodeFrame writes the unmasked examples of RFC 6455 §5.7", () => {
  assertEquals(
    encodeFrame({ opcode: OPCODE.text, payload: "Hello", masked: false }),
    Uint8Array.of(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f),
  );
  const payload = new Uint8Array(256);
  const frame = encodeFrame({ opcode: OPCODE.binary, payload, masked: false });
  assertEquals(frame.subarray(0, 4), Uint8Array.of(0x82, 0x7e, 0x01, 0x00));
});

for (const length of [0, 125, 126, 300, 70_000]) {
  Deno.test(`readFrame reads a masked frame of ${length} bytes back`, async () => {
    const payload = new Uint8Array(length).map((_, index) => index);
    const frame = encodeFrame({ opcode: OPCODE.binary, payload });
    assertEquals(await read(frame), {
      fin: true,
      rsv: 0,
      opcode: OPCODE.binary,
      masked: true,
      payload,
    });
  });
}

Deno.test("readFrame ends where the stream ends within a frame", async () => {
  const frame = encodeFrame({ opcode: OPCODE.text, payload: "Hello" });
  assertEquals(await read(frame.subarray(0, -1)), undefined);
  assertEquals(await read(new Uint8Array()), undefined);
});

Deno.test("encodeFrame breaks the rules it is told to break", async () => {
  const init = { opcode: 0xb, payload: "x", fin: false, rsv: 5 };
  const frame = await read(encodeFrame({ ...init, masked: false }));
  assertEquals(frame?.opcode, 0xb);
  assertEquals(frame?.rsv, 5);
  assertEquals(frame?.fin, false);
  assertEquals(
    encodeFrame({ opcode: OPCODE.text, masked: false, announcedLength: 9 }),
    Uint8Array.of(0x81, 9),
  );
});

Deno.test("encodeFragments ends the message with its last frame only", async () => {
  const frames = encodeFragments({ opcode: OPCODE.text, payload: "Hello" }, 2);
  const reader = readerOf(concat(frames));
  const seen = [];
  for (const _ of frames) {
    const frame = await readFrame((count) => reader.take(count));
    assertNotEquals(frame, undefined);
    seen.push([frame?.opcode, frame?.fin, frame?.payload.length]);
  }
  assertEquals(seen, [[1, false, 2], [0, false, 2], [0, true, 1]]);
});

Deno.test("parseClose splits code and reason", () => {
  const payload = Uint8Array.of(
    0x0b,
    0xc0,
    ...new TextEncoder().encode("slow"),
  );
  assertEquals(parseClose(payload), { code: 3008, reason: "slow" });
  assertEquals(parseClose(new Uint8Array()), { code: 1005, reason: "" });
});
