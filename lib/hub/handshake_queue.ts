/** Queue of the clients that are let in: a crowd takes turns with those that are connected. */

import type { Clock } from "../base/clock.ts";

/** Handshakes in a turn of the event loop: each takes about as long as ten messages. */
const PER_TURN = 2;

/** Lets a few clients through in each turn of the event loop, in their order. */
export class HandshakeQueue {
  readonly #clock: Pick<Clock, "soon">;
  readonly #waiting: (() => void)[] = [];
  #inTurn = 0;
  #isArmed = false;

  /** Takes the end of turns. */
  constructor(clock: Pick<Clock, "soon">) {
    this.#clock = clock;
  }

  /** Resolves when it is the client's turn; `undefined` if it is now. */
  enter(): Promise<void> | undefined {
    this.#arm();
    if (this.#inTurn < PER_TURN) {
      this.#inTurn++;
      return undefined;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #arm(): void {
    if (this.#isArmed) return;
    this.#isArmed = true;
    this.#clock.soon(() => this.#turn());
  }

  #turn(): void {
    this.#isArmed = false;
    const next = this.#waiting.splice(0, PER_TURN);
    this.#inTurn = next.length;
    if (next.length > 0) this.#arm();
    for (const resolve of next) resolve();
  }
}
