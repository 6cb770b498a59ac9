/** Programs that have to succeed before anything can be measured. */

/**
 * Runs a program to its end.
 *
 * @throws {Error} if there is no such program, or it fails
 */
export async function runCommand(
  program: string,
  args: readonly string[],
): Promise<void> {
  const { success, stderr } = await output(program, args);
  if (success) return;
  const reason = new TextDecoder().decode(stderr).trim() || "it failed";
  throw new Error(`Cannot run ${program} ${args[0]}: ${reason}`);
}

async function output(
  program: string,
  args: readonly string[],
): Promise<Deno.CommandOutput> {
  try {
    const env = { NO_COLOR: "1" };
    return await new Deno.Command(program, { args: [...args], env }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot run ${program}: it is not on PATH`);
  }
}
