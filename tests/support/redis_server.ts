/** A Redis of its own for a test, which can be killed and started again. */

import { killChild, spawnServer } from "./child.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "./free_port.ts";
import { findTool } from "./requirements.ts";
import { keepData } from "./server_data.ts";

/** How the server keeps its data. */
export interface RedisServerOptions {
  /**
   * Whether every write is on disk before it is answered.
   * @default {false}
   */
  readonly durable?: boolean;
  /**
   * More settings, as on the command line: `["--maxmemory", "2mb"]`.
   * @default {[]}
   */
  readonly settings?: readonly string[];
  /** @default {a free one} */
  readonly port?: number;
}

/** A running redis-server; disposing of it kills the process and removes its data. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #directory: string;
  readonly #options: RedisServerOptions;
  #child: Deno.ChildProcess | undefined;
  #ended = true;

  private constructor(directory: string, options: RedisServerOptions) {
    this.port = options.port ?? freePort();
    this.#directory = directory;
    this.#options = options;
  }

  /** Starts a server on a free port; resolves once it answers. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const directory = await Deno.makeTempDir({ prefix: "thrum-redis-" });
    const server = new RedisServer(directory, options);
    try {
      await Deno.mkdir(server.#data);
      await server.start();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The id of the running process. */
  get pid(): number {
    if (this.#child === undefined) throw new Error("Redis does not run");
    return this.#child.pid;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the process again, on the same port and with the data that is left. */
  async start(): Promise<void> {
    const path = findTool(["redis-server"]);
    if (path === undefined) {
      throw new Error("Cannot start Redis: no redis-server on PATH");
    }
    const { durable = false, settings = [] } = this.#options;
    this.#child = spawnServer(path, {
      args: [
        ...["--port", String(this.port), "--bind", "127.0.0.1"],
        ...["--dir", this.#data, "--save", ""],
        ...["--appendonly", durable ? "yes" : "no", "--appendfsync", "always"],
        ...settings,
      ],
      log: this.#log,
    });
    this.#ended = false;
    this.#child.status.then(() => this.#ended = true);
    await eventually(() => this.#answers(), { awaited: "Redis to answer" });
  }

  /** Ends the process as a power cut would, and waits for its end. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    await killChild(child);
  }

  /** Sends the process a signal. */
  signal(signal: Deno.Signal): void {
    this.#child?.kill(signal);
  }

  /** Keeps the data as it is now: a server that is killed comes back with that. */
  async save(): Promise<void> {
    await this.command("SAVE");
  }

  /** Resolves with a function that takes from a killed server all that it has logged since now. */
  async logMark(): Promise<() => Promise<void>> {
    const path = await this.#logPath();
    // Redis lets its log wait while an earlier part is being flushed to a slow disk.
    await eventually(async () => {
      const info = await this.command("INFO", "persistence");
      return /aof_buffer_length:0\r/.test(info);
    }, { awaited: "the log of Redis" });
    const { size } = await Deno.stat(path);
    return () => Deno.truncate(path, size);
  }

  /** Keeps what a server that is killed has left on disk; the returned function puts that back. */
  keep(): Promise<() => Promise<void>> {
    return keepData(this.#data);
  }

  /** Removes what a server that is killed has left on disk. */
  async forget(): Promise<void> {
    await Deno.remove(this.#data, { recursive: true });
    await Deno.mkdir(this.#data);
  }

  /** Sends a command in a connection of its own; resolves with the answer as Redis writes it. */
  async command(...args: string[]): Promise<string> {
    using connection = await Deno.connect({
      hostname: "127.0.0.1",
      port: this.port,
    });
    const encoder = new TextEncoder();
    const parts = args.map((arg) =>
      `$${encoder.encode(arg).length}\r\n${arg}\r\n`
    );
    const command = `*${args.length}\r\n${parts.join("")}`;
    await connection.write(encoder.encode(command));
    const buffer = new Uint8Array(65_536);
    const length = await connection.read(buffer) ?? 0;
    return new TextDecoder().decode(buffer.subarray(0, length));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.#directory, { recursive: true });
  }

  get #data(): string {
    return `${this.#directory}/data`;
  }

  get #log(): string {
    return `${this.#directory}/log`;
  }

  /** Path of the log of a durable server; since Redis 7 it is in a directory of its own. */
  async #logPath(): Promise<string> {
    const directory = `${this.#data}/appendonlydir`;
    try {
      for await (const { name } of Deno.readDir(directory)) {
        if (name.endsWith(".incr.aof")) return `${directory}/${name}`;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return `${this.#data}/appendonly.aof`;
  }

  async #answers(): Promise<boolean> {
    if (this.#ended) {
      const log = await Deno.readTextFile(this.#log);
      throw new Error(`Redis has ended instead of starting: ${log}`);
    }
    try {
      return (await this.command("PING")).startsWith("+PONG");
    } catch (error) {
      if (
        error instanceof Deno.errors.ConnectionRefused ||
        error instanceof Deno.errors.ConnectionReset
      ) return false;
      throw error;
    }
  }
}
