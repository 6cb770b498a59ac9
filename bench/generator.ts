/** The load generator: a C program, built by the system's compiler, that makes one run. */

import { fileURLToPath } from "node:url";
import { CAN_PIN, GENERATOR_CORE, pinned, SERVER_CORE } from "./pinning.ts";
import { runCommand } from "./run_command.ts";
import type { Sample } from "./sample.ts";

const SOURCES = fileURLToPath(new URL("generator/", import.meta.url));
const CACHE = fileURLToPath(new URL(".cache/", import.meta.url));
const PROGRAM = `${CACHE}generator`;
const FLAGS = ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror"];

/** Sends a text frame or a binary one, which has no zero byte, or waits for one that contains a text. */
export type Step =
  | { readonly send: string }
  | { readonly bytes: string }
  | { readonly wait: string };

/** A path, and what a client says on it before it counts as ready. */
export interface Script {
  readonly path: string;
  readonly steps?: readonly Step[];
}

/** A load on one server; the options of the program under the same names. */
export interface Load {
  readonly mode: "fanout" | "echo" | "connect" | "storm" | "http";
  readonly subscriber?: Script;
  readonly publisher?: Script;
  /** The text of each message: `{seq}` is its number, `{index}` that of the connection. */
  readonly message?: string;
  /** In a storm, the text that undoes the message. */
  readonly leave?: string;
  readonly connections: number;
  /** Messages in flight. */
  readonly window?: number;
  /** Messages per second, instead of a window. */
  readonly rate?: number;
  readonly warmupMs?: number;
  readonly measureMs?: number;
  /** How long the last messages may take to arrive. @default {10_000} */
  readonly drainMs?: number;
}

/** Where a load goes, and whose CPU time counts. */
export interface LoadedServer {
  readonly port: number;
  readonly pid: number;
}

/** What the program prints: counters of the measured time. */
interface RunOutput {
  readonly seconds: number;
  readonly deliveries: number;
  readonly frames: number;
  readonly serverCpu: number;
  readonly generatorCpu: number;
  readonly serverCore: number;
  readonly generatorCore: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  readonly joinMicros?: number;
  readonly leaveMicros?: number;
}

/**
 * Builds the program.
 *
 * @throws {Error} if there is no compiler, or it fails
 */
export async function buildGenerator(): Promise<void> {
  if (Deno.build.os !== "linux") {
    throw new Error(
      `Cannot build the load generator on ${Deno.build.os}: expected linux`,
    );
  }
  await Deno.mkdir(CACHE, { recursive: true });
  const sources = Array.from(Deno.readDirSync(SOURCES), ({ name }) => name)
    .filter((name) => name.endsWith(".c"))
    .map((name) => SOURCES + name);
  // Another benchmark may be running the program meanwhile.
  const built = `${PROGRAM}.${Deno.pid}`;
  await runCommand("cc", [...FLAGS, "-o", built, ...sources]);
  await Deno.rename(built, PROGRAM);
}

function argsOf(load: Load, server: LoadedServer): string[] {
  const cores = CAN_PIN ? [SERVER_CORE, GENERATOR_CORE] : [-1, -1];
  const args = [
    ...[`port=${server.port}`, `pid=${server.pid}`, `mode=${load.mode}`],
    ...[`server_core=${cores[0]}`, `generator_core=${cores[1]}`],
  ];
  for (const role of ["subscriber", "publisher"] as const) {
    const script = load[role];
    if (script === undefined) continue;
    args.push(`${role}.path=${script.path}`);
    for (const step of script.steps ?? []) {
      for (const [kind, text] of Object.entries(step)) {
        args.push(`${role}.${kind}=${text}`);
      }
    }
  }
  const others = {
    message: load.message,
    leave: load.leave,
    connections: load.connections,
    window: load.window,
    rate: load.rate,
    warmup_ms: load.warmupMs,
    measure_ms: load.measureMs,
    drain_ms: load.drainMs,
  };
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) args.push(`${name}=${value}`);
  }
  return args;
}

function parseOutput(text: string): RunOutput {
  const output: RunOutput | { failure: string } = JSON.parse(text);
  if ("failure" in output) throw new Error(output.failure);
  return output;
}

function sampleOf(output: RunOutput): Sample {
  const { seconds, deliveries, serverCpu, generatorCpu } = output;
  return {
    values: {
      rate: deliveries / seconds,
      cpuMicros: serverCpu * 1e6 / deliveries,
      perFrame: deliveries / output.frames,
      p50Ms: output.p50Micros / 1000,
      p99Ms: output.p99Micros / 1000,
      joinMicros: output.joinMicros,
      leaveMicros: output.leaveMicros,
    },
    cores: CAN_PIN
      ? {
        server: serverCpu / seconds,
        besideServer: Math.max(0, output.serverCore - serverCpu) / seconds,
        generator: generatorCpu / seconds,
        besideGenerator: Math.max(0, output.generatorCore - generatorCpu) /
          seconds,
      }
      : undefined,
  };
}

/**
 * Puts a load on a server, and returns what was measured.
 *
 * @throws {Error} if a message is lost, doubled or out of order, or a connection fails
 */
export async function runLoad(
  load: Load,
  server: LoadedServer,
): Promise<Sample> {
  const [command = PROGRAM, ...args] = pinned(GENERATOR_CORE, [
    PROGRAM,
    ...argsOf(load, server),
  ]);
  const { stdout } = await new Deno.Command(command, {
    args,
    stdin: "null",
    stderr: "inherit",
  }).output();
  return sampleOf(parseOutput(new TextDecoder().decode(stdout)));
}

/** Connections that stay open, and say nothing, until they are disposed of. */
export class IdleCrowd implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
  }

  /** Opens them; resolves once all are ready. */
  static async open(load: Load, server: LoadedServer): Promise<IdleCrowd> {
    const [command = PROGRAM, ...args] = pinned(GENERATOR_CORE, [
      PROGRAM,
      ...argsOf(load, server),
      "hold=1",
    ]);
    const child = new Deno.Command(command, {
      args,
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const crowd = new IdleCrowd(child);
    try {
      const reader = child.stdout.getReader();
      const { value } = await reader.read();
      parseOutput(new TextDecoder().decode(value));
      return crowd;
    } catch (error) {
      await crowd[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Closes them all. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.stdin.close();
    await this.#child.status;
  }
}
