/** Size of a message, which a server bounds. */

import { errors, ProtocolError } from "../../base/errors.ts";

/** Bytes of the line before headers and the empty one behind them. */
const FRAME_BYTES = "NATS/1.0\r\n\r\n".length;
/** Bytes of a header besides its name and its value. */
const HEADER_BYTES = ": \r\n".length;

/**
 * Checks that a server takes a message of this size.
 *
 * @throws {ProtocolError} 106 if it is too large.
 */
export function requireSize(
  data: Uint8Array,
  headers: Readonly<Record<string, string>> | undefined,
  maxBytes: number,
): void {
  let bytes = data.length;
  if (headers !== undefined) {
    bytes += FRAME_BYTES;
    // Ids and numbers: each character is one byte.
    for (const [name, value] of Object.entries(headers)) {
      bytes += name.length + value.length + HEADER_BYTES;
    }
  }
  if (bytes <= maxBytes) return;
  throw new ProtocolError(
    errors.limitExceeded,
    `a message has ${bytes} bytes; NATS takes at most ${maxBytes}`,
  );
}
