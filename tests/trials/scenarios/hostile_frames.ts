/** Bytes that no well-behaved client sends after its handshake (RFC 6455 §5). */

import { concat } from "../../../lib/base/bytes.ts";
import { encodeFrame, OPCODE } from "../../support/frame.ts";

type Bytes = Uint8Array<ArrayBuffer>;

function text(payload: string | Uint8Array): Bytes {
  return encodeFrame({ opcode: OPCODE.text, payload });
}

function binary(...bytes: number[]): Bytes {
  return encodeFrame({
    opcode: OPCODE.binary,
    payload: Uint8Array.from(bytes),
  });
}

function close(...payload: number[]): Bytes {
  return encodeFrame({
    opcode: OPCODE.close,
    payload: Uint8Array.from(payload),
  });
}

/** A text frame of one letter that announces another length. */
function announcing(announcedLength: number): Bytes {
  return encodeFrame({ opcode: OPCODE.text, payload: "x", announcedLength });
}

function unfinished(opcode: number, payload: string | Uint8Array): Bytes {
  return encodeFrame({ opcode, payload, fin: false });
}

const RESERVED_OPCODES = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
const RESERVED_CODES = [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535];

/** After these the server ends the connection. */
export const FATAL: readonly Bytes[] = [
  text(Uint8Array.of(0xff, 0xfe)),
  concat([
    unfinished(OPCODE.text, Uint8Array.of(0xe2)),
    encodeFrame({ opcode: OPCODE.continuation, payload: "(" }),
  ]),
  ...RESERVED_OPCODES.map((opcode) => encodeFrame({ opcode, payload: "x" })),
  ...[1, 2, 3, 4, 5, 6, 7].map((rsv) =>
    encodeFrame({ opcode: OPCODE.text, payload: "x", rsv })
  ),
  announcing(2 ** 32),
  announcing(2 ** 62),
  announcing(2 ** 63),
  unfinished(OPCODE.ping, "x"),
  unfinished(OPCODE.close, ""),
  encodeFrame({ opcode: OPCODE.ping, payload: "x".repeat(126) }),
  encodeFrame({ opcode: OPCODE.continuation, payload: "x" }),
  concat([unfinished(OPCODE.text, "x"), text("y")]),
  ...RESERVED_CODES.map((code) => close(code >> 8, code & 0xff)),
  close(3),
  close(3, 0xe8, 0xff, 0xff),
  new TextEncoder().encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
];

/** After these the server waits for more, which never comes. */
export const TRUNCATED: readonly Bytes[] = [
  text("100:haha").slice(0, 1),
  text("100:haha").slice(0, 4),
  text("100:haha").slice(0, -1),
  text("x".repeat(200)).slice(0, 3),
  announcing(60_000_000),
  unfinished(OPCODE.text, "100:ha"),
  unfinished(OPCODE.binary, ""),
  concat([
    unfinished(OPCODE.text, "100:ha"),
    encodeFrame({ opcode: OPCODE.ping, payload: "x" }),
    unfinished(OPCODE.continuation, "ha"),
  ]),
];

/** Whole frames that make no sense; each is one mistake. */
export const MISTAKES: readonly Bytes[] = [
  text("hello"),
  text(":hello"),
  text("error:400 hello"),
  text("\0:hello"),
  text(`${"x".repeat(256)}:hello`),
  text("+#"),
  text("#:hello"),
  binary(0),
  binary(0, 1, 2),
  binary(0xff, 0xfe, 0, 1),
  binary(...new TextEncoder().encode("no zero byte")),
  encodeFrame({ opcode: OPCODE.text, payload: "unmasked", masked: false }),
];

/** Repeatable noise: the same bytes for the same seed. */
export function noise(seed: number, length: number): Bytes {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    // A linear congruential generator; the high bits are the better ones.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
