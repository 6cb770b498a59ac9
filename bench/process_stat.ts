/** What Linux tells about the CPU time and memory of processes and cores. */

/** What a process had of the cores. */
export interface ThreadTimes {
  /** Seconds for which its threads ran, in the kernel too. */
  readonly cpu: number;
  /** Seconds for which its main thread was ready to run, and another had the core. */
  readonly waited: number;
}

/** Reads what process `pid` had so far. */
export function processTimes(pid: number): ThreadTimes {
  let [cpu, waited] = [0, 0];
  // `stat` has the sum ready, but in steps of 10 ms.
  for (const { name } of Deno.readDirSync(`/proc/${pid}/task`)) {
    const text = readThread(`/proc/${pid}/task/${name}/schedstat`);
    const [ran = 0, waiting = 0] = text.split(" ").map(Number);
    cpu += ran;
    if (name === String(pid)) waited = waiting;
  }
  return { cpu: cpu / 1e9, waited: waited / 1e9 };
}

/** Reads a file of a thread; empty if that has ended since it was listed. */
function readThread(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    // The file may be there and its thread gone.
    const hasEnded = error instanceof Deno.errors.NotFound ||
      (error instanceof Error && "code" in error && error.code === "ESRCH");
    if (hasEnded) return "";
    throw error;
  }
}

/** Ids of the processes that process `pid` has started, and of those that these have. */
export function descendantsOf(pid: number): number[] {
  const tasks = [...Deno.readDirSync(`/proc/${pid}/task`)];
  const children = tasks.flatMap(({ name }) => {
    const text = readThread(`/proc/${pid}/task/${name}/children`);
    return text.split(" ").filter(Boolean).map(Number);
  });
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
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
