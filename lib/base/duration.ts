/** Durations as people write them: `500ms`, `60s`, `2m`, `1h`. */

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/;

/** Reads a duration such as `500ms`, `60s`, `2m` or `1h`, or a number of seconds. Returns milliseconds; `undefined` if the text is invalid. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = "s"] = DURATION.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const ms = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return ms < Infinity ? ms : undefined;
}
