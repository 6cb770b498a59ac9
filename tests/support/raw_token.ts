/** Tokens put together by hand, for those that no library would sign. */

/** Signs what is signed of a token: its first two parts. */
export type Sign = (
  input: Uint8Array<ArrayBuffer>,
) => Promise<ArrayBuffer> | ArrayBuffer;

/** A part of a token: a string is taken for the JSON text itself. */
export function encodePart(part: unknown): string {
  const text = typeof part === "string" ? part : JSON.stringify(part);
  return encodeBytes(new TextEncoder().encode(text));
}

/** Base64url without padding, as the parts of a token are written. */
export function encodeBytes(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** A token of any header and payload, signed all the same. */
export async function rawToken(
  header: unknown,
  payload: unknown,
  sign: Sign,
): Promise<string> {
  const input = `${encodePart(header)}.${encodePart(payload)}`;
  const signature = await sign(new TextEncoder().encode(input));
  return `${input}.${encodeBytes(new Uint8Array(signature))}`;
}

/** Signs by HMAC, whatever the secret was meant for. */
export function hmac(
  secret: string | Uint8Array<ArrayBuffer>,
  hash = "SHA-256",
): Sign {
  const bytes = typeof secret === "string"
    ? new TextEncoder().encode(secret)
    : secret;
  return async (input) => {
    const algorithm = { name: "HMAC", hash };
    const key = await crypto.subtle
      .importKey("raw", bytes, algorithm, false, ["sign"]);
    return crypto.subtle.sign(algorithm, key, input);
  };
}

/** Signs by a private key made for `RS256`. */
export function rs256(key: CryptoKey): Sign {
  return (input) => crypto.subtle.sign("RSASSA-PKCS1-v1_5", key, input);
}

/** A signature of zeros, which a careless verifier of curves takes for one of anything. */
export function zeros(byteLength: number): Sign {
  return () => new ArrayBuffer(byteLength);
}
