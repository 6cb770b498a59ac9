/** Bytes: joining arrays of them, base64, and the length of a text in UTF-8. */

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
  data: string | ArrayBuffer | Uint8Array,
  maxBytes: number,
): boolean {
  if (typeof data !== "string") return data.byteLength > maxBytes;
  if (data.length * 3 <= maxBytes) return false;
  return data.length > maxBytes || utf8Length(data) > maxBytes;
}

/** Alphabets of base64 (RFC 4648, sections 4 and 5); the second fits into a URL, and comes without padding. */
export type Base64Alphabet = "base64" | "base64url";

/** Encodes bytes in base64. Runtimes without `Uint8Array.prototype.toBase64`, such as Node 20, take a slower way. */
export function toBase64(
  bytes: Uint8Array<ArrayBuffer>,
  alphabet: Base64Alphabet = "base64",
): string {
  const isForUrl = alphabet === "base64url";
  if ("toBase64" in bytes) {
    return bytes.toBase64({ alphabet, omitPadding: isForUrl });
  }
  const units = Array.from<number, string>(
    bytes,
    (byte) => String.fromCharCode(byte),
  );
  const text = btoa(units.join(""));
  if (!isForUrl) return text;
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Decodes base64.
 *
 * @throws {SyntaxError} If the text is not base64.
 */
export function fromBase64(
  text: string,
  alphabet: Base64Alphabet = "base64",
): Uint8Array<ArrayBuffer> {
  // An older runtime than the types know.
  const decode: typeof Uint8Array.fromBase64 | undefined =
    Uint8Array.fromBase64;
  if (decode !== undefined) return Uint8Array.fromBase64(text, { alphabet });
  const isForUrl = alphabet === "base64url";
  if (isForUrl ? /[+/]/.test(text) : /[-_]/.test(text)) throw noBase64(text);
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  try {
    return Uint8Array.from(atob(plain), (unit) => unit.charCodeAt(0));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw noBase64(text);
  }
}

/** Writes bytes as hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(
    bytes,
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Reads pairs of hexadecimal digits. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const pairs = text.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

function noBase64(text: string): SyntaxError {
  return new SyntaxError(
    `Cannot decode ${text.length} characters: expected base64`,
  );
}
