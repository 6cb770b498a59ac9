/** Which core the server and the load generator run on. */

/** Core of the server under load. */
export const SERVER_CORE = 0;

/** Core of the load generator. */
export const GENERATOR_CORE = 1;

function hasTaskset(): boolean {
  try {
    return new Deno.Command("taskset", { args: ["--version"] }).outputSync()
      .success;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}

/** Whether processes can be pinned: `taskset` is installed and has two cores to choose from. */
export const CAN_PIN: boolean = navigator.hardwareConcurrency > 1 &&
  hasTaskset();

/** Keeps this process, all its threads included, on the generator's core. */
export function pinGenerator(): void {
  if (!CAN_PIN) return;
  const args = ["-a", "-c", "-p", String(GENERATOR_CORE), String(Deno.pid)];
  new Deno.Command("taskset", { args }).outputSync();
}

/** The command line that runs Deno with `args` on the server's core. */
export function serverCommand(args: readonly string[]): string[] {
  const deno = [Deno.execPath(), ...args];
  return CAN_PIN ? ["taskset", "-c", String(SERVER_CORE), ...deno] : deno;
}

/** Lets this process use every core again, for what is measured inside it. */
export function unpinGenerator(): void {
  if (!CAN_PIN) return;
  const cores = `0-${navigator.hardwareConcurrency - 1}`;
  const args = ["-a", "-c", "-p", cores, String(Deno.pid)];
  new Deno.Command("taskset", { args }).outputSync();
}
