/** Packages of npm that only the benchmark uses: installed where Git does not look. */

import { fileURLToPath } from "node:url";

const CACHE = fileURLToPath(new URL(".cache/", import.meta.url));

/**
 * Installs a package, unless that version is there already.
 *
 * @returns the folder that has its `node_modules`
 * @throws {Error} if npm fails
 */
export async function installPackage(
  name: string,
  version: string,
): Promise<string> {
  const folder = `${CACHE}${name.replaceAll("/", "-")}-${version}`;
  if (!await isInstalled(`${folder}/node_modules/${name}`, version)) {
    await install(folder, `${name}@${version}`);
  }
  return folder;
}

async function isInstalled(folder: string, version: string): Promise<boolean> {
  try {
    const text = await Deno.readTextFile(`${folder}/package.json`);
    return JSON.parse(text).version === version;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function install(folder: string, name: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  await run(["npm", "install", ...options, "--prefix", folder, name]);
}

/**
 * Runs a command to its end.
 *
 * @throws {Error} if there is no such command, or it fails
 */
export async function run(
  [command = "", ...args]: readonly string[],
): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args,
    env: { NO_COLOR: "1" },
  }).output();
  if (success) return;
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  throw new Error(
    `Cannot run "${[command, ...args].join(" ")}": ${lines[0] ?? "no output"}`,
  );
}
