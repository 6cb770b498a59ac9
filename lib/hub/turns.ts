/** Share of one client in the turns of the event loop: Deno hands over a whole queue of frames before other sockets have their turn. */

/**
 * Frames, or commands of one frame, that are carried out before others have their
 * turn. With half as many, a publisher of 64 at a time had a fifth less throughput.
 */
const FRAMES_PER_TURN = 64;
/** Frames from which on the end of the turn is awaited: for each one it would cost more than the frame. */
const COUNTED_FROM = 16;
/**
 * Commands that are waited for may follow one another in a turn: so many at least,
 * whose replies share a frame, and then for so many milliseconds.
 */
const AWAITED_PER_TURN = 8;
const MAX_TURN_MS = 0.25;

/** End of turns, and the time. */
export interface TurnOwner {
  /** Time within a turn, in milliseconds. */
  readonly clock: { readonly now: number };
  /** Calls back at the end of this turn of the event loop. */
  soon(callback: () => void): void;
}

/** Counts what a client takes of each turn. */
export class Turns {
  readonly #owner: TurnOwner;
  /** Frames in this turn, and fewer than {@linkcode COUNTED_FROM} in those before. */
  #frames = 0;
  /** The same of commands that were waited for. */
  #awaited = 0;
  #isAwaited = false;

  /** Takes the end of turns, and the time. */
  constructor(owner: TurnOwner) {
    this.#owner = owner;
  }

  /** Counts a frame; `true` if it has to wait for the {@linkcode next} turn. */
  isOver(): boolean {
    if (++this.#frames === COUNTED_FROM) this.#owner.soon(this.#begin);
    return this.#frames > FRAMES_PER_TURN;
  }

  /** True if the next turn is all that is waited for. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Resolves in the next turn. */
  async next(): Promise<void> {
    this.#isAwaited = true;
    await new Promise<void>((resolve) => this.#owner.soon(resolve));
    this.#begin();
    this.#isAwaited = false;
    this.#awaited = 0;
  }

  readonly #begin = (): void => {
    this.#frames = 0;
  };

  /** Waits for the next turn if the one that began then has lasted long enough; returns when the present one began. */
  share(beganAt: number): number | Promise<number> {
    const { clock } = this.#owner;
    if (++this.#awaited < AWAITED_PER_TURN) return beganAt;
    if (clock.now - beganAt < MAX_TURN_MS) return beganAt;
    return this.next().then(() => clock.now);
  }
}
