/** Memory that two isolates share, for what would keep a channel busy: that takes 20 ns a byte, in every isolate of the process. */

import type { Encoded } from "./codec.ts";

/** What of a batch can go through memory. */
export type Content = Pick<Encoded, "text" | "bytes">;

/** How long each part is, in bytes, in the order in which they lie: the text first. */
export type Lengths = readonly number[];

/** Batches on the way at most: each has a slot until it is acknowledged. */
export const SLOTS = 8;
/** Twice what a batch is cut at, for text that takes more bytes than characters. */
const SLOT_BYTES = 131_072;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** One direction of a link. Who sends writes, who receives reads. */
export class SharedMemory {
  readonly buffer: SharedArrayBuffer;

  /** Takes the memory of the other side, or new one; the system gives it page by page when it is used. */
  constructor(buffer = new SharedArrayBuffer(SLOTS * SLOT_BYTES)) {
    this.buffer = buffer;
  }

  /** Writes the content of a batch into its slot; `undefined` if there is too little room. */
  write(number: number, { text, bytes }: Content): Lengths | undefined {
    const slot = this.#slotOf(number);
    // No character takes less than a byte.
    if (text.length > slot.length) return undefined;
    const { read, written } = encoder.encodeInto(text, slot);
    if (read < text.length) return undefined;
    const lengths = [written];
    let at = written;
    for (const part of bytes) {
      if (at + part.byteLength > slot.length) return undefined;
      slot.set(new Uint8Array(part), at);
      lengths.push(part.byteLength);
      at += part.byteLength;
    }
    return lengths;
  }

  /** Reads the content of a batch from its slot. */
  read(number: number, [textLength = 0, ...lengths]: Lengths): Content {
    const slot = this.#slotOf(number);
    const text = decoder.decode(slot.subarray(0, textLength));
    let at = textLength;
    const bytes = lengths.map((length) => {
      const part = new ArrayBuffer(length);
      new Uint8Array(part).set(slot.subarray(at, at + length));
      at += length;
      return part;
    });
    return { text, bytes };
  }

  #slotOf(number: number): Uint8Array<SharedArrayBuffer> {
    const at = (number % SLOTS) * SLOT_BYTES;
    return new Uint8Array(this.buffer, at, SLOT_BYTES);
  }
}
