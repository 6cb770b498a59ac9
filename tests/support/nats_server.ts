/** A NATS of its own for a test, which can be killed and started again. */

import { killChild, spawnServer } from "./child.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "./free_port.ts";
import { findTool } from "./requirements.ts";
import { keepData } from "./server_data.ts";

/** Settings of a server. */
export interface NatsServerOptions {
  /** Lines of a configuration file: who may connect, TLS. */
  readonly config?: string;
  /** @default {true} */
  readonly jetStream?: boolean;
}

/** A running nats-server with JetStream; disposing of it kills the process and removes its data. */
export class NatsServer implements AsyncDisposable {
  readonly port: number;
  readonly directory: string;
  readonly #options: NatsServerOptions;
  #child: Deno.ChildProcess | undefined;
  #ended = true;

  private constructor(
    port: number,
    directory: string,
    options: NatsServerOptions,
  ) {
    this.port = port;
    this.directory = directory;
    this.#options = options;
  }

  /** Starts a server on a free port; resolves once it answers. */
  static async start(options: NatsServerOptions = {}): Promise<NatsServer> {
    const directory = await Deno.makeTempDir({ prefix: "thrum-nats-" });
    const server = new NatsServer(freePort(), directory, options);
    try {
      await server.start();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** True until the process has ended. */
  get running(): boolean {
    return !this.#ended;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Starts the process again, on the same port and with the data that is left. */
  async start(): Promise<void> {
    const path = findTool(["nats-server"]);
    if (path === undefined) {
      throw new Error("Cannot start NATS: no nats-server on PATH");
    }
    const { config, jetStream = true } = this.#options;
    const configPath = `${this.directory}/nats.conf`;
    if (config !== undefined) await Deno.writeTextFile(configPath, config);
    this.#child = spawnServer(path, {
      args: [
        ...["--addr", "127.0.0.1", "--port", String(this.port)],
        ...jetStream ? ["--jetstream"] : [],
        ...["--store_dir", `${this.directory}/data`],
        ...config === undefined ? [] : ["--config", configPath],
      ],
      log: this.#log,
    });
    this.#ended = false;
    this.#child.status.then(() => this.#ended = true);
    await eventually(() => this.#answers(), { awaited: "NATS to answer" });
  }

  /** Ends the process as a power cut would, and waits for its end. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    await killChild(child);
  }

  /** Keeps what a server that is killed has left on disk; the returned function puts that back. */
  keep(): Promise<() => Promise<void>> {
    return keepData(`${this.directory}/data`);
  }

  /** Removes what a server that is killed has left on disk. */
  async forget(): Promise<void> {
    await Deno.remove(`${this.directory}/data`, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.directory, { recursive: true });
  }

  get #log(): string {
    return `${this.directory}/log`;
  }

  /** A server greets those who connect. */
  async #answers(): Promise<boolean> {
    if (this.#ended) {
      const log = await Deno.readTextFile(this.#log);
      throw new Error(`NATS has ended instead of starting: ${log}`);
    }
    try {
      using connection = await Deno.connect({
        hostname: "127.0.0.1",
        port: this.port,
      });
      const buffer = new Uint8Array(4_096);
      const length = await connection.read(buffer) ?? 0;
      return new TextDecoder().decode(buffer.subarray(0, length))
        .startsWith("INFO ");
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      return false;
    }
  }
}
