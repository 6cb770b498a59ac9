/** Writer of the protobuf wire format (protobuf.dev, "Encoding"), from the end of a buffer to its front. */

import { type Payload, toJson } from "../base/publication.ts";

/** Bytes of the buffer. A longer message has one of its own, which is dropped after it. */
const BUFFER_BYTES = 65_536;
/** Texts up to this length are copied here: a call of the platform takes longer. */
const SHORT_TEXT = 48;
const CONTINUES = 0x80;

const encoder = new TextEncoder();

/**
 * Writes the last field of a message first: the length of what follows is known then,
 * and nothing is moved or measured to make room for it. One writer serves all messages.
 */
export class ProtobufWriter {
  #bytes = new Uint8Array(BUFFER_BYTES);
  /** Index of the first byte that was written. */
  #at = BUFFER_BYTES;

  /** Number of bytes that were written. */
  get length(): number {
    return this.#bytes.length - this.#at;
  }

  /** Begins a message. */
  begin(): void {
    if (this.#bytes.length > BUFFER_BYTES) {
      this.#bytes = new Uint8Array(BUFFER_BYTES);
    }
    this.#at = this.#bytes.length;
  }

  /** Bytes of the message. */
  take(): ArrayBuffer {
    return this.#bytes.slice(this.#at).buffer;
  }

  /** Puts a whole number of 0 or more in front. */
  varint(value: number): void {
    let bytes = 1;
    for (let rest = value; rest >= CONTINUES; bytes++) {
      rest = Math.floor(rest / CONTINUES);
    }
    this.#reserve(bytes);
    this.#at -= bytes;
    let rest = value;
    for (let at = this.#at; at < this.#at + bytes - 1; at++) {
      this.#bytes[at] = (rest % CONTINUES) | CONTINUES;
      rest = Math.floor(rest / CONTINUES);
    }
    this.#bytes[this.#at + bytes - 1] = rest;
  }

  /** Puts bytes and their length in front. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#at -= bytes.length;
    this.#bytes.set(bytes, this.#at);
    this.varint(bytes.length);
  }

  /** Puts a text in UTF-8 and its length in front; half of a character becomes U+FFFD. */
  text(text: string): void {
    if (this.#isAscii(text)) return this.varint(text.length);
    this.bytes(encoder.encode(text));
  }

  /** Puts a payload and its length in front: bytes as they are, anything else as JSON. */
  payload(payload: Payload): void {
    if (payload instanceof ArrayBuffer) this.bytes(new Uint8Array(payload));
    else this.text(toJson(payload));
  }

  /** Writes a text that has as many bytes as units; `false` if it has more. */
  #isAscii(text: string): boolean {
    const { length } = text;
    this.#reserve(length);
    const start = this.#at - length;
    if (length > SHORT_TEXT) {
      const room = this.#bytes.subarray(start, this.#at);
      if (encoder.encodeInto(text, room).read !== length) return false;
    } else {
      for (let index = 0; index < length; index++) {
        const unit = text.charCodeAt(index);
        if (unit >= CONTINUES) return false;
        this.#bytes[start + index] = unit;
      }
    }
    this.#at = start;
    return true;
  }

  /** Makes room for so many bytes. */
  #reserve(count: number): void {
    if (this.#at >= count) return;
    const { length } = this;
    const bytes = new Uint8Array((this.#bytes.length + count) * 2);
    bytes.set(this.#bytes.subarray(this.#at), bytes.length - length);
    this.#bytes = bytes;
    this.#at = bytes.length - length;
  }
}
