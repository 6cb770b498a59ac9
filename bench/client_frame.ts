/** Text frames of a WebSocket client, encoded once and sent many times. */

const FIN_TEXT = 0x81;
const MASKED = 0x80;

function headerOf(payloadBytes: number): number[] {
  if (payloadBytes < 126) return [FIN_TEXT, MASKED | payloadBytes];
  if (payloadBytes < 0x1_0000) {
    return [FIN_TEXT, MASKED | 126, payloadBytes >> 8, payloadBytes & 0xff];
  }
  throw new RangeError(
    `Cannot encode a frame of ${payloadBytes} bytes: 65535 is the most`,
  );
}

/**
 * Encodes `text` as one masked frame (RFC 6455, section 5.2).
 *
 * The mask key is zero: a legal key under which the payload is its own masked
 * form, so that encoding costs the load generator nothing.
 */
export function clientFrame(text: string): Uint8Array<ArrayBuffer> {
  const payload = new TextEncoder().encode(text);
  return Uint8Array.from([...headerOf(payload.length), 0, 0, 0, 0, ...payload]);
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
