/** Text and bytes as one run of bytes, which can be cut anywhere. */

/** What is packed. */
export interface Parts {
  readonly text: string;
  readonly bytes: readonly ArrayBuffer[];
}

/** What was packed. */
export interface Packed {
  readonly content: Uint8Array<ArrayBuffer>;
  /** How long each part is, in the order in which they lie: the text first. */
  readonly lengths: readonly number[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Packs text and bytes. */
export function pack({ text, bytes }: Parts): Packed {
  const start = encoder.encode(text);
  if (bytes.length === 0) return { content: start, lengths: [start.length] };
  const parts = [start, ...bytes.map((part) => new Uint8Array(part))];
  const lengths = parts.map(({ length }) => length);
  return { content: join(parts), lengths };
}

/** Unpacks what {@linkcode pack} packed. */
export function unpack({ content, lengths }: Packed): Parts {
  const [textLength = 0, ...rest] = lengths;
  const text = decoder.decode(content.subarray(0, textLength));
  let at = textLength;
  const bytes = rest.map((length) => content.slice(at, at += length).buffer);
  return { text, bytes };
}

/** One run of bytes of several. */
export function join(
  parts: readonly Uint8Array<ArrayBuffer>[],
): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const length = parts.reduce((sum, { length }) => sum + length, 0);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
