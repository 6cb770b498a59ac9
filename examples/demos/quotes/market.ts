/** Fake market: prices as a function of the time, so that every isolate makes the same ones. */

/** Milliseconds between two boards. */
export const TICK_MS = 250;
/** Boards that the channel keeps and the chart shows: a minute. */
export const KEPT = 240;

/** One share. */
export interface Quote {
  readonly symbol: string;
  readonly price: number;
  /** Percent since the market began, at midnight. */
  readonly change: number;
}

/** All shares at one time. */
export interface Board {
  /** Number of the board since 1970. */
  readonly tick: number;
  readonly quotes: readonly Quote[];
}

const SHARES: readonly (readonly [symbol: string, price: number])[] = [
  ["ACME", 182],
  ["GLOBEX", 64],
  ["HOOLI", 311],
  ["INITECH", 27],
  ["STARK", 498],
  ["WAYNE", 143],
];

/** The board of a number. */
export function boardOf(tick: number): Board {
  const quotes = SHARES.map(([symbol, start], index) => {
    const change = 100 * changeOf(tick, index);
    const price = start * (1 + change / 100);
    return { symbol, price: round(price), change: round(change) };
  });
  return { tick, quotes };
}

/** Waves of several lengths, some longer than an hour. */
function changeOf(tick: number, share: number): number {
  const wave = (ticks: number, height: number) =>
    height * Math.sin((tick + share * 9_973) / ticks);
  return wave(4_100, 0.03) + wave(310, 0.012) + wave(37, 0.004) +
    wave(7.3, 0.0025) + wave(2.1, 0.0015);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
