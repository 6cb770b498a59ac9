/** A server in its own process on its own core. */

import { pinned, SERVER_CORE } from "./pinning.ts";
import { processRssBytes } from "./process_stat.ts";

const START_TIMEOUT_MS = 20_000;
const MAX_ERROR_CHARACTERS = 1_000;

/** How to start a {@linkcode ServerProcess}. */
export interface ServerProcessOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The port of a log line that says `listening`. */
function portOf(line: string): number | undefined {
  if (!line.startsWith("{")) return undefined;
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== "object" || entry === null) return undefined;
  const isListening = "event" in entry && entry.event === "listening";
  if (!isListening || !("port" in entry)) return undefined;
  return typeof entry.port === "number" ? entry.port : undefined;
}

/** A running server, stopped when it goes out of scope. */
export class ServerProcess implements AsyncDisposable {
  /** The port it listens on. */
  readonly port: number;
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /**
   * Starts a server that prints JSON lines, one of them with
   * `"event":"listening"` and its `port`.
   *
   * @throws {Error} if it ends or stays silent instead
   */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    const [command = "", ...args] = pinned(SERVER_CORE, options.command);
    const child = new Deno.Command(command, {
      args,
      env: { ...options.env, NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const port = Promise.withResolvers<number>();
    // Both are read to the end: a full pipe would block the server.
    const errors = readEnd(child.stderr);
    void follow(child.stdout, port.resolve).then(
      async () => {
        const reason = await errors || "it ended";
        port.reject(new Error(`Cannot start a server: ${reason}`));
      },
      port.reject,
    );
    const timer = setTimeout(
      () => port.reject(new Error("Cannot start a server: it does not listen")),
      START_TIMEOUT_MS,
    );
    try {
      return new ServerProcess(child, await port.promise);
    } catch (error) {
      await stop(child);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The id of the process: `taskset` becomes the server. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Bytes of memory in use. */
  rssBytes(): number {
    return processRssBytes(this.#child.pid);
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    await stop(this.#child);
  }
}

/** Reads a stream to its end, and returns the end of it. */
async function readEnd(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  let end = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    end = (end + text).slice(-MAX_ERROR_CHARACTERS);
  }
  return end.trim();
}

async function follow(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
  onPort: (port: number) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const port = portOf(line);
      if (port !== undefined) onPort(port);
    }
  }
}

/** Nothing is saved, and a drain would take its time. */
async function stop(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it has ended already
  }
  await child.status;
}
