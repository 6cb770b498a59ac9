/** Reader of the protobuf wire format (protobuf.dev, "Encoding"). */

/** Bytes that are no message. */
export class MalformedError extends Error {}

/** Wire types. Those of groups (3 and 4) are not part of proto3. */
export const VARINT = 0;
const FIXED64 = 1;
/** Wire type of bytes behind their length. */
export const DELIMITED = 2;
const FIXED32 = 5;

/** Messages inside each other at most. */
const MAX_LEVELS = 64;
const MAX_VARINT_BYTES = 10;
/** Texts up to this length are read here: a call of the platform takes longer. */
const SHORT_TEXT = 24;
const CONTINUES = 0x80;
const TWO_TO_32 = 2 ** 32;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads messages from their beginning to their end. Every method throws a {@linkcode MalformedError}. */
export class ProtobufReader {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #at = 0;
  /** End of the innermost message. */
  #end: number;
  #level = 0;
  /** Upper 32 bits of the last varint. */
  #high = 0;

  /** Begins to read. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#end = bytes.length;
  }

  /** True at the end of the innermost message. */
  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** A whole number of 64 bits; one above `Number.MAX_SAFE_INTEGER` is not exact. */
  varint(): number {
    const low = this.#low();
    return this.#high * TWO_TO_32 + low;
  }

  /** The same with a sign. */
  signedVarint(): number {
    const low = this.#low();
    return (this.#high | 0) * TWO_TO_32 + low;
  }

  /** Bytes behind their length: a part of those that are read, not a copy. */
  bytes(): Uint8Array<ArrayBuffer> {
    const end = this.#endOfNext();
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  /** A text behind its length. */
  text(): string {
    const end = this.#endOfNext();
    const start = this.#at;
    this.#at = end;
    if (end - start <= SHORT_TEXT) {
      let text = "";
      let at = start;
      for (; at < end; at++) {
        const unit = this.#bytes[at]!;
        if (unit >= CONTINUES) break;
        text += String.fromCharCode(unit);
      }
      if (at === end) return text;
    }
    try {
      return decoder.decode(this.#bytes.subarray(start, end));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new MalformedError();
    }
  }

  /** Reads a message behind its length with `read`, which reads up to its end. */
  message<T>(read: () => T): T {
    const outer = this.#end;
    this.#end = this.#endOfNext();
    if (++this.#level > MAX_LEVELS) throw new MalformedError();
    const value = read();
    this.#level--;
    this.#end = outer;
    return value;
  }

  /** Skips a field of a wire type. */
  skip(wireType: number): void {
    switch (wireType) {
      case VARINT:
        this.#low();
        return;
      case DELIMITED:
        this.#at = this.#endOfNext();
        return;
      case FIXED64:
        return this.#skipBytes(8);
      case FIXED32:
        return this.#skipBytes(4);
      default:
        throw new MalformedError();
    }
  }

  #skipBytes(count: number): void {
    this.#at += count;
    if (this.#at > this.#end) throw new MalformedError();
  }

  #endOfNext(): number {
    const length = this.varint();
    const end = this.#at + length;
    if (end > this.#end) throw new MalformedError();
    return end;
  }

  /** Reads a varint, and returns its lower 32 bits. */
  #low(): number {
    let low = 0;
    let high = 0;
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      if (this.#at >= this.#end) throw new MalformedError();
      const byte = this.#bytes[this.#at++]!;
      const bits = byte & 0x7f;
      const shift = 7 * index;
      // The fifth byte has bits of both halves.
      if (shift < 32) low |= bits << shift;
      if (shift === 28) high = bits >> 4;
      else if (shift > 28) high |= bits << (shift - 32);
      if (byte < CONTINUES) {
        this.#high = high >>> 0;
        return low >>> 0;
      }
    }
    throw new MalformedError();
  }
}
