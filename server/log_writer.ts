/** Lines on their way out of the process: whoever does not read them, or has no room for them, holds nobody up. */

/** What lines are written to, such as `Deno.stdout`. */
export interface LineSink {
  /** Writes at least one byte, and resolves with how many. */
  write(bytes: Uint8Array): Promise<number>;
  /** The same at once, and as long as it takes. */
  writeSync(bytes: Uint8Array): number;
}

/** What a log writer writes to. */
export interface LogWriterOptions {
  readonly sink: LineSink;
  /** Makes the line that says how many lines could not be written. */
  readonly describeLoss: (lines: number) => string;
}

/** Lines that are written together. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** How many lost lines it tells of. */
  readonly told: number;
}

/** Lines that wait count as lost beyond this many. */
const MAX_WAITING = 10_000;
/** What a pipe takes in one piece (POSIX `PIPE_BUF`), so that isolates do not write into each other's lines. */
const MAX_PIECE_BYTES = 4_096;

/** Writes lines in their order, without waiting for whoever reads them. */
export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #encoder = new TextEncoder();
  readonly #waiting: string[] = [];
  #lost = 0;
  #isWriting = false;
  /** Whether the last thing written is part of a line. */
  #isTorn = false;

  /** Made once for each sink. */
  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Takes a line without its end; never throws. */
  write(line: string): void {
    if (this.#waiting.length >= MAX_WAITING) this.#lost++;
    else this.#waiting.push(line);
    if (!this.#isWriting) this.#writeAll();
  }

  /** Writes what waits at once, before the process is ended. */
  flushSync(): void {
    const { sink } = this.#options;
    while (this.#waiting.length > 0) {
      try {
        for (let { bytes } = this.#takePiece(); bytes.length > 0;) {
          bytes = bytes.subarray(sink.writeSync(bytes));
        }
      } catch {
        // There is nowhere left to say so.
      }
    }
  }

  async #writeAll(): Promise<void> {
    const { sink } = this.#options;
    this.#isWriting = true;
    // What comes in one turn shares a piece.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const { bytes, lines, told } = this.#takePiece();
      let rest = bytes;
      try {
        while (rest.length > 0) rest = rest.subarray(await sink.write(rest));
        this.#lost -= told;
        this.#isTorn = false;
      } catch {
        // The disk is full or the reader has gone; the clients have not.
        this.#lost += lines;
        this.#isTorn ||= rest.length < bytes.length;
      }
    }
    this.#isWriting = false;
  }

  /** Takes whole lines, as many as fit and at least one, and in front of them how many were lost. */
  #takePiece(): Piece {
    const told = this.#lost;
    let text = this.#isTorn ? "\n" : "";
    if (told > 0) text += `${this.#options.describeLoss(told)}\n`;
    let lines = 0;
    for (const line of this.#waiting) {
      // A character has three bytes at most.
      const bytes = (text.length + line.length + 1) * 3;
      if (lines > 0 && bytes > MAX_PIECE_BYTES) break;
      text += `${line}\n`;
      lines++;
    }
    this.#waiting.splice(0, lines);
    return { bytes: this.#encoder.encode(text), lines, told };
  }
}
