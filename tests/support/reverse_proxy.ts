/** nginx, HAProxy or Caddy with its configuration of `examples/operations`, in front of one server. */

import { type Certificate, makeCertificate } from "./certificate.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "./free_port.ts";
import { Shell } from "./shell.ts";
import { ROOT } from "./source_files.ts";

/** Changes to the configuration. */
export interface ReverseProxyOptions {
  /** Text of the configuration, and what a test has in its place. */
  readonly replace?: Readonly<Record<string, string>>;
  /** Addresses of several nodes, for Caddy; without them there is one. */
  readonly nodes?: string;
  /** Connections on both sides of nginx. @default {4_096} */
  readonly connections?: number;
}

/** What a configuration is made of for a test. */
interface Place {
  readonly directory: string;
  readonly certificate: Certificate;
  readonly port: number;
  readonly plainPort: number;
  readonly connections: number;
}

interface Program {
  /** Name of its configuration. */
  readonly file: string;
  /** Texts of it, and what they become for a test. */
  replacements(place: Place): Readonly<Record<string, string>>;
  /** The configuration in all that the program needs around it. */
  wrap?(text: string, place: Place): string;
  /** Runs it in the foreground, as any user. */
  command(directory: string): string;
}

const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

const nginx: Program = {
  file: "nginx.conf",
  replacements: ({ certificate, port, plainPort }) => ({
    "listen 8080": `listen 127.0.0.1:${plainPort}`,
    "listen 8443": `listen 127.0.0.1:${port}`,
    "/etc/thrum/tls.crt": certificate.certificatePath,
    "/etc/thrum/tls.key": certificate.keyPath,
  }),
  wrap: (text, { connections }) =>
    `daemon off;
worker_rlimit_nofile ${2 * connections};
pid nginx.pid;
error_log stderr;
events { worker_connections ${connections}; }
http {
${TEMPORARY.map((path) => `${path}_temp_path ${path};`).join("\n")}
${text}
}
`,
  command: (directory) => `nginx -p ${directory} -c nginx.conf -e stderr`,
};

const haproxy: Program = {
  file: "haproxy.cfg",
  replacements: ({ certificate, port }) => ({
    // More than the files of a test machine.
    "maxconn 20000": "maxconn 4000",
    "bind :8443": `bind 127.0.0.1:${port}`,
    "/etc/thrum/tls.pem": certificate.bundlePath,
  }),
  command: (directory) => `haproxy -db -f ${directory}/haproxy.cfg`,
};

const caddy: Program = {
  file: "Caddyfile",
  replacements: ({ certificate, port }) => ({
    "\tservers {": "\tadmin off\n\tauto_https disable_redirects\n\tservers {",
    "{$HUB_HOST:hub.example.com} {":
      `https://localhost:${port}, https://127.0.0.1:${port} {
	tls ${certificate.certificatePath} ${certificate.keyPath}`,
  }),
  command: (directory) =>
    `HOME=${directory} caddy run --adapter caddyfile --config ${directory}/Caddyfile`,
};

/** The programs that have a configuration there. */
export const REVERSE_PROXIES = { nginx, haproxy, caddy };

/** One of them. */
export type ReverseProxyName = keyof typeof REVERSE_PROXIES;

/** A running proxy; disposing of it ends it. */
export class ReverseProxy implements AsyncDisposable {
  /** Where it ends TLS, without a trailing slash. */
  readonly url: string;
  /** Where nginx listens without TLS. */
  readonly plainUrl: string;
  /** Certificate that a client has to trust. */
  readonly caCerts: string[];
  /** Where that is. */
  readonly caPath: string;
  /** Client that trusts it. */
  readonly client: Deno.HttpClient;
  readonly #shell: Shell;
  readonly #directory: string;

  private constructor(
    { port, plainPort, certificate, directory }: Place,
    shell: Shell,
  ) {
    this.url = `https://localhost:${port}`;
    this.plainUrl = `http://127.0.0.1:${plainPort}`;
    this.caCerts = [certificate.pem];
    this.caPath = certificate.certificatePath;
    // A WebSocket begins with HTTP/1.1.
    this.client = Deno.createHttpClient({
      caCerts: this.caCerts,
      http2: false,
    });
    this.#shell = shell;
    this.#directory = directory;
  }

  /** Starts it in front of the server at `host`, and resolves once that answers through it. */
  static async start(
    name: ReverseProxyName,
    host: string,
    { replace = {}, nodes, connections = 4_096 }: ReverseProxyOptions = {},
  ): Promise<ReverseProxy> {
    const program: Program = REVERSE_PROXIES[name];
    const path = new URL(`examples/operations/${program.file}`, ROOT);
    const directory = await Deno.makeTempDir({ prefix: "thrum-proxy-" });
    const certificate = await makeCertificate(directory);
    const ports = { port: freePort(), plainPort: freePort() };
    const place = { directory, certificate, connections, ...ports };
    let text = await Deno.readTextFile(path);
    for (
      const [from, to] of Object.entries({
        "127.0.0.1:8001": host,
        "127.0.0.1:8002": host,
        ...program.replacements(place),
        ...replace,
      })
    ) {
      if (!text.includes(from)) throw new Error(`No "${from}" in ${path}`);
      text = text.replaceAll(from, to);
    }
    await Deno.writeTextFile(
      `${directory}/${program.file}`,
      program.wrap?.(text, place) ?? text,
    );
    const shell = new Shell(program.command(directory), {
      env: nodes === undefined ? {} : { HUB_NODES: nodes },
    });
    const proxy = new ReverseProxy(place, shell);
    try {
      await eventually(() => proxy.#answers(), {
        awaited: () => `${name} to lead to ${host}: ${shell.output}`,
      });
    } catch (error) {
      await proxy[Symbol.asyncDispose]();
      throw error;
    }
    return proxy;
  }

  /** What it has written. */
  get output(): string {
    return this.#shell.output;
  }

  /** Fetches a path through TLS. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { ...init, client: this.client });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close();
    await this.#shell[Symbol.asyncDispose]();
    await Deno.remove(this.#directory, { recursive: true });
  }

  async #answers(): Promise<boolean> {
    try {
      const { ok, body } = await this.fetch("/healthz");
      await body?.cancel();
      return ok;
    } catch (error) {
      // It does not listen yet.
      if (!(error instanceof TypeError)) throw error;
      return false;
    }
  }
}
