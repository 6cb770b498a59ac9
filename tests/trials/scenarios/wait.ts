/** Pauses and crowds of the scenarios. */

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
