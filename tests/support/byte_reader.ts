/** Reads a TCP connection by count, by delimiter or to its end, each wait bounded. */

import { concat } from "../../lib/base/bytes.ts";
import { deadline } from "./deadline.ts";

const CHUNK_BYTES = 64 * 1024;

/** The bytes that arrived on a connection, taken in their order. */
export class ByteReader {
  #conn: Pick<Deno.Conn, "read">;
  #received = new Uint8Array();
  #reading: Promise<boolean> | undefined;

  constructor(conn: Pick<Deno.Conn, "read">) {
    this.#conn = conn;
  }

  /** Takes exactly that many bytes; undefined when the stream ends before. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (this.#received.length < count) {
      if (!await this.#fill(`${count} bytes`)) return undefined;
    }
    const taken = this.#received.slice(0, count);
    this.#received = this.#received.slice(count);
    return taken;
  }

  /** Takes text up to and with the delimiter; throws when the stream ends before. */
  async takeThrough(delimiter: string): Promise<string> {
    for (;;) {
      // Latin-1, so that an index in the text is an index in the bytes.
      const text = new TextDecoder("latin1").decode(this.#received);
      const start = text.indexOf(delimiter);
      if (start >= 0) {
        const end = start + delimiter.length;
        this.#received = this.#received.slice(end);
        return text.slice(0, end);
      }
      if (!await this.#fill(JSON.stringify(delimiter))) {
        throw new Error(
          `Cannot read to ${
            JSON.stringify(delimiter)
          }: the stream ended after ${JSON.stringify(text)}`,
        );
      }
    }
  }

  /** Takes all that still arrives until the stream ends. */
  async takeToEnd(): Promise<Uint8Array<ArrayBuffer>> {
    while (await this.#fill("the end of the stream"));
    const taken = this.#received;
    this.#received = new Uint8Array();
    return taken;
  }

  /** Resolves once no read is under way; call it after closing the connection. */
  async settled(): Promise<void> {
    try {
      await this.#reading;
    } catch (error) {
      const closed = error instanceof Deno.errors.BadResource ||
        error instanceof Deno.errors.Interrupted;
      if (!closed) throw error;
    }
  }

  /** Waits for one read; false at the end. A read that misses its deadline goes on. */
  #fill(awaited: string): Promise<boolean> {
    this.#reading ??= this.#read().finally(() => this.#reading = undefined);
    return deadline(this.#reading, { awaited });
  }

  async #read(): Promise<boolean> {
    const chunk = new Uint8Array(CHUNK_BYTES);
    try {
      const count = await this.#conn.read(chunk);
      if (count === null) return false;
      this.#received = concat([this.#received, chunk.subarray(0, count)]);
      return true;
    } catch (error) {
      // A reset is one of the ways a server may cut off a hostile client.
      if (error instanceof Deno.errors.ConnectionReset) return false;
      throw error;
    }
  }
}
