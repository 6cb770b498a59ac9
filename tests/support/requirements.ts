/** Tools that some tests need and some machines lack. */

/** Whether a tool is here. */
export interface Requirement {
  /** For `Deno.test({ ignore })`. */
  readonly missing: boolean;
  /** Where the tool is; empty when it is missing. */
  readonly path: string;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory ||
      error instanceof Deno.errors.PermissionDenied
    ) return false;
    throw error;
  }
}

/** The first of `names` in the directories of `searchPath`, in the order of the names. */
export function findTool(
  names: readonly string[],
  searchPath: string = Deno.env.get("PATH") ?? "",
): string | undefined {
  return names
    .flatMap((name) =>
      searchPath.split(":").filter(Boolean).map((dir) => `${dir}/${name}`)
    )
    .find(isFile);
}

/**
 * Looks for a tool under any of its names, at the top of a test file.
 *
 * Where it is missing, a test of its own says so: ignored, or failed with
 * `REQUIRE_ALL=1`, so that a machine meant to run everything cannot pass by
 * skipping.
 *
 * @example
 * ```ts
 * const redis = requireTool("redis-server");
 * Deno.test({ name: "…", ignore: redis.missing, fn: () => {} });
 * ```
 */
export function requireTool(
  name: string,
  ...otherNames: string[]
): Requirement {
  const names = [name, ...otherNames];
  const path = findTool(names);
  if (path !== undefined) return { missing: false, path };
  const reason = `${name} is missing: no ${names.join(" or ")} on PATH`;
  Deno.test({
    name: reason,
    ignore: Deno.env.get("REQUIRE_ALL") !== "1",
    fn: () => {
      throw new Error(reason);
    },
  });
  return { missing: true, path: "" };
}
