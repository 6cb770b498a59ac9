/** A client of any transport on plain TCP that counts marks in what arrives instead of reading it. */

/** Stands once in each payload, and nowhere else: its bytes are no text around it, and no length or offset. */
export const MARK = "🥁";
/** Bytes of the mark. */
export const MARK_BYTES = 4;
const [MARK_BYTE = 0, ...MARK_REST] = new TextEncoder().encode(MARK);

/** What a listener says, and whom it tells. */
export interface ByteListenerOptions {
  readonly port: number;
  /** The request, to its end; in Latin-1. */
  readonly request: string;
  /** Sent once the head of the answer has come. */
  readonly then?: Uint8Array;
  /** Makes the next request from an answer; without it there is one answer without end. */
  readonly next?: (answer: string) => string;
  /** Called with the number of marks that a read brought. */
  readonly onMarks: (marks: number) => void;
  /** Called once, when the connection ends other than by `close()`. */
  readonly onFailure: (error: unknown) => void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("latin1");
/** What ends a poll's answer. */
const ANSWER_END = "}\n";

/** One connection of the load generator. */
export class ByteListener {
  readonly #tcp: Deno.TcpConn;
  readonly #options: ByteListenerOptions;
  #closed = false;
  #answer = "";

  private constructor(tcp: Deno.TcpConn, options: ByteListenerOptions) {
    this.#tcp = tcp;
    this.#options = options;
  }

  /** Connects, asks, and reads the head of the answer. */
  static async open(options: ByteListenerOptions): Promise<ByteListener> {
    const { port, request, then, next } = options;
    const tcp = await Deno.connect({ hostname: "127.0.0.1", port });
    tcp.setNoDelay(true);
    const listener = new ByteListener(tcp, options);
    await listener.#write(latin1(request));
    const buffer = new Uint8Array(16_384);
    const count = await tcp.read(buffer) ?? 0;
    const head = decoder.decode(buffer.subarray(0, count));
    if (!/^HTTP\/1\.1 (?:101|200) /.test(head)) {
      tcp.close();
      throw new Error(`Cannot listen: answered ${head.slice(0, 200)}`);
    }
    if (then !== undefined) await listener.#write(then);
    if (next !== undefined) await listener.#collect(head);
    void listener.#read(buffer);
    return listener;
  }

  /** Ends the connection; nothing is called back afterwards. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tcp.close();
  }

  async #read(buffer: Uint8Array): Promise<void> {
    const { onMarks, next, onFailure } = this.#options;
    try {
      for (;;) {
        const count = await this.#tcp.read(buffer);
        if (count === null) throw new Error("the server ended a connection");
        const marks = countMarks(buffer, count);
        if (marks > 0) onMarks(marks);
        if (next === undefined) continue;
        await this.#collect(decoder.decode(buffer.subarray(0, count)));
      }
    } catch (error) {
      if (!this.#closed) onFailure(error);
    }
  }

  /** Asks again after a whole answer. */
  async #collect(text: string): Promise<void> {
    this.#answer += text;
    if (!this.#answer.endsWith(ANSWER_END)) return;
    const request = this.#options.next?.(this.#answer) ?? "";
    this.#answer = "";
    await this.#write(encoder.encode(request));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      written += await this.#tcp.write(bytes.subarray(written));
    }
  }
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (unit) => unit.charCodeAt(0));
}

function countMarks(buffer: Uint8Array, count: number): number {
  let marks = 0;
  let at = buffer.indexOf(MARK_BYTE);
  while (at >= 0 && at < count) {
    const start = at + 1;
    // A read may end inside it.
    const isMark = MARK_REST.every((byte, index) =>
      start + index >= count || buffer[start + index] === byte
    );
    if (isMark) marks++;
    at = buffer.indexOf(MARK_BYTE, at + 1);
  }
  return marks;
}
