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

/** Versions of PostgreSQL whose programs Debian puts into a directory of their own, and not on PATH. */
const POSTGRES_VERSIONS = [18, 17, 16, 15, 14];

/** The path of a program of PostgreSQL. */
export function findPostgresTool(name: string): string | undefined {
  const directories = POSTGRES_VERSIONS.map((version) =>
    `/usr/lib/postgresql/${version}/bin`
  );
  const searchPath = [Deno.env.get("PATH") ?? "", ...directories].join(":");
  return findTool([name], searchPath);
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
  return require(findTool(names), names);
}

/** Looks for a server of PostgreSQL, as {@linkcode requireTool} does. */
export function requirePostgres(): Requirement {
  return require(findPostgresTool("initdb"), ["initdb"]);
}

function require(
  path: string | undefined,
  names: readonly string[],
): Requirement {
  if (path !== undefined) return { missing: false, path };
  const reason = `${names[0]} is missing: no ${names.join(" or ")} on PATH`;
  Deno.test({
    name: reason,
    ignore: Deno.env.get("REQUIRE_ALL") !== "1",
    fn: () => {
      throw new Error(reason);
    },
  });
  return { missing: true, path: "" };
}
