/** The form that a transport gives a frame, made once for all who are sent the same. */

import type { Frame } from "../protocol/types.ts";

/** Frames of one fan-out follow each other closely; more need not be remembered. */
const MAX_FRAMES = 64;
const MAX_LENGTH = 262_144;

/**
 * Remembers what became of the latest frames. A fan-out hands the very same text
 * to every recipient, so that one of a thousand pays for its form. Bytes and
 * long texts are not remembered.
 */
export class SharedFrames<Form> {
  readonly #form: (frame: string) => Form;
  readonly #known = new Map<string, Form>();
  #length = 0;
  #lastFrame: string | undefined;
  #lastForm: Form | undefined;

  /** Takes the function that gives a frame its form. */
  constructor(form: (frame: string) => Form) {
    this.#form = form;
  }

  /** The form of a frame. */
  get(frame: Frame): Form {
    if (typeof frame !== "string") return this.#form(toText(frame));
    if (frame === this.#lastFrame && this.#lastForm !== undefined) {
      return this.#lastForm;
    }
    let form = this.#known.get(frame);
    if (form === undefined) {
      form = this.#form(frame);
      this.#remember(frame, form);
    }
    this.#lastFrame = frame;
    this.#lastForm = form;
    return form;
  }

  #remember(frame: string, form: Form): void {
    this.#length += frame.length;
    if (this.#known.size >= MAX_FRAMES || this.#length > MAX_LENGTH) {
      this.#known.clear();
      this.#length = frame.length;
    }
    if (frame.length <= MAX_LENGTH) this.#known.set(frame, form);
  }
}

const utf8 = new TextDecoder();

/** The protocols of streams write text; bytes are none of theirs. */
function toText(frame: ArrayBuffer): string {
  return utf8.decode(frame);
}
