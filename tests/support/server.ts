/** main.ts in a process of its own, started as an operator would start it. */

import { signalChild, signalProcess } from "./child.ts";
import { type LogLine, LogLines } from "./log_lines.ts";
import { ROOT } from "./source_files.ts";

// Settings of the machine that runs the tests must not reach the server under test.
const KEPT_ENV = [
  "PATH",
  "HOME",
  "TMPDIR",
  "XDG_CACHE_HOME",
  "DENO_DIR",
  "DENO_COVERAGE_DIR",
  "NPM_CONFIG_REGISTRY",
];

const PERMISSIONS = [
  "--allow-net",
  "--allow-env",
  "--allow-read=examples/demos",
];

/** What a process under test sees of this machine's environment. */
export function keptEnv(): Record<string, string> {
  return Object.fromEntries(KEPT_ENV.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

/** How to start the server. */
export interface ServerOptions {
  /** Settings on top of a nearly empty environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** `deno serve` or `deno run`. @default {"serve"} */
  readonly mode?: "serve" | "run";
  /** Isolates; more than one means `deno serve --parallel`. @default {1} */
  readonly isolates?: number;
  /** @default {those of the task "start"} */
  readonly permissions?: readonly string[];
  /** The program, as a path from the root of the repository. @default {"main.ts"} */
  readonly main?: string;
  /**
   * Starts it by `deno task` instead, which decides mode, isolates, permissions
   * and program. Signals then go to the whole process group, as from a terminal.
   */
  readonly task?: string;
  /** What its command begins with: `["ip", "netns", "exec", "name"]`. @default {[]} */
  readonly launcher?: readonly string[];
  /** How long it may take until it listens. @default {60_000} */
  readonly timeoutMs?: number;
}

/** How the process ended. */
export interface ServerExit {
  readonly code: number;
  readonly signal: Deno.Signal | null;
  readonly stderr: string;
}

function command(options: ServerOptions): Deno.Command {
  const { mode = "serve", isolates = 1, main = "main.ts", env = {} } = options;
  const { permissions = PERMISSIONS, task, launcher = [] } = options;
  const parallel = isolates > 1 ? ["--parallel"] : [];
  const [program, ...before] = [...launcher, Deno.execPath()];
  const args = task === undefined
    ? [mode, "--quiet", "--no-prompt", ...parallel, ...permissions, main]
    : ["task", task];
  return new Deno.Command(program!, {
    args: [...before, ...args],
    detached: task !== undefined,
    cwd: ROOT,
    clearEnv: true,
    env: {
      ...keptEnv(),
      NO_COLOR: "1",
      PORT: "0",
      DENO_JOBS: String(isolates),
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  }
  if (rest) onLine(rest);
}

/** A running server; disposing of it kills the process and waits for its end. */
export class TestServer implements AsyncDisposable {
  /** Settles when the process has ended, however it ended. */
  readonly exit: Promise<ServerExit>;
  #child: Deno.ChildProcess;
  #hasGroup: boolean;
  #log = new LogLines();
  #running = true;
  #host = "";

  private constructor(options: ServerOptions) {
    this.#child = command(options).spawn();
    this.#hasGroup = options.task !== undefined;
    this.exit = this.#watch();
  }

  /** Starts the server and resolves once it listens; rejects with its stderr if it ends before. */
  static async start(options: ServerOptions = {}): Promise<TestServer> {
    const server = new TestServer(options);
    try {
      const { hostname, port } = await server.waitForLog(
        "listening",
        options.timeoutMs ?? 60_000,
      );
      const reachable = hostname === "0.0.0.0" || hostname === "::"
        ? "127.0.0.1"
        : hostname;
      server.#host = `${reachable}:${port}`;
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Where it answers HTTP, without a trailing slash. */
  get url(): string {
    return `http://${this.#host}`;
  }

  /** The same address for a WebSocket. */
  get wsUrl(): string {
    return `ws://${this.#host}`;
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Every line logged so far, to stdout and stderr. */
  get logs(): readonly LogLine[] {
    return this.#log.lines;
  }

  /** Resolves with the first line of that event, already written or to come. */
  waitForLog(event: string, timeoutMs?: number): Promise<LogLine> {
    return this.#log.waitFor(event, timeoutMs);
  }

  /** Sends the process a signal. */
  signal(signal: Deno.Signal): void {
    if (!this.#running) return;
    if (this.#hasGroup) signalProcess(-this.pid, signal);
    else signalChild(this.#child, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal("SIGKILL");
    await this.exit;
  }

  async #watch(): Promise<ServerExit> {
    const { stdout, stderr, status } = this.#child;
    const errors: string[] = [];
    const [{ code, signal }] = await Promise.all([
      status.finally(() => this.#running = false),
      readLines(stdout, (line) => this.#log.push(line)),
      readLines(stderr, (line) => {
        errors.push(line);
        this.#log.push(line);
      }),
    ]);
    const text = errors.join("\n");
    this.#log.end(`the server ended with code ${code}\n${text}`);
    return { code, signal, stderr: text };
  }
}
