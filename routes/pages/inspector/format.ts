/** Numbers as operators read them. */

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-GB", {
  notation: "compact",
  maximumSignificantDigits: 3,
});

/** A whole number, with its thousands apart. */
export function count(value: number): string {
  return whole.format(value);
}

/** A number in three digits: `1.23K`. */
export function compact(value: number): string {
  return short.format(value);
}

/** Bytes in three digits and a unit. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let amount = value;
  let unit = 0;
  while (amount >= 1_000 && unit < units.length - 1) {
    amount /= 1_000;
    unit++;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}

/** Seconds as `12 s`, `3 min`, `4 h` or `5 d`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** Milliseconds of a time in seconds. */
export function milliseconds(seconds: number): string {
  const ms = seconds * 1_000;
  return ms < 0.01 && ms > 0 ? "< 0.01 ms" : `${ms.toFixed(ms < 1 ? 2 : 1)} ms`;
}

/** A share of one, in per cent. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** The beginning of an id, which tells most apart. */
export function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id;
}
