/** Check that the files which this process may open suffice for its connections. */

/** Path where Linux shows the limits of the process that reads it. */
const LIMITS_PATH = "/proc/self/limits";
/** Files that a process has besides its connections: its listeners, its log, its broker. */
const OTHER_FILES = 64;

/** Connections that a process may have. */
export interface ConnectionCapacity {
  /** Connections of each isolate at most. */
  readonly maxConnections: number;
  /** Isolates that share the files of the process. */
  readonly isolates: number;
}

/** Number of files that a process may open, or the reason for which it is unknown. */
export type FileLimit =
  | { readonly type: "known"; readonly files: number }
  | { readonly type: "unknown"; readonly reason: string };

/** Reads the limit of this process, where the platform shows it and the permissions allow it. */
export function readFileLimit(
  readFile: (path: string) => string = Deno.readTextFileSync,
): FileLimit {
  try {
    const [, limit] = /^Max open files +(\S+)/m.exec(readFile(LIMITS_PATH)) ??
      [];
    if (limit === "unlimited") return { type: "known", files: Infinity };
    const files = Number(limit);
    if (Number.isInteger(files)) return { type: "known", files };
    return { type: "unknown", reason: `no limit in ${LIMITS_PATH}` };
  } catch (error) {
    // No Linux, or no permission: Deno shows this file only with --allow-all.
    const reason = error instanceof Error ? error.message : String(error);
    return { type: "unknown", reason };
  }
}

/** Number of files that the process needs when all its connections are taken. */
export function neededFiles(
  { maxConnections, isolates }: ConnectionCapacity,
): number {
  return maxConnections * isolates + OTHER_FILES;
}

/** Isolates of a process whose `Deno.serve` got these options: `deno serve --parallel` starts as many as DENO_JOBS says, or one for each core. */
export function isolatesOf(
  options: Deno.ServeTcpOptions,
  denoJobs: number | undefined,
): number {
  const isParallel = Object.getOwnPropertySymbols(options).some((symbol) =>
    symbol.description === "kLoadBalanced" &&
    Reflect.get(options, symbol) === true
  );
  return isParallel ? denoJobs ?? navigator.hardwareConcurrency : 1;
}
