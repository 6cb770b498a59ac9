/** Data of a server that is killed, which a test keeps and puts back. */

/** Keeps a directory as it is; the returned function puts that back, in the place of what is there then. */
export async function keepData(path: string): Promise<() => Promise<void>> {
  const kept = `${path}-kept`;
  await copy(path, kept);
  return async () => {
    await Deno.remove(path, { recursive: true });
    await copy(kept, path);
  };
}

/** Copies a directory with the owners of its files: PostgreSQL takes only its own. */
async function copy(from: string, to: string): Promise<void> {
  const { success } = await new Deno.Command("cp", { args: ["-a", from, to] })
    .output();
  if (!success) throw new Error(`Cannot copy ${from}`);
}
