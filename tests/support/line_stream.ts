/** A response that goes on, read line by line. */

import { deadline } from "./deadline.ts";

/** The lines of a response; disposing of it leaves, as a client does. */
export class LineStream implements AsyncDisposable {
  readonly response: Response;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #leave: AbortController;
  #rest = "";
  #reading: Promise<ReadableStreamReadResult<string>> | undefined;

  private constructor(response: Response, leave: AbortController) {
    this.response = response;
    this.#leave = leave;
    const body = response.body ?? new ReadableStream();
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Asks, and resolves with the head of the answer. */
  static async open(url: string, init: RequestInit = {}): Promise<LineStream> {
    const leave = new AbortController();
    const { signal } = leave;
    return new LineStream(await fetch(url, { ...init, signal }), leave);
  }

  /** The next line without its end; `undefined` at the end of the response. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf("\n");
      if (end >= 0) {
        const line = this.#rest.slice(0, end);
        this.#rest = this.#rest.slice(end + 1);
        return line;
      }
      this.#reading ??= this.#reader.read();
      const awaited = "a line of a response";
      const { done, value } = await deadline(this.#reading, { awaited });
      this.#reading = undefined;
      if (done) return undefined;
      this.#rest += value;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leave.abort();
    // The abort has ended it, unless it had come to its end before.
    await this.#reader.cancel().catch(() => {});
  }
}
