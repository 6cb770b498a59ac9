/** Frames in another form, which is made once for all recipients. */

import { lengthOf } from "../base/publication.ts";
import type { Frame } from "../protocol/types.ts";

/** Frames of one fan-out follow each other closely; more need not be remembered. */
const MAX_FRAMES = 64;
/** Code units and bytes of all frames that are remembered together. */
const MAX_LENGTH = 262_144;

/**
 * Remembers the forms of the latest frames. A fan-out hands the very same frame to
 * every recipient, so that one of a thousand pays for its form. The latest is
 * remembered whatever its length; one that is longer than all may be together is
 * forgotten with the next.
 */
export class SharedFrames<Form> {
  readonly #form: (frame: Frame) => Form;
  readonly #known = new Map<Frame, Form>();
  #length = 0;
  #lastFrame: Frame | undefined;
  #lastForm: Form | undefined;

  /** Takes the function that makes the form of a frame. */
  constructor(form: (frame: Frame) => Form) {
    this.#form = form;
  }

  /** Form of a frame. */
  get(frame: Frame): Form {
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

  #remember(frame: Frame, form: Form): void {
    const length = lengthOf(frame);
    this.#length += length;
    if (this.#known.size >= MAX_FRAMES || this.#length > MAX_LENGTH) {
      this.#known.clear();
      this.#length = length;
    }
    this.#known.set(frame, form);
  }
}
