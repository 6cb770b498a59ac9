/** nginx with the configuration of `examples/operations`, in front of one server. */

import { eventually } from "./eventually.ts";
import { Shell } from "./shell.ts";
import { ROOT } from "./source_files.ts";

/** Changes to the configuration. */
export interface NginxOptions {
  /** Text of the configuration, and what a test has in its place. */
  readonly replace?: Readonly<Record<string, string>>;
  /** Connections on both of its sides. @default {4_096} */
  readonly connections?: number;
}

const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** A running nginx; disposing of it ends it. */
export class Nginx implements AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly #shell: Shell;
  readonly #directory: string;

  private constructor(url: string, shell: Shell, directory: string) {
    this.url = url;
    this.#shell = shell;
    this.#directory = directory;
  }

  /** Starts it in front of the server at `host`, and resolves once that answers through it. */
  static async start(
    host: string,
    { replace = {}, connections = 4_096 }: NginxOptions = {},
  ): Promise<Nginx> {
    const path = new URL("examples/operations/nginx.conf", ROOT);
    const port = freePort();
    let text = await Deno.readTextFile(path);
    for (
      const [from, to] of Object.entries({
        "listen 8080": `listen 127.0.0.1:${port}`,
        "server 127.0.0.1:8001;": `server ${host};`,
        "server 127.0.0.1:8002;": "",
        ...replace,
      })
    ) {
      if (!text.includes(from)) throw new Error(`No "${from}" in ${path}`);
      text = text.replaceAll(from, to);
    }
    const directory = await Deno.makeTempDir({ prefix: "thrum-nginx-" });
    await Deno.writeTextFile(
      `${directory}/nginx.conf`,
      inFull(text, connections),
    );
    const shell = new Shell(`nginx -p ${directory} -c nginx.conf -e stderr`);
    const url = `http://127.0.0.1:${port}`;
    const nginx = new Nginx(url, shell, directory);
    await eventually(() => answers(url), { awaited: () => shell.output });
    return nginx;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#shell[Symbol.asyncDispose]();
    await Deno.remove(this.#directory, { recursive: true });
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { ok, body } = await fetch(`${url}/healthz`);
    await body?.cancel();
    return ok;
  } catch (error) {
    // It does not listen yet.
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}

/** The configuration of a site, in what nginx needs around it to run for any user. */
function inFull(site: string, connections: number): string {
  return `daemon off;
worker_rlimit_nofile ${2 * connections};
pid nginx.pid;
error_log stderr;
events { worker_connections ${connections}; }
http {
${TEMPORARY.map((path) => `${path}_temp_path ${path};`).join("\n")}
${site}
}
`;
}
