/** Bytes: joining arrays of them, and the length of a text in UTF-8. */

const encoder = new TextEncoder();

/** Joins arrays of bytes into one. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

/** Number of bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).byteLength;
}

/**
 * Checks whether a text or bytes are longer than `maxBytes` in UTF-8. Encodes the
 * text only where its length in UTF-16 units leaves a doubt.
 */
export function isLongerThan(
  data: string | ArrayBuffer,
  maxBytes: number,
): boolean {
  if (typeof data !== "string") return data.byteLength > maxBytes;
  if (data.length * 3 <= maxBytes) return false;
  return data.length > maxBytes || utf8Length(data) > maxBytes;
}
