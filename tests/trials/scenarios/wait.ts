/** Small things that scenarios share: pauses, crowds and names. */

/** Resolves after that many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Calls `task` with 0, 1, … up to `count`, at most `atOnce` at a time. */
export async function repeat(
  count: number,
  atOnce: number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: atOnce }, async () => {
    while (next < count) await task(next++);
  });
  await Promise.all(workers);
}

/** `room0`, `room1`, …: that many names. */
export function channelNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `room${index}`);
}
