/** A bar that shows how much is done, and how long the rest takes. */

const WIDTH = 24;
const REFRESH_MS = 500;

/** Where a bar is drawn. */
export interface ProgressOutput {
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** Writes seconds as people say them. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Draws the bar: done work is filled. */
export function formatBar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
  return "█".repeat(filled) + "░".repeat(WIDTH - filled);
}

/** Progress of work whose parts take about as long as was planned. */
export class Progress implements Disposable {
  readonly #plannedMs: number;
  readonly #output: ProgressOutput;
  readonly #startMs = performance.now();
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #doneMs = 0;
  #label = "";

  /** Begins; the whole work takes about `plannedMs`. */
  constructor(plannedMs: number, output: ProgressOutput) {
    this.#plannedMs = plannedMs;
    this.#output = output;
    if (output.isTerminal) {
      this.#timer = setInterval(() => this.#draw(), REFRESH_MS);
    }
  }

  /** Begins the next part. */
  begin(label: string): void {
    this.#label = label;
    if (this.#output.isTerminal) this.#draw();
    else this.#output.write(`${this.#line()}\n`);
  }

  /** Ends a part that was planned to take `plannedMs`. */
  end(plannedMs: number): void {
    this.#doneMs += plannedMs;
  }

  /** Writes a line above the bar. */
  print(text: string): void {
    this.#output.write(
      this.#output.isTerminal ? `\r\x1b[K${text}\n` : `${text}\n`,
    );
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    if (this.#output.isTerminal) this.#output.write("\r\x1b[K");
  }

  #draw(): void {
    this.#output.write(`\r\x1b[K${this.#line()}`);
  }

  #line(): string {
    const share = Math.min(1, this.#doneMs / this.#plannedMs);
    const elapsedMs = performance.now() - this.#startMs;
    // Once a tenth is done, the pace so far says more than the plan.
    const leftMs = share > 0.1
      ? elapsedMs / share * (1 - share)
      : this.#plannedMs - this.#doneMs;
    return `${formatBar(share)} ${(share * 100).toFixed(0).padStart(3)} %  ${
      formatDuration(leftMs / 1000)
    } left  ${this.#label}`;
  }
}
