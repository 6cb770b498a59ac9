/** A timing wheel: items that are due at some time, found without looking at the others. */

/** What a wheel keeps: the item remembers its slot, so that it can leave at once. */
export interface WheelItem {
  /** Written by the wheel alone; `undefined` while the item is in no wheel. */
  slot: number | undefined;
}

/** How finely and how far a wheel looks ahead. */
export interface TimingWheelOptions {
  /** Width of one slot in milliseconds: an item is visited at most this late. */
  readonly tickMs: number;
  /**
   * Number of slots. What is due later than `slots * tickMs` from now is visited
   * early, and schedules itself again.
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

  /** Asks for a visit of `item` at `dueMs`, instead of any earlier request. */
  schedule(item: Item, dueMs: number): void {
    this.cancel(item);
    const tick = Math.min(
      Math.max(Math.ceil(dueMs / this.#tickMs), this.#tick + 1),
      this.#tick + this.#slots.length - 1,
    );
    item.slot = tick % this.#slots.length;
    this.#slots[item.slot]!.add(item);
  }

  /** Forgets `item`; nothing happens when it is not scheduled. */
  cancel(item: Item): void {
    if (item.slot === undefined) return;
    this.#slots[item.slot]!.delete(item);
    item.slot = undefined;
  }

  /**
   * Moves on to `nowMs` and visits every item that is due by then. Each has left
   * the wheel when it is visited; `visit` schedules it again if it wants to.
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
