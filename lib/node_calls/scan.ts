/** Walk over all connections or channels of a node in slices, and a page of them: the first by an order. */

import type { Clock } from "../base/clock.ts";
import { pause } from "../base/pause.ts";

/** Items that are looked at before other work has its turn: about a tenth of a millisecond. */
const SLICE = 200;
/** Time in which something is counted for a rate, in milliseconds. */
const SAMPLE_MS = 500;
/** Items whose rates are counted at most. */
const MAX_SAMPLED = 20_000;

/** Visits every item; what the event loop brings has a turn after each slice. */
export async function scan<Item>(
  clock: Pick<Clock, "soon">,
  items: Iterable<Item>,
  visit: (item: Item) => void,
): Promise<void> {
  let count = 0;
  for (const item of items) {
    visit(item);
    if (++count % SLICE === 0) {
      await new Promise<void>((resolve) => clock.soon(resolve));
    }
  }
}

/** Counts something of each item that fits for half a second: increases per second. */
async function sampleRates<Item>(
  clock: Pick<Clock, "now" | "soon" | "after">,
  items: Iterable<Item>,
  { fits, countOf }: {
    readonly fits: (item: Item) => boolean;
    readonly countOf: (item: Item) => number;
  },
): Promise<ReadonlyMap<Item, number>> {
  const before = new Map<Item, number>();
  await scan(clock, items, (item) => {
    if (before.size < MAX_SAMPLED && fits(item)) {
      before.set(item, countOf(item));
    }
  });
  const startedAt = clock.now;
  await pause(clock, SAMPLE_MS);
  const seconds = Math.max(clock.now - startedAt, 1) / 1_000;
  const rates = new Map<Item, number>();
  await scan(clock, before, ([item, count]) => {
    rates.set(item, Math.round((countOf(item) - count) / seconds));
  });
  return rates;
}

/** The first items by an order, of any number that are added. */
export class FirstOf<Item> {
  readonly #max: number;
  readonly #compare: (a: Item, b: Item) => number;
  #items: Item[] = [];

  /** Keeps at most `max`, by the order of `Array.sort`. */
  constructor(max: number, compare: (a: Item, b: Item) => number) {
    this.#max = max;
    this.#compare = compare;
  }

  /** Adds an item, which may not be among the first. */
  add(item: Item): void {
    this.#items.push(item);
    if (this.#items.length >= this.#max * 2 + SLICE) this.#trim();
  }

  /** The first ones, in their order. */
  take(): readonly Item[] {
    this.#trim();
    return this.#items;
  }

  #trim(): void {
    this.#items = this.#items.sort(this.#compare).slice(0, this.#max);
  }
}

/** Value by which a row is ordered: numbers from the greatest, names by the alphabet. */
export type SortValue = string | number;

/** Compares two values as {@linkcode SortValue} says, or the other way round. */
export function compareValues(
  a: SortValue,
  b: SortValue,
  isReverse: boolean,
): number {
  const order = typeof a === "number" && typeof b === "number"
    ? b - a
    : String(a) < String(b)
    ? -1
    : a === b
    ? 0
    : 1;
  return isReverse ? -order : order;
}

/** Order and length of a page. */
interface PageOrder {
  /** Name of the order; `rate` counts for half a second. */
  readonly sort: string;
  readonly reverse: boolean;
  readonly limit: number;
}

/** Items of a page, and what is known of each. */
export interface PageItems<Item> {
  /** Items that may be on the page; asked for again after a rate was counted. */
  readonly candidates: () => Iterable<Item>;
  readonly fits: (item: Item) => boolean;
  /** Count of which the rate is taken. */
  readonly countOf: (item: Item) => number;
  /** Value by which a page is ordered; the rate is `undefined` unless it was counted. */
  readonly valueOf: (item: Item, rate: number | undefined) => SortValue;
  /** Decides between equal values. */
  readonly nameOf: (item: Item) => string;
}

/** Finds the first items that fit, each with its rate if that is the order, and the number of all that fit. */
export async function findPage<Item>(
  clock: Pick<Clock, "now" | "soon" | "after">,
  { sort, reverse, limit }: PageOrder,
  { candidates, fits, countOf, valueOf, nameOf }: PageItems<Item>,
): Promise<{
  readonly found: number;
  readonly items: readonly (readonly [Item, rate: number | undefined])[];
}> {
  const rates = sort === "rate"
    ? await sampleRates(clock, candidates(), { fits, countOf })
    : undefined;
  const first = new FirstOf<readonly [SortValue, Item]>(
    limit,
    ([a, left], [b, right]) =>
      compareValues(a, b, reverse) || (nameOf(left) < nameOf(right) ? -1 : 1),
  );
  let found = 0;
  await scan(clock, candidates(), (item) => {
    if (!fits(item)) return;
    found++;
    first.add([valueOf(item, rates?.get(item)), item]);
  });
  const items = first.take().map(([, item]) =>
    [item, rates?.get(item)] as const
  );
  return { found, items };
}
