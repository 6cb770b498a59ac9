/** Timing wheel: finds due items without a look at the others. */

/** An item of a wheel. It stores its slot, so that it can be cancelled at once. */
export interface WheelItem {
  /** Written by the wheel alone; `undefined` while the item is in no wheel. */
  slot: number | undefined;
}

/** Resolution and reach of a wheel. */
export interface TimingWheelOptions {
  /** Width of one slot in milliseconds: an item is visited at most this late. */
  readonly tickMs: number;
  /**
   * Number of slots. An item that is due later than `slots * tickMs` from now is
   * visited early, and must be scheduled again.
   * @default {512}
   */
  readonly slots?: number;
}

/** Schedules, cancels and finds due items in constant time each. */
export class TimingWheel<Item extends WheelItem> {
  readonly #slots: Set<Item>[];
  readonly #tickMs: number;
  /** The tick up to which all slots have been visited. */
  #tick = 0;

  constructor({ tickMs, slots = 512 }: TimingWheelOptions) {
    this.#tickMs = tickMs;
    this.#slots = Array.from({ length: slots }, () => new Set<Item>());
  }

  /** Schedules a visit of `item` at `dueMs`, instead of an earlier one. */
  schedule(item: Item, dueMs: number): void {
    this.cancel(item);
    const tick = Math.min(
      Math.max(Math.ceil(dueMs / this.#tickMs), this.#tick + 1),
      this.#tick + this.#slots.length - 1,
    );
    item.slot = tick % this.#slots.length;
    this.#slots[item.slot]!.add(item);
  }

  /** Cancels the visit of `item`, if there is one. */
  cancel(item: Item): void {
    if (item.slot === undefined) return;
    this.#slots[item.slot]!.delete(item);
    item.slot = undefined;
  }

  /**
   * Moves on to `nowMs` and visits every item that is due by then. Each is removed
   * before its visit; `visit` may schedule it again.
   */
  advance(nowMs: number, visit: (item: Item) => void): void {
    const target = Math.floor(nowMs / this.#tickMs);
    while (this.#tick < target) {
      this.#tick++;
      const due = this.#slots[this.#tick % this.#slots.length]!;
      for (const item of due) {
        due.delete(item);
        item.slot = undefined;
        visit(item);
      }
    }
  }
}
