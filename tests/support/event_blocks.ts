/** An event stream, parsed by hand as the HTML standard says. */

import type { LineStream } from "./line_stream.ts";

/** One block of lines. */
export interface EventBlock {
  readonly type: string;
  readonly data: string | undefined;
  /** The last `id` so far. */
  readonly id: string;
  readonly retry: string | undefined;
  readonly comments: readonly string[];
}

/** Reads blocks of an event stream. */
export class EventBlocks {
  /** What a client would come back with. */
  id = "";
  readonly #lines: LineStream;

  constructor(lines: LineStream) {
    this.#lines = lines;
  }

  /** The next block; `undefined` when the stream ends, also within a block. */
  async next(): Promise<EventBlock | undefined> {
    let type = "message";
    let id: string | undefined;
    let retry: string | undefined;
    const data: string[] = [];
    const comments: string[] = [];
    for (;;) {
      const line = await this.#lines.next();
      if (line === undefined) return undefined;
      if (line === "") break;
      const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (name === "data") data.push(value);
      else if (name === "event") type = value;
      else if (name === "id") id = value;
      else if (name === "retry") retry = value;
      else if (name === "") comments.push(value);
      else throw new Error(`Cannot read the field "${name}"`);
    }
    this.id = id ?? this.id;
    const text = data.length > 0 ? data.join("\n") : undefined;
    return { type, data: text, id: this.id, retry, comments };
  }

  /** The next event that a program would hear. */
  async event(): Promise<EventBlock | undefined> {
    for (;;) {
      const block = await this.next();
      if (block === undefined || block.data !== undefined) return block;
    }
  }
}
