/** A WebSocket client on plain TCP that counts what arrives instead of reading it. */

import { clientFrame, repeated } from "./client_frame.ts";
import { FrameCounter, type OtherFrame } from "./frame_counter.ts";
import { upgrade } from "./handshake.ts";

const TEXT = 0x1;
const CLOSE = 0x8;

/** Where a {@linkcode RawConnection} goes, and how much it reads at once. */
export interface RawConnectionOptions {
  readonly port: number;
  readonly path: string;
  /** Size of the read buffer. @default {16_384} */
  readonly readBufferBytes?: number;
}

function closeReason(payload: Uint8Array): string {
  if (payload.length < 2) return "without a code";
  const code = payload[0]! * 256 + payload[1]!;
  return `with ${code} "${new TextDecoder().decode(payload.subarray(2))}"`;
}

/** One connection of the load generator. */
export class RawConnection {
  /** Called with the number of expected frames that a read completed. */
  onCounted: (frames: number) => void = () => {};
  /** Called once, when the connection ends other than by `close()`. */
  onFailure: (error: Error) => void = () => {};
  readonly #tcp: Deno.TcpConn;
  readonly #counter = new FrameCounter({ onOther: (f) => this.#keep(f) });
  readonly #inbox: string[] = [];
  #waiting: PromiseWithResolvers<string> | undefined;
  #failure: Error | undefined;
  #closed = false;
  #frameBytes = 0;
  #burst = new Uint8Array(0);
  #owed = 0;
  #writing = false;

  private constructor(tcp: Deno.TcpConn) {
    this.#tcp = tcp;
  }

  /**
   * Connects and upgrades.
   *
   * @throws {Error} if the server refuses the upgrade
   */
  static async open(options: RawConnectionOptions): Promise<RawConnection> {
    const { port, path, readBufferBytes = 16_384 } = options;
    const tcp = await Deno.connect({ hostname: "127.0.0.1", port });
    try {
      tcp.setNoDelay(true);
      const buffer = new Uint8Array(readBufferBytes);
      const early = await upgrade(tcp, { path, port, buffer });
      const connection = new RawConnection(tcp);
      connection.#counter.push(early);
      void connection.#read(buffer);
      return connection;
    } catch (error) {
      tcp.close();
      throw error;
    }
  }

  /** Sends `text` and waits for the next text frame, which is not counted. */
  async ask(text: string): Promise<string> {
    await this.say(text);
    return await this.nextText();
  }

  /** Sends one text frame. */
  async say(text: string): Promise<void> {
    await this.#write(clientFrame(text));
  }

  /** Waits for the next text frame, while frames are not being counted. */
  nextText(): Promise<string> {
    const text = this.#inbox.shift();
    if (text !== undefined) return Promise.resolve(text);
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }

  /** From now on counts text frames of `bytes` bytes; any other is a failure. */
  count(bytes: number): void {
    this.#counter.expectedBytes = bytes;
  }

  /** From now on counts the lines of text frames. */
  countLines(): void {
    this.#counter.countsLines = true;
  }

  /** Makes `text` what {@linkcode repeat} sends, `window` frames at most by one write. */
  load(text: string, window: number): void {
    const frame = clientFrame(text);
    this.#frameBytes = frame.length;
    this.#burst = repeated(frame, window);
  }

  /** Sends the loaded frame `times` more times, behind what is being written. */
  repeat(times: number): void {
    this.#owed += times;
    if (!this.#writing) void this.#pay();
  }

  /** Ends the TCP connection; nothing is called back afterwards. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tcp.close();
  }

  async #pay(): Promise<void> {
    this.#writing = true;
    try {
      while (this.#owed > 0 && !this.#closed) {
        const bytes = Math.min(
          this.#owed * this.#frameBytes,
          this.#burst.length,
        );
        this.#owed -= bytes / this.#frameBytes;
        await this.#write(this.#burst.subarray(0, bytes));
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#writing = false;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      written += await this.#tcp.write(bytes.subarray(written));
    }
  }

  async #read(buffer: Uint8Array): Promise<void> {
    try {
      for (;;) {
        const bytes = await this.#tcp.read(buffer);
        if (bytes === null) throw new Error("the server ended the connection");
        const frames = this.#counter.push(buffer, bytes);
        if (frames > 0) this.onCounted(frames);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #keep({ opcode, payload }: OtherFrame): void {
    if (opcode === CLOSE) {
      throw new Error(`the server closed ${closeReason(payload)}`);
    }
    const text = new TextDecoder().decode(payload);
    if (opcode !== TEXT || this.#counter.expectedBytes !== undefined) {
      throw new Error(`an unexpected frame arrived: "${text}"`);
    }
    if (this.#waiting === undefined) {
      this.#inbox.push(text);
    } else {
      this.#waiting.resolve(text);
      this.#waiting = undefined;
    }
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.close();
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#waiting?.reject(this.#failure);
    this.onFailure(this.#failure);
  }
}
