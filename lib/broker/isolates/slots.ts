/** Memory for the batches of one direction of a link, which both isolates share where the platform can. */

/** Batches that may be on their way at once: each has a slot until it is acknowledged. */
export const SLOTS = 8;
/** Bytes of the longest batch. */
const SLOT_BYTES = 131_072;

const encoder = new TextEncoder();
// U+FEFF is a character as others, also where a text goes on in the next batch.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Decodes the bytes of a batch. */
export function decode(bytes: Uint8Array<ArrayBufferLike>): string {
  return decoder.decode(bytes);
}

/**
 * Ring of slots. The sender writes and the receiver reads: a `BroadcastChannel`
 * takes 20 ns for each byte of a post, in every isolate that has opened its name,
 * so a post has only the number and the length of its batch.
 */
export class Slots {
  readonly #bytes: Uint8Array<ArrayBufferLike>;

  /** Takes the memory of the other side, or allocates; the system maps pages on their first use. */
  constructor(memory: ArrayBufferLike = allocate()) {
    this.#bytes = new Uint8Array(memory);
  }

  /** The memory that the other side can share; `undefined` where the platform has none. */
  get shared(): SharedArrayBuffer | undefined {
    const { buffer } = this.#bytes;
    return buffer instanceof ArrayBuffer ? undefined : buffer;
  }

  /** Writes as much of a text as fits; returns its length in UTF-16 units and in bytes. */
  write(number: number, text: string): { read: number; written: number } {
    return encoder.encodeInto(text, this.#slotOf(number, SLOT_BYTES));
  }

  /** Reads the text in a slot. */
  read(number: number, length: number): string {
    return decode(this.#slotOf(number, length));
  }

  /** Copies the bytes in a slot, for a post to a side that does not share them. */
  copy(number: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#slotOf(number, length));
  }

  #slotOf(number: number, length: number): Uint8Array<ArrayBufferLike> {
    const start = (number % SLOTS) * SLOT_BYTES;
    return this.#bytes.subarray(start, start + length);
  }
}

function allocate(): ArrayBufferLike {
  return "SharedArrayBuffer" in globalThis
    ? new SharedArrayBuffer(SLOTS * SLOT_BYTES)
    : new ArrayBuffer(SLOTS * SLOT_BYTES);
}
