/** What Linux tells about the CPU time and memory of processes and cores. */

// The unit of /proc is USER_HZ, which is 100 on every architecture of Deno.
const TICKS_PER_SECOND = 100;

/** CPU seconds that the threads of process `pid` used so far, kernel included. */
export function processCpuSeconds(pid: number): number {
  let nanoseconds = 0;
  // `stat` has the sum ready, but in steps of 10 ms.
  for (const { name } of Deno.readDirSync(`/proc/${pid}/task`)) {
    const path = `/proc/${pid}/task/${name}/schedstat`;
    nanoseconds += Number(Deno.readTextFileSync(path).split(" ")[0]);
  }
  return nanoseconds / 1e9;
}

/** Bytes of memory that process `pid` occupies. */
export function processRssBytes(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) {
    throw new Error(`Cannot read the memory of process ${pid}: no VmRSS`);
  }
  return Number(kibibytes) * 1024;
}

/** Seconds for which core `core` was not idle so far, or was taken by the host. */
export function coreBusySeconds(core: number): number {
  const stat = Deno.readTextFileSync("/proc/stat");
  const line = stat.split("\n").find((each) => each.startsWith(`cpu${core} `));
  if (line === undefined) throw new Error(`Cannot find core ${core}`);
  const [user, nice, system, _idle, _wait, irq, softirq, steal] = line
    .split(" ").slice(1).map(Number);
  const ticks = [user, nice, system, irq, softirq, steal];
  return ticks.reduce<number>((sum, each) => sum + (each ?? 0), 0) /
    TICKS_PER_SECOND;
}
