/** Signals to child processes, which may have ended a moment ago: their status comes later. */

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
