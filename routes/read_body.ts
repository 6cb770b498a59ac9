/** Reads a request's body up to a bound, whether it says how long it is or not. */

/** The body as text; `undefined` if it is longer than `maxBytes`, and is not read to its end then. */
export async function readBody(
  { headers, body }: Request,
  maxBytes: number,
): Promise<string | undefined> {
  if (Number(headers.get("content-length") ?? 0) > maxBytes) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // Leaving the loop cancels the body; hono's own limit would let it hang.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The body as bytes; `undefined` as {@linkcode readBody} says. */
export async function readBytes(
  { headers, body }: Request,
  maxBytes: number,
): Promise<ArrayBuffer | undefined> {
  if (Number(headers.get("content-length") ?? 0) > maxBytes) return undefined;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return await new Blob(chunks).arrayBuffer();
}
