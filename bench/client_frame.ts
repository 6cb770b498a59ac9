/** Frames of a WebSocket client, encoded once and sent many times. */

const FIN_TEXT = 0x81;
const FIN_BINARY = 0x82;
const MASKED = 0x80;

function lengthOf(payloadBytes: number): number[] {
  if (payloadBytes < 126) return [MASKED | payloadBytes];
  if (payloadBytes < 0x1_0000) {
    return [MASKED | 126, payloadBytes >> 8, payloadBytes & 0xff];
  }
  throw new RangeError(
    `Cannot encode a frame of ${payloadBytes} bytes: 65535 is the most`,
  );
}

/**
 * Encodes text or bytes as one masked frame (RFC 6455, section 5.2).
 *
 * The mask key is zero: a legal key under which the payload is its own masked
 * form, so that encoding costs the load generator nothing.
 */
export function clientFrame(
  data: string | Uint8Array,
): Uint8Array<ArrayBuffer> {
  const isText = typeof data === "string";
  const payload = isText ? new TextEncoder().encode(data) : data;
  const opcode = isText ? FIN_TEXT : FIN_BINARY;
  const length = lengthOf(payload.length);
  return Uint8Array.from([opcode, ...length, 0, 0, 0, 0, ...payload]);
}

/** Lays `times` copies of `frame` end to end, to be sent by one write. */
export function repeated(
  frame: Uint8Array,
  times: number,
): Uint8Array<ArrayBuffer> {
  const burst = new Uint8Array(frame.length * times);
  for (let copy = 0; copy < times; copy++) {
    burst.set(frame, copy * frame.length);
  }
  return burst;
}
