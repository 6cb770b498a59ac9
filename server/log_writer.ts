/** Writer of log lines, which never waits for the reader of the pipe or the disk. */

/** Destination of lines, such as `Deno.stdout`. */
export interface LineSink {
  /** Writes at least one byte, and resolves with the number of bytes. */
  write(bytes: Uint8Array): Promise<number>;
  /** Writes at least one byte, and blocks until then. */
  writeSync(bytes: Uint8Array): number;
}

/** Options of a log writer. */
export interface LogWriterOptions {
  readonly sink: LineSink;
  /** Makes the line that reports the number of lost lines. */
  readonly describeLoss: (lines: number) => string;
}

/** Lines that are written at once. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Number of lost lines that it reports, which are no longer counted. */
  readonly reported: number;
}

/** Maximum number of waiting lines; more are lost. */
const MAX_WAITING = 10_000;
/** Bytes that a pipe takes at once (POSIX `PIPE_BUF`), so that isolates do not write into each other's lines. */
const MAX_PIECE_BYTES = 4_096;

/** Writes lines in their order, without waiting for the reader. */
export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #encoder = new TextEncoder();
  readonly #waiting: string[] = [];
  #lost = 0;
  #isWriting = false;
  /** True if the last write ended inside a line. */
  #isTorn = false;

  /** Makes the only writer of a sink. */
  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Takes a line without its end; never throws. */
  write(line: string): void {
    if (this.#waiting.length >= MAX_WAITING) this.#lost++;
    else this.#waiting.push(line);
    if (!this.#isWriting) this.#writeAll();
  }

  /** Writes all waiting lines at once, before the end of the process. */
  flushSync(): void {
    const { sink } = this.#options;
    while (this.#waiting.length > 0) {
      const piece = this.#takePiece();
      let rest = piece.bytes;
      try {
        while (rest.length > 0) rest = rest.subarray(sink.writeSync(rest));
        this.#isTorn = false;
      } catch {
        this.#lose(piece, rest);
      }
    }
  }

  async #writeAll(): Promise<void> {
    const { sink } = this.#options;
    this.#isWriting = true;
    // Lines of one turn of the event loop share a piece.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const piece = this.#takePiece();
      let rest = piece.bytes;
      try {
        while (rest.length > 0) rest = rest.subarray(await sink.write(rest));
        this.#isTorn = false;
      } catch {
        this.#lose(piece, rest);
      }
    }
    this.#isWriting = false;
  }

  /** Counts a piece that could not be written: the disk is full or the reader has gone; the clients have not. */
  #lose({ bytes, lines, reported }: Piece, rest: Uint8Array): void {
    this.#lost += reported + lines;
    this.#isTorn ||= rest.length < bytes.length;
  }

  /** Takes whole lines, as many as fit and at least one, with a report of lost lines before them. */
  #takePiece(): Piece {
    const reported = this.#lost;
    // Its report is under way: another piece must not have it, too.
    this.#lost = 0;
    let text = this.#isTorn ? "\n" : "";
    if (reported > 0) text += `${this.#options.describeLoss(reported)}\n`;
    let lines = 0;
    for (const line of this.#waiting) {
      // A character has three bytes at most.
      const bytes = (text.length + line.length + 1) * 3;
      if (lines > 0 && bytes > MAX_PIECE_BYTES) break;
      text += `${line}\n`;
      lines++;
    }
    this.#waiting.splice(0, lines);
    return { bytes: this.#encoder.encode(text), lines, reported };
  }
}
