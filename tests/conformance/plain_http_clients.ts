/** Clients of plain HTTP: one that reads an event stream, and one that polls. */

import { EventBlocks } from "../support/event_blocks.ts";
import type { LineStream } from "../support/line_stream.ts";
import type { Told, TransportClient } from "./told.ts";

/** `/sse` by hand. */
export class SseClient implements TransportClient {
  readonly #lines: LineStream;
  readonly #blocks: EventBlocks;
  readonly #waiting: Told[] = [];

  constructor(lines: LineStream) {
    this.#lines = lines;
    this.#blocks = new EventBlocks(lines);
  }

  get since(): string {
    return this.#blocks.id;
  }

  /** Reads until it is subscribed. */
  async begin(): Promise<this> {
    while (this.since === "") await this.#read();
    return this;
  }

  async next(): Promise<Told> {
    while (this.#waiting.length === 0) await this.#read();
    return this.#waiting.shift() ?? { type: "end" };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#lines[Symbol.asyncDispose]();
  }

  async #read(): Promise<void> {
    const block = await this.#blocks.next();
    if (block === undefined) {
      this.#waiting.push({ type: "end" });
      return;
    }
    const { type, data } = block;
    if (data === undefined) return;
    const fields = JSON.parse(data);
    if (type === "message") this.#waiting.push({ type, data: fields.data });
    else if (type === "lost") this.#waiting.push({ type });
    else if (type === "disconnect") {
      this.#waiting.push({ type, code: fields.code });
    } else throw new Error(`Cannot understand ${type}: ${data}`);
  }
}

/** Polls again and again. */
export class PollClient implements TransportClient {
  since: string;
  readonly #url: string;
  readonly #leave = new AbortController();
  readonly #waiting: Told[] = [];

  constructor(url: string, since: string) {
    this.#url = url;
    this.since = since;
  }

  /** Asks where it stands. */
  async begin(): Promise<this> {
    if (this.since === "") await this.#poll("");
    return this;
  }

  async next(): Promise<Told> {
    while (this.#waiting.length === 0) {
      await this.#poll(`&timeout=5s&since=${this.since}`);
    }
    return this.#waiting.shift() ?? { type: "end" };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#leave.abort();
    return Promise.resolve();
  }

  async #poll(query: string): Promise<void> {
    const response = await fetch(`${this.#url}${query}`, {
      signal: this.#leave.signal,
    });
    if (!response.ok) throw new Error(await response.text());
    const { publications, cursor, recovered } = await response.json();
    if (recovered === false) this.#waiting.push({ type: "lost" });
    for (const { data } of publications) {
      this.#waiting.push({ type: "message", data });
    }
    this.since = cursor;
  }
}
