/** A command line run by a shell, as a reader types it. */

import { dirname } from "node:path";
import { signalProcess } from "./child.ts";
import { deadline } from "./deadline.ts";
import { eventually } from "./eventually.ts";
import { keptEnv } from "./server.ts";
import { ROOT } from "./source_files.ts";

/** How a command line is run. */
export interface ShellOptions {
  /** Variables on top of a nearly empty environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the command reads, to its end. @default {a terminal at which nobody types} */
  readonly stdin?: string;
}

function command(text: string, env: ShellOptions["env"]): Deno.Command {
  const kept = keptEnv();
  return new Deno.Command("sh", {
    args: ["-c", text],
    cwd: ROOT,
    clearEnv: true,
    env: {
      ...kept,
      // First, so that `deno` is the one that runs the tests.
      PATH: `${dirname(Deno.execPath())}:${kept.PATH ?? ""}`,
      NO_COLOR: "1",
      ...env,
    },
    // A group of its own, so that nothing the command has started outlives it.
    detached: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}

/** A running command; disposing of it kills it with all that it has started, and waits for their end. */
export class Shell implements AsyncDisposable {
  /** What the command and its children have written so far, to stdout and stderr. */
  output = "";
  /** Resolves with the command's code once it and all its children have ended. */
  readonly exit: Promise<number>;
  readonly #child: Deno.ChildProcess;
  readonly #input: Promise<void> | undefined;
  #running = true;

  /** Runs `text` in the root of the repository. */
  constructor(text: string, { env, stdin }: ShellOptions = {}) {
    this.#child = command(text, env).spawn();
    if (stdin !== undefined) {
      this.#input = new Blob([stdin]).stream().pipeTo(this.#child.stdin);
    }
    this.exit = this.#watch();
  }

  /** Resolves once the output has `pattern`; rejects when that takes too long, or the command has ended without. */
  async waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray> {
    let match: RegExpExecArray | null = null;
    await eventually(() => {
      // Read before the output, which may grow until the end.
      const running = this.#running;
      match = pattern.exec(this.output);
      if (match || running) return match !== null;
      throw new Error(`Cannot wait for ${pattern}: ended with ${this.output}`);
    }, { awaited: () => `${pattern} in: ${this.output}`, timeoutMs });
    return match!;
  }

  /** Sends a signal to all that the command has started, and resolves once they have ended. */
  async signal(signal: Deno.Signal): Promise<void> {
    Deno.kill(-this.#child.pid, signal);
    await deadline(this.exit, { awaited: `an end after ${signal}` });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // It may have ended, and what it wrote last is still being read.
    if (this.#running) signalProcess(-this.#child.pid, "SIGKILL");
    await deadline(this.exit, { awaited: "the end of what the shell ran" });
    await (this.#input ?? this.#child.stdin.close()).catch(() => {});
  }

  /** Children inherit the output, so it ends when the last of them does. */
  async #watch(): Promise<number> {
    const { status, stdout, stderr } = this.#child;
    const [{ code }] = await Promise.all([
      status,
      this.#read(stdout),
      this.#read(stderr),
    ]);
    this.#running = false;
    return code;
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.output += text;
    }
  }
}
