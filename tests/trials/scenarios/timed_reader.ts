/** A subscriber of the SDKs' protocol that times what it gets, for hundreds of megabytes a second: it reads the start of each frame, and counts the lines. */

import { clientFrame } from "../../../bench/client_frame.ts";
import { formatRequest } from "../../support/raw_http.ts";

/** Commands with which an SDK subscribes to a channel. */
export function subscribeFrame(channel: string): Uint8Array<ArrayBuffer> {
  const commands = [{ id: 1, connect: {} }, { id: 2, subscribe: { channel } }];
  return clientFrame(commands.map((each) => JSON.stringify(each)).join("\n"));
}

/** What a reader reads, and whom it tells. */
export interface TimedReaderOptions {
  /** The `http:` URL of the server. */
  readonly url: string;
  readonly channel: string;
  /** Called with the first publication of each frame: its data up to the first space. */
  readonly onFrame: (word: string) => void;
  /** Called once, when the connection ends other than by disposing of it. */
  readonly onFailure: (error: unknown) => void;
}

const READ_BYTES = 65_536;
/** Bytes of a frame that are read: the replies, or the start of the first publication. */
const START_BYTES = 512;
const DATA = /"data":"(\S+) /;
const HEAD_END = "\r\n\r\n";
const PONG = clientFrame("{}");
const NEWLINE = 0x0a;
const decoder = new TextDecoder();

/** One subscriber. */
export class TimedReader implements Disposable {
  /** Publications that have arrived. */
  count = 0;
  readonly #conn: Deno.TcpConn;
  readonly #options: TimedReaderOptions;
  readonly #subscribed = Promise.withResolvers<void>();
  readonly #header = new Uint8Array(10);
  #headerBytes = 0;
  readonly #start = new Uint8Array(START_BYTES);
  #startBytes = 0;
  /** Bytes that are missing of the frame; 0 between two frames. */
  #missing = 0;
  #lines = 0;
  #isClosed = false;

  private constructor(conn: Deno.TcpConn, options: TimedReaderOptions) {
    this.#conn = conn;
    this.#options = options;
  }

  /** Connects, and resolves once it is subscribed. */
  static async open(options: TimedReaderOptions): Promise<TimedReader> {
    const url = new URL("/connection/websocket", options.url);
    const { hostname, port } = url;
    const conn = await Deno.connect({ hostname, port: Number(port) });
    const reader = new TimedReader(conn, options);
    try {
      conn.setNoDelay(true);
      const head = new TextEncoder().encode(formatRequest(url, {}));
      const hello = subscribeFrame(options.channel);
      await conn.write(Uint8Array.from([...head, ...hello]));
      void reader.#read();
      await reader.#subscribed.promise;
      return reader;
    } catch (error) {
      reader[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#conn.close();
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES);
    try {
      await this.#readHead(buffer);
      for (let read; (read = await this.#conn.read(buffer)) !== null;) {
        this.#push(buffer.subarray(0, read));
      }
      throw new Error("the server ended the connection of a reader");
    } catch (error) {
      if (this.#isClosed) return;
      this.#subscribed.reject(error);
      this.#options.onFailure(error);
    }
  }

  /** Reads the answer to the handshake, and what has come with it. */
  async #readHead(buffer: Uint8Array): Promise<void> {
    let head = "";
    for (let end = -1; end < 0;) {
      const read = await this.#conn.read(buffer) ?? 0;
      const before = head.length;
      // A byte is a character, so that their numbers are the same.
      head += String.fromCharCode(...buffer.subarray(0, read));
      end = head.indexOf(HEAD_END);
      if (read === 0 || !head.startsWith("HTTP/1.1 101")) {
        throw new Error(`Cannot open a reader: answered "${head}"`);
      }
      if (end < 0) continue;
      this.#push(buffer.subarray(end + HEAD_END.length - before, read));
    }
  }

  #push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#missing === 0) {
        this.#header[this.#headerBytes++] = chunk[at++]!;
        if (this.#headerBytes === this.#headerSize()) this.#beginFrame();
        continue;
      }
      const end = Math.min(at + this.#missing, chunk.length);
      this.#missing -= end - at;
      if (this.#startBytes < START_BYTES) {
        const room = START_BYTES - this.#startBytes;
        const part = chunk.subarray(at, Math.min(end, at + room));
        this.#start.set(part, this.#startBytes);
        this.#startBytes += part.length;
      }
      while ((at = chunk.indexOf(NEWLINE, at)) >= 0 && at < end) {
        this.#lines++;
        at++;
      }
      at = end;
      if (this.#missing === 0) this.#endFrame();
    }
  }

  #headerSize(): number {
    if (this.#headerBytes < 2) return 2;
    const short = this.#header[1]!;
    return short < 126 ? 2 : short === 126 ? 4 : 10;
  }

  #beginFrame(): void {
    let bytes = this.#header[1]!;
    if (bytes >= 126) {
      bytes = 0;
      for (let index = 2; index < this.#headerBytes; index++) {
        bytes = bytes * 256 + this.#header[index]!;
      }
    }
    this.#missing = bytes;
    this.#headerBytes = 0;
    this.#startBytes = 0;
    this.#lines = 1;
  }

  #endFrame(): void {
    const text = decoder.decode(this.#start.subarray(0, this.#startBytes));
    const [, word] = DATA.exec(text) ?? [];
    if (word !== undefined) {
      this.count += this.#lines;
      this.#options.onFrame(word);
    } else if (text === "{}") {
      void this.#conn.write(PONG).catch(() => {});
    } else if (text.includes('"subscribe":')) {
      this.#subscribed.resolve();
    }
  }
}
