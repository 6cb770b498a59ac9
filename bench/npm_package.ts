/** Packages of npm that only the benchmark uses: installed where Git does not look. */

import { fileURLToPath } from "node:url";
import { runCommand } from "./run_command.ts";

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
  await runCommand("npm", ["install", ...options, "--prefix", folder, name]);
}
