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

const ALL_CORES = `0-${navigator.hardwareConcurrency - 1}`;
let isPinning = true;

/** The command line that runs `command` on one core, where that can be. */
export function pinned(core: number, command: readonly string[]): string[] {
  return CAN_PIN && isPinning
    ? ["taskset", "-c", String(core), ...command]
    : [...command];
}

/** Keeps this process, all its threads included, on one core. */
export function pinSelf(core: number): void {
  setOwnCores(String(core));
}

/** Measures what has more to it than one server and a generator: no process is pinned. */
export async function onAllCores<Result>(
  measure: () => Promise<Result>,
): Promise<Result> {
  setOwnCores(ALL_CORES);
  isPinning = false;
  try {
    return await measure();
  } finally {
    isPinning = true;
    pinSelf(GENERATOR_CORE);
  }
}

/** Measures with this process on the generator's core, and leaves it on all of them. */
export async function asGenerator<Result>(
  measure: () => Promise<Result>,
): Promise<Result> {
  pinSelf(GENERATOR_CORE);
  try {
    return await measure();
  } finally {
    setOwnCores(ALL_CORES);
  }
}

function setOwnCores(cores: string): void {
  if (!CAN_PIN) return;
  const args = ["-a", "-c", "-p", cores, String(Deno.pid)];
  new Deno.Command("taskset", { args }).outputSync();
}
