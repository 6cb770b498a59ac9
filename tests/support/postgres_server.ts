/** A PostgreSQL of its own for a test, which can be killed and started again. */

import { killChild, signalProcess, spawnServer } from "./child.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "./free_port.ts";
import { findPostgresTool } from "./requirements.ts";
import { keepData } from "./server_data.ts";

/** How the server keeps its data. */
export interface PostgresServerOptions {
  /**
   * Whether every commit is on disk before it is answered.
   * @default {false}
   */
  readonly durable?: boolean;
  /**
   * More settings of the configuration: `["max_connections=20"]`.
   * @default {[]}
   */
  readonly settings?: readonly string[];
}

/** A running server; disposing of it kills the process and removes its data. */
export class PostgresServer implements AsyncDisposable {
  readonly port: number;
  readonly #directory: string;
  readonly #options: PostgresServerOptions;
  #child: Deno.ChildProcess | undefined;
  #ended = true;
  #databases = 0;

  private constructor(directory: string, options: PostgresServerOptions) {
    this.port = freePort();
    this.#directory = directory;
    this.#options = options;
  }

  /** Starts a server on a free port; resolves once it answers. */
  static async start(
    options: PostgresServerOptions = {},
  ): Promise<PostgresServer> {
    const directory = await Deno.makeTempDir({ prefix: "thrum-postgres-" });
    const server = new PostgresServer(directory, options);
    try {
      await server.#initialize();
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

  /** URL of the database that every server has. */
  get url(): string {
    return this.urlOf("postgres");
  }

  /** URL of a database. */
  urlOf(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** Makes an empty database; resolves with its URL. */
  async createDatabase(): Promise<string> {
    const name = `test${++this.#databases}`;
    await this.query(`create database ${name}`);
    return this.urlOf(name);
  }

  /** Removes what nodes that have ended have left in a database. */
  async clear(database = "postgres"): Promise<void> {
    const tables = "channels publications nodes subscriptions leases marks";
    const names = tables.split(" ").map((table) => `thrum.${table}`).join();
    await this.query(
      `do $$ begin
         if to_regclass('thrum.marks') is not null then truncate ${names}; end if;
       end $$`,
      database,
    );
  }

  /** Starts the process again, on the same port and with the data that is left. */
  async start(): Promise<void> {
    const { durable = false, settings = [] } = this.#options;
    const all = [
      `port=${this.port}`,
      "listen_addresses=127.0.0.1",
      `unix_socket_directories=${this.#directory}`,
      "logging_collector=off",
      ...durable ? [] : ["fsync=off", "full_page_writes=off"],
      ...settings,
    ];
    // What a kill has left would keep the next process from starting.
    await removeIfThere(`${this.#data}/postmaster.pid`);
    this.#child = spawnServer(tool("postgres"), {
      args: ["-D", this.#data, ...all.flatMap((each) => ["-c", each])],
      log: this.#log,
      user: unprivileged(),
    });
    this.#ended = false;
    this.#child.status.then(() => this.#ended = true);
    await eventually(() => this.#answers(), {
      awaited: "PostgreSQL to answer",
      timeoutMs: 20_000,
    });
  }

  /** Ends all processes as a power cut would, and waits for their end. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const pids = this.#ended ? [] : await childrenOf(child.pid);
    const ended = killChild(child);
    for (const pid of pids) signalProcess(pid, "SIGKILL");
    await ended;
    this.#ended = true;
    // While one of them lives, the next server does not start.
    await eventually(() => !pids.some(isAlive), {
      awaited: "the processes of PostgreSQL to end",
    });
  }

  /** Keeps what a server that is killed has left on disk; the returned function puts that back. */
  keep(): Promise<() => Promise<void>> {
    return keepData(this.#data);
  }

  /** Removes what a server that is killed has left on disk: the next start has the files of a new one. */
  async forget(): Promise<void> {
    await Deno.remove(this.#data, { recursive: true });
    await this.#initialize();
  }

  /** Ends the server in peace, though clients are connected. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    child.kill("SIGINT");
    await child.status;
    this.#ended = true;
  }

  /** Sends all processes of the server a signal. */
  async signal(signal: "STOP" | "CONT"): Promise<void> {
    const pids = [this.#child!.pid, ...await childrenOf(this.#child!.pid)];
    for (const pid of pids) Deno.kill(pid, `SIG${signal}`);
  }

  /** Carries out SQL in a session of its own; resolves with its rows, whose values are separated by `|`. */
  async query(sql: string, database = "postgres"): Promise<string[]> {
    const { success, stdout, stderr } = await new Deno.Command(tool("psql"), {
      args: [...this.#psqlArgs(database), "-c", sql],
      stdin: "null",
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout).split("\n").filter(Boolean);
  }

  /** Starts a session that reads its statements from its input. */
  psql(): Deno.ChildProcess {
    return new Deno.Command(tool("psql"), {
      args: this.#psqlArgs("postgres"),
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
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

  #psqlArgs(database: string): string[] {
    return [
      ...["-h", "127.0.0.1", "-p", String(this.port), "-U", "postgres"],
      ...["-d", database, "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"],
    ];
  }

  /** Makes the files of a server. PostgreSQL refuses to run as root. */
  async #initialize(): Promise<void> {
    const { uid, gid } = unprivileged();
    if (uid !== undefined && gid !== undefined) {
      await Deno.chown(this.#directory, uid, gid);
    }
    const { success, stderr } = await new Deno.Command(tool("initdb"), {
      args: [
        ...["-D", this.#data, "-U", "postgres", "--auth=trust"],
        ...["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"],
      ],
      ...unprivileged(),
      stdin: "null",
      stdout: "null",
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  }

  async #answers(): Promise<boolean> {
    if (this.#ended) {
      const log = await Deno.readTextFile(this.#log);
      throw new Error(`PostgreSQL has ended instead of starting: ${log}`);
    }
    const { success } = await new Deno.Command(tool("pg_isready"), {
      args: ["-h", "127.0.0.1", "-p", String(this.port), "-q"],
      stdin: "null",
    }).output();
    return success;
  }
}

/** Path of a program of PostgreSQL. */
function tool(name: string): string {
  const path = findPostgresTool(name);
  if (path === undefined) throw new Error(`Cannot find ${name}`);
  return path;
}

/** A user other than root, for a test that runs as root. */
export function unprivileged(): {
  readonly uid?: number;
  readonly gid?: number;
} {
  if (Deno.uid() !== 0) return {};
  const users = Deno.readTextFileSync("/etc/passwd").split("\n");
  const user =
    ["postgres", "nobody"].flatMap((name) =>
      users.filter((line) => line.startsWith(`${name}:`))
    )[0];
  const [, , uid, gid] = user?.split(":") ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Ids of the processes that a process has started. */
async function childrenOf(pid: number): Promise<number[]> {
  const path = `/proc/${pid}/task/${pid}/children`;
  const text = await Deno.readTextFile(path);
  return text.split(" ").filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}
