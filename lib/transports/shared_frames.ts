/** Frames of text in another form, which is made once for all recipients. */

/** Frames of one fan-out follow each other closely; more need not be remembered. */
const MAX_FRAMES = 64;
/** Code units of all frames that are remembered together. */
const MAX_LENGTH = 262_144;

/**
 * Remembers the forms of the latest frames. A fan-out hands the very same text to
 * every recipient, so that one of a thousand pays for its form. The latest is
 * remembered whatever its length; one that is longer than all may be together is
 * forgotten with the next.
 */
export class SharedFrames<Form> {
  readonly #form: (frame: string) => Form;
  readonly #known = new Map<string, Form>();
  #length = 0;
  #lastFrame: string | undefined;
  #lastForm: Form | undefined;

  /** Takes the function that makes the form of a frame. */
  constructor(form: (frame: string) => Form) {
    this.#form = form;
  }

  /** Form of a frame. */
  get(frame: string): Form {
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
    this.#known.set(frame, form);
  }
}
