/** Child processes: servers, and signals to those that may have ended a moment ago: their status comes later. */

/** How a server is run. */
export interface ServerCommand {
  readonly args: readonly string[];
  /** File for all that it writes. */
  readonly log: string;
  /** @default {the user of the test} */
  readonly user?: { readonly uid?: number; readonly gid?: number };
}

/** Runs a server in a process of its own. */
export function spawnServer(
  path: string,
  { args, log, user = {} }: ServerCommand,
): Deno.ChildProcess {
  // A pipe would have to be read for as long as the server, or what it starts, lives.
  return new Deno.Command("sh", {
    args: ["-c", 'exec "$0" "$@" >"$LOG" 2>&1', path, ...args],
    env: { LOG: log },
    ...user,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** Sends a child a signal, unless it has ended. */
export function signalChild(
  child: Deno.ChildProcess,
  signal: Deno.Signal,
): void {
  try {
    child.kill(signal);
  } catch (error) {
    // Deno's word for a child that has ended.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Sends a signal to a process, or with a negative id to a group of processes, unless it has ended. */
export function signalProcess(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Kills a child, unless it has ended, and resolves once it has. */
export async function killChild(child: Deno.ChildProcess): Promise<void> {
  signalChild(child, "SIGKILL");
  await child.status;
}
