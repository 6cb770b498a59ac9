/** Memory that two isolates share, for what would keep a channel busy: that takes 20 ns a byte, in every isolate of the process. */

/** Pieces on the way at most: each has a slot until it is acknowledged. */
export const SLOTS = 8;
/** The longest piece, in bytes. */
export const SLOT_BYTES = 131_072;

/** One direction of a link. Who sends writes, who receives reads. */
export class SharedMemory {
  readonly buffer: SharedArrayBuffer;

  /** Takes the memory of the other side, or new one; the system gives it page by page when it is used. */
  constructor(buffer = new SharedArrayBuffer(SLOTS * SLOT_BYTES)) {
    this.buffer = buffer;
  }

  /** Writes a piece into its slot. */
  write(number: number, piece: Uint8Array): void {
    this.#slotOf(number, piece.length).set(piece);
  }

  /** Copies a piece from its slot. */
  read(number: number, length: number): Uint8Array<ArrayBuffer> {
    const piece = new Uint8Array(length);
    piece.set(this.#slotOf(number, length));
    return piece;
  }

  #slotOf(number: number, length: number): Uint8Array<SharedArrayBuffer> {
    const at = (number % SLOTS) * SLOT_BYTES;
    return new Uint8Array(this.buffer, at, length);
  }
}
