/** Own pointer of a person, which tells the server its place. */

import type { Centrifuge } from "centrifuge";

/** Place in the field, from 0 to 1 on each axis; steps of one person are counted. */
export interface Position {
  readonly x: number;
  readonly y: number;
  readonly step: number;
}

/** The own pointer: however fast it moves, one position is sent for each picture of the screen. */
export class Pointer {
  #position: Position = { x: 0.5, y: 0.5, step: 0 };
  #isDue = false;

  constructor(readonly client: Centrifuge, readonly room: string) {}

  /** Moves to a place; what is outside of the field is at its edge. */
  move(x: number, y: number): void {
    const { step } = this.#position;
    const within = (value: number) => Math.min(1, Math.max(0, value));
    this.#position = { x: within(x), y: within(y), step };
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.announce();
    });
  }

  /** Sends the position; while the line is cut, it is left out. */
  announce(): void {
    if (this.client.state !== "connected") return;
    const { x, y, step } = this.#position;
    this.#position = { x, y, step: step + 1 };
    const data = { room: this.room, ...this.#position };
    this.client.rpc("cursors:move", data).catch(() => {});
  }

  /** Moves by a part of the field. */
  by(x: number, y: number): void {
    this.move(this.#position.x + x, this.#position.y + y);
  }

  /** Moves along a figure for some seconds. */
  dance(): void {
    const start = performance.now();
    const phase = 6 * Math.random();
    const turn = (now: number) => {
      if (now - start > 6_000) return;
      const t = (now - start) / 1_000 + phase;
      this.move(0.5 + 0.42 * Math.sin(3 * t), 0.5 + 0.38 * Math.sin(2 * t));
      requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
  }
}
