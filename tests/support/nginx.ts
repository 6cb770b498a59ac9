/** An nginx with the configuration that the README shows. */

import { eventually } from "./eventually.ts";
import type { TestServer } from "./server.ts";
import { Shell } from "./shell.ts";
import { ROOT } from "./source_files.ts";

/** How much it takes. */
export interface NginxOptions {
  /** Connections on both of its sides. @default {512} */
  readonly connections?: number;
}

/** A running nginx; disposing of it ends it and removes its files. */
export interface Nginx extends AsyncDisposable {
  readonly port: number;
}

const README_BLOCK = /^```nginx\n([^]*?)^```$/m;

/** Starts the nginx of the README in front of two servers; resolves once it leads to one. */
export async function readmeNginx(
  servers: readonly [TestServer, TestServer],
  options?: NginxOptions,
): Promise<Nginx> {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const text = README_BLOCK.exec(readme)?.[1];
  if (text === undefined) throw new Error("The README has no block of nginx");
  return await startNginx(text, servers, options);
}

/** Starts nginx with a configuration like that of the README. */
export async function startNginx(
  text: string,
  servers: readonly [TestServer, TestServer],
  options?: NginxOptions,
): Promise<Nginx> {
  const [one, two] = servers;
  const port = freePort();
  const directory = await Deno.makeTempDir({ prefix: "thrum-nginx-" });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => Deno.remove(directory, { recursive: true }));
  const config = text.replace("8080", String(port))
    .replace("127.0.0.1:8001", new URL(one.url).host)
    .replace("127.0.0.1:8002", new URL(two.url).host);
  await Deno.writeTextFile(
    `${directory}/nginx.conf`,
    inFull(config, options),
  );
  const nginx = stack.use(
    new Shell(`nginx -p ${directory} -c nginx.conf -e stderr`),
  );
  await eventually(() => isReady(`http://localhost:${port}`), {
    awaited: () => `nginx to lead to a node: ${nginx.output}`,
  });
  const running = stack.move();
  return {
    port,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const { status, body } = await fetch(`${url}/readyz`);
    await body?.cancel();
    return status === 200;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** The part that the README shows, in what nginx needs around it to run for any user. */
function inFull(
  config: string,
  { connections = 512 }: NginxOptions = {},
): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off;
pid nginx.pid;
error_log stderr;
events { worker_connections ${connections}; }
http {
access_log off;
${paths.map((path) => `${path}_temp_path ${path};`).join("\n")}
${config}
}
`;
}
