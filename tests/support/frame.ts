/** WebSocket frames as bytes (RFC 6455 §5.2), well formed or hostile. */

import { concat } from "../../lib/base/bytes.ts";

/** Opcodes of RFC 6455 §11.8. */
export const OPCODE = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** A frame to write; every rule of the RFC can be broken. */
export interface FrameInit {
  readonly opcode: number;
  readonly payload?: string | Uint8Array;
  /** @default {true} */
  readonly fin?: boolean;
  /** The three reserved bits, as 0–7. @default {0} */
  readonly rsv?: number;
  /** A client must mask. @default {true} */
  readonly masked?: boolean;
  /** The length to announce. @default {that of the payload} */
  readonly announcedLength?: number;
}

/** A frame that was read. */
export interface ReadFrame {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly masked: boolean;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Hands over exactly that many bytes, or undefined at the end of the stream. */
export type TakeBytes = (
  count: number,
) => Promise<Uint8Array<ArrayBuffer> | undefined>;

const encoder = new TextEncoder();

function applyMask(bytes: Uint8Array, key: Uint8Array): void {
  for (let index = 0; index < bytes.length; index++) {
    bytes[index]! ^= key[index & 3] ?? 0;
  }
}

function encodeLength(length: number): number[] {
  if (length < 126) return [length];
  if (length < 0x10000) return [126, length >> 8, length & 0xff];
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length));
  return [127, ...bytes];
}

/** The bytes of a frame. */
export function encodeFrame(init: FrameInit): Uint8Array<ArrayBuffer> {
  const { opcode, payload = "", fin = true, rsv = 0, masked = true } = init;
  const body = typeof payload === "string"
    ? encoder.encode(payload)
    : payload.slice();
  const length = encodeLength(init.announcedLength ?? body.length);
  const key = crypto.getRandomValues(new Uint8Array(masked ? 4 : 0));
  if (masked) {
    applyMask(body, key);
    length[0] = (length[0] ?? 0) | 0x80;
  }
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  return concat([Uint8Array.of(first, ...length), key, body]);
}

/** One message cut into frames of at most `size` bytes each. */
export function encodeFragments(
  message: { readonly opcode: number; readonly payload: string | Uint8Array },
  size: number,
): Uint8Array<ArrayBuffer>[] {
  const { payload } = message;
  const body = typeof payload === "string" ? encoder.encode(payload) : payload;
  const count = Math.max(1, Math.ceil(body.length / size));
  return Array.from({ length: count }, (_, index) =>
    encodeFrame({
      opcode: index === 0 ? message.opcode : OPCODE.continuation,
      payload: body.slice(index * size, (index + 1) * size),
      fin: index === count - 1,
    }));
}

/** Code and reason of a close frame's payload; code 1005 where it has none (§7.1.5). */
export function parseClose(
  payload: Uint8Array,
): { code: number; reason: string } {
  const [high, low] = payload;
  if (high === undefined || low === undefined) {
    return { code: 1005, reason: "" };
  }
  return {
    code: (high << 8) | low,
    reason: new TextDecoder().decode(payload.subarray(2)),
  };
}

/** Reads one frame; undefined when the stream ends within or before it. */
export async function readFrame(
  take: TakeBytes,
): Promise<ReadFrame | undefined> {
  const [first, second] = await take(2) ?? [];
  if (first === undefined || second === undefined) return undefined;
  let length = second & 0x7f;
  if (length >= 126) {
    const extended = await take(length === 126 ? 2 : 8);
    if (!extended) return undefined;
    length = extended.reduce((sum, byte) => sum * 256 + byte, 0);
  }
  const masked = (second & 0x80) !== 0;
  const key = await take(masked ? 4 : 0);
  const payload = await take(length);
  if (!key || !payload) return undefined;
  applyMask(payload, key);
  return {
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 0x7,
    opcode: first & 0xf,
    masked,
    payload,
  };
}
