/** Template of a channel's name: text with parts of a record in it, such as `prices:{key}`. */

import type { SourceRecord } from "./types.ts";

const PART = /\{([^{}]*)\}/g;
const HEADER = "header.";

/** Part of a record by its name in a template; `undefined` if the record lacks it. */
type ReadPart = (record: SourceRecord) => string | undefined;

/** A template that is checked. */
export class ChannelTemplate {
  readonly #texts: readonly string[];
  readonly #parts: readonly ReadPart[];

  /**
   * Reads a template.
   *
   * @throws {TypeError} If it names a part that records do not have, or a brace stands alone.
   */
  constructor(template: string) {
    const pieces = template.split(PART);
    this.#texts = pieces.filter((_, index) => index % 2 === 0);
    this.#parts = pieces.filter((_, index) => index % 2 === 1)
      .map((name) => partOf(name, template));
    if (!this.#texts.some((text) => /[{}]/.test(text))) return;
    throw refusal(template, "both braces around each part");
  }

  /** The channel of a record; `undefined` if the record lacks a part. */
  channelOf(record: SourceRecord): string | undefined {
    let channel = this.#texts[0] ?? "";
    for (const [index, read] of this.#parts.entries()) {
      const part = read(record);
      if (part === undefined || part === "") return undefined;
      channel += part + (this.#texts[index + 1] ?? "");
    }
    return channel;
  }
}

function partOf(name: string, template: string): ReadPart {
  if (name === "key") return ({ key }) => key;
  if (name === "topic") return ({ topic }) => topic;
  const header = name.slice(HEADER.length);
  if (name.startsWith(HEADER) && header !== "") {
    return ({ headers }) =>
      Object.hasOwn(headers, header) ? headers[header] : undefined;
  }
  throw refusal(template, "{key}, {topic} or {header.name}");
}

function refusal(template: string, expected: string): TypeError {
  return new TypeError(
    `Cannot use the channel ${JSON.stringify(template)}: expected ${expected}`,
  );
}
