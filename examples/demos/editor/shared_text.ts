/** Text that several people write at once: a Yjs document, whose updates travel over a channel. */

import type { Subscription } from "centrifuge";
import * as Y from "yjs";
import { readChannel } from "../frame/mod.ts";

/** Milliseconds in which changes are joined to one publication. */
const JOIN_MS = 50;
/** Publications after which one has the whole text, for those who come later. */
const WHOLE_EVERY = 100;

/** A text in an element that everyone in the channel writes to. */
export class SharedText {
  readonly #doc = new Y.Doc();
  readonly #text = this.#doc.getText();
  readonly #channel: Subscription;
  readonly #name: string;
  readonly #element: HTMLTextAreaElement;
  /** Own changes that the channel does not have yet. */
  #pending: Uint8Array[] = [];
  #isFlushing = false;

  /** Shares what a person of that name writes into `element`; the caller subscribes. */
  constructor(
    channel: Subscription,
    name: string,
    element: HTMLTextAreaElement,
  ) {
    this.#channel = channel;
    this.#name = name;
    this.#element = element;
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this) return;
      this.#pending.push(update);
      this.#flush();
    });
    element.addEventListener("input", () => this.#write(element.value));
    readChannel(channel, {
      limit: 300,
      onHistory: (kept) =>
        kept.forEach(({ data }) => this.#receive(data.update)),
      onPublication: ({ data, offset = 0, info }) => {
        if (typeof data.update !== "string") return;
        this.#receive(data.update);
        if (info?.user !== this.#name || offset % WHOLE_EVERY !== 0) return;
        this.#pending.push(Y.encodeStateAsUpdate(this.#doc));
        this.#flush();
      },
    });
    // What was written without a line is merged with what others wrote meanwhile.
    channel.on("subscribed", () => this.#flush());
  }

  /** Takes over what was written into the element: one deletion and one insertion. */
  #write(written: string): void {
    const known = this.#text.toString();
    let start = 0;
    while (start < written.length && written[start] === known[start]) start++;
    let end = 0;
    const rest = Math.min(written.length, known.length) - start;
    while (end < rest && written.at(-1 - end) === known.at(-1 - end)) end++;
    // A character of two units is never cut.
    if (isLow(written[start]) || isLow(known[start])) start--;
    if (isLow(written.at(-end)) && end > 0) end--;
    this.#doc.transact(() => {
      this.#text.delete(start, known.length - end - start);
      this.#text.insert(start, written.slice(start, written.length - end));
    });
  }

  /** Merges an update of the channel; the caret stays at its character. */
  #receive(update: string): void {
    const { selectionStart, selectionEnd } = this.#element;
    const carets = [selectionStart, selectionEnd].map((index) =>
      Y.createRelativePositionFromTypeIndex(this.#text, index)
    );
    Y.applyUpdate(this.#doc, fromBase64(update), this);
    const text = this.#text.toString();
    if (text === this.#element.value) return;
    this.#element.value = text;
    const [start = 0, end = 0] = carets.map((caret) =>
      Y.createAbsolutePositionFromRelativePosition(caret, this.#doc)?.index
    );
    this.#element.setSelectionRange(start, end);
  }

  /** Publishes own changes, all of a moment together; what fails is tried again with the next. */
  async #flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    await new Promise((resolve) => setTimeout(resolve, JOIN_MS));
    const pending = this.#pending;
    this.#pending = [];
    this.#isFlushing = false;
    if (pending.length === 0) return;
    try {
      await this.#publish(Y.mergeUpdates(pending));
    } catch {
      // The line is cut: the next subscription begins with a flush.
      this.#pending.unshift(...pending);
    }
  }

  async #publish(update: Uint8Array): Promise<void> {
    if (this.#channel.state !== "subscribed") throw new Error("not subscribed");
    await this.#channel.publish({ update: toBase64(update) });
  }
}

function isLow(unit = ""): boolean {
  return /^[\udc00-\udfff]/.test(unit);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}
