/** Counts the frames of a server's byte stream by their headers alone. */

const FIN = 0x80;
const MASKED = 0x80;
const TEXT = 0x1;
const MAX_KEPT_BYTES = 1_048_576;

/** A frame that was not counted but kept. */
export interface OtherFrame {
  readonly opcode: number;
  readonly payload: Uint8Array;
}

/** Options of a {@linkcode FrameCounter}. */
export interface FrameCounterOptions {
  /** Called with every frame that is not a text frame of the expected size. */
  readonly onOther: (frame: OtherFrame) => void;
}

const NEWLINE = 0x0a;

/**
 * Counts text frames of one known size, whose payloads it skips unread, or the
 * lines of all text frames; it keeps all others. Chunks may end anywhere, inside
 * a header too.
 */
export class FrameCounter {
  /** Payload size of the frames to count; `undefined` counts none. */
  expectedBytes: number | undefined;
  /** Whether every line of every text frame counts instead. */
  countsLines = false;
  readonly #onOther: (frame: OtherFrame) => void;
  readonly #header = new Uint8Array(10);
  #headerBytes = 0;
  #inPayload = false;
  #missingBytes = 0;
  #kept: Uint8Array | undefined;

  /** Starts at a frame border. */
  constructor(options: FrameCounterOptions) {
    this.#onOther = options.onOther;
  }

  /**
   * Takes the first `length` bytes of `chunk`.
   *
   * @returns how many expected frames ended in it
   * @throws {TypeError} if the bytes cannot come from a server
   */
  push(chunk: Uint8Array, length: number = chunk.length): number {
    let at = 0;
    let counted = 0;
    while (at < length) {
      if (!this.#inPayload) at = this.#takeHeader(chunk, at, length);
      if (!this.#inPayload) break;
      const taken = Math.min(this.#missingBytes, length - at);
      if (this.#kept !== undefined) {
        const from = this.#kept.length - this.#missingBytes;
        this.#kept.set(chunk.subarray(at, at + taken), from);
      } else if (this.countsLines) {
        counted += countNewlines(chunk, at, at + taken);
      }
      at += taken;
      this.#missingBytes -= taken;
      if (this.#missingBytes === 0) counted += this.#endFrame();
    }
    return counted;
  }

  #takeHeader(chunk: Uint8Array, start: number, length: number): number {
    let at = start;
    let needed = this.#headerSize();
    while (this.#headerBytes < needed) {
      if (at === length) return at;
      this.#header[this.#headerBytes++] = chunk[at++]!;
      needed = this.#headerSize();
    }
    this.#beginPayload();
    return at;
  }

  #headerSize(): number {
    if (this.#headerBytes < 2) return 2;
    const short = this.#header[1]!;
    if (short & MASKED) {
      throw new TypeError("Cannot count a frame: the server masked it");
    }
    return short < 126 ? 2 : short === 126 ? 4 : 10;
  }

  #beginPayload(): void {
    let bytes = this.#header[1]!;
    if (bytes >= 126) {
      bytes = 0;
      for (let index = 2; index < this.#headerBytes; index++) {
        bytes = bytes * 256 + this.#header[index]!;
      }
    }
    this.#headerBytes = 0;
    this.#inPayload = true;
    this.#missingBytes = bytes;
    const counts = this.#header[0] === (FIN | TEXT) &&
      (this.countsLines || bytes === this.expectedBytes);
    if (counts) return;
    if (bytes > MAX_KEPT_BYTES) {
      throw new TypeError(`Cannot keep a frame of ${bytes} bytes: too large`);
    }
    this.#kept = new Uint8Array(bytes);
  }

  #endFrame(): number {
    this.#inPayload = false;
    if (this.#kept === undefined) return 1;
    const payload = this.#kept;
    this.#kept = undefined;
    this.#onOther({ opcode: this.#header[0]! & 0x0f, payload });
    return 0;
  }
}

function countNewlines(chunk: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (;;) {
    const at = chunk.indexOf(NEWLINE, from);
    if (at < 0 || at >= to) return count;
    count++;
    from = at + 1;
  }
}
