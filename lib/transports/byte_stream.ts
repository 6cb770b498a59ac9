/** Body of a response that is written bit by bit, and counts what its client has not taken. */

import { concat } from "../base/bytes.ts";

/** Bytes that are handed over at once. What is handed over counts as taken. */
export const MAX_CHUNK_BYTES = 65_536;

/**
 * A stream of bytes with real backpressure: nothing leaves the queue before the
 * other side asks for it, so that `bufferedAmount` is what waits here. Deno
 * takes about 64 KiB more, and the kernel its own buffer, before it stops asking.
 */
export class ByteStream {
  /** Body of the response. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Bytes that were written and not asked for yet. */
  bufferedAmount = 0;
  /** Bytes that were asked for and handed over. */
  taken = 0;
  #queue: Uint8Array<ArrayBuffer>[] = [];
  #controller:
    | ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>
    | undefined;
  /** The other side waits for bytes. */
  #asked = false;
  #ending = false;
  readonly #onEnd: () => void;
  readonly #onTaken: (() => void) | undefined;

  /**
   * Calls `onEnd` once nothing can be written any more, because all is taken or the
   * other side has let go; and `onTaken` whenever some of what waited is taken.
   */
  constructor(onEnd: () => void, onTaken?: () => void) {
    this.#onEnd = onEnd;
    this.#onTaken = onTaken;
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => this.#pull(),
      cancel: () => {
        this.#controller = undefined;
        this.discard();
        onEnd();
      },
      // The stream's own queue must stay empty: its chunks would not be counted.
    }, { highWaterMark: 0 });
  }

  /** Queues bytes, which may be shared with other streams; after the end they are dropped. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#controller === undefined || this.#ending) return;
    if (this.#asked) {
      this.#asked = false;
      this.taken += bytes.byteLength;
      this.#controller.enqueue(bytes);
    } else {
      this.#queue.push(bytes);
      this.bufferedAmount += bytes.byteLength;
    }
  }

  /** Drops what was not asked for yet. */
  discard(): void {
    this.#queue = [];
    this.bufferedAmount = 0;
  }

  /** Ends the stream after what is queued. */
  end(): void {
    this.#ending = true;
    if (this.#queue.length === 0) this.#close();
  }

  #pull(): void {
    if (this.#queue.length === 0) {
      this.#asked = true;
      return;
    }
    const chunk = this.#take();
    this.bufferedAmount -= chunk.byteLength;
    this.taken += chunk.byteLength;
    this.#controller?.enqueue(chunk);
    if (this.#ending && this.#queue.length === 0) this.#close();
    this.#onTaken?.();
  }

  /** Joins what waits to one chunk, for each chunk costs a write of its own. */
  #take(): Uint8Array<ArrayBuffer> {
    let count = 0;
    let size = 0;
    for (const { byteLength } of this.#queue) {
      if (count > 0 && size + byteLength > MAX_CHUNK_BYTES) break;
      size += byteLength;
      count++;
    }
    const parts = this.#queue.splice(0, count);
    const [first] = parts;
    if (count === 1 && first !== undefined) return first;
    return concat(parts);
  }

  #close(): void {
    if (this.#controller === undefined) return;
    this.#controller.close();
    this.#controller = undefined;
    this.#onEnd();
  }
}
