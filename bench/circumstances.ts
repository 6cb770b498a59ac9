/** Where and when a report was made. */

import { findPostgresTool } from "../tests/support/requirements.ts";
import { CAN_PIN } from "./pinning.ts";
import type { Peers } from "./scenario.ts";
import type { Circumstances } from "./results.ts";
import type { BenchOptions } from "./options.ts";

function processorName(): string {
  const text = Deno.readTextFileSync("/proc/cpuinfo");
  return /^model name\s*: (.+)$/m.exec(text)?.[1] ?? Deno.build.arch;
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(command, { args: ["--version"] })
      .output();
    return /\d+(?:\.\d+)+/.exec(new TextDecoder().decode(stdout))?.[0];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Asks the machine what it is. */
export async function readCircumstances(
  { rounds, seconds }: BenchOptions,
  peers: Peers,
): Promise<Circumstances> {
  const others = {
    Node: "node",
    Redis: "redis-server",
    NATS: "nats-server",
    PostgreSQL: findPostgresTool("postgres") ?? "postgres",
  };
  const versions = [`Deno ${Deno.version.deno}`];
  for (const [name, command] of Object.entries(others)) {
    const version = await versionOf(command);
    if (version !== undefined) versions.push(`${name} ${version}`);
  }
  versions.push(
    ...peers.found.map(({ name, version }) => `${name} ${version}`),
  );
  const cores = navigator.hardwareConcurrency;
  const pinned = CAN_PIN
    ? "server and generator on a core each"
    : "not pinned to cores";
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${processorName()}, ${cores} cores, Linux ${Deno.osRelease()}`,
    versions,
    method: `${rounds} rounds of ${seconds} s in turns, ${pinned}`,
  };
}
