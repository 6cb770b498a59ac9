/** Servers that are measured, and how each is started. */

import { fileURLToPath } from "node:url";
import { ServerProcess } from "./server_process.ts";
import type { Peer } from "./peers/mod.ts";

/** Starts a server in a process of its own. */
export type StartServer = (
  env?: Readonly<Record<string, string>>,
) => Promise<ServerProcess>;

/** The key of the server API. */
export const API_KEY = "benchmark-key-of-32-characters-00";

const PERMISSIONS = ["--allow-net", "--allow-env", "--allow-read"];
const SETTINGS = {
  INSECURE_ANONYMOUS_ALL: "true",
  API_KEY,
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "info",
  CHANNEL_HISTORY_SIZE: "0",
  // One generator is many clients, each as fast as the server: the limits are
  // there, and not reached.
  MESSAGE_RATE: "1000000000",
  BYTE_RATE: "1000000000",
  PUBLISH_RATE: "1000000000",
  SUBSCRIBE_RATE: "1000000000",
  CONNECT_RATE: "1000000000",
};

/** Thrum as its users start it, except that anyone may do anything, and channels have no history. */
export function thrum(entry: string): StartServer {
  return (env) =>
    ServerProcess.start({
      command: [Deno.execPath(), "serve", ...PERMISSIONS, entry],
      env: { ...SETTINGS, ...env },
    });
}

/** Thrum with several isolates on one port, as `deno task start` runs it. */
export function isolates(entry: string, count: number): StartServer {
  return (env) =>
    ServerProcess.start({
      command: [
        ...[Deno.execPath(), "serve", "--parallel"],
        ...[...PERMISSIONS, entry],
      ],
      // With port 0 each isolate would take one of its own.
      env: {
        ...SETTINGS,
        PORT: String(freePort()),
        DENO_JOBS: String(count),
        ...env,
      },
    });
}

/** A program of the folder `bare`. */
export function bare(script: "server.ts" | "api.ts"): StartServer {
  const path = fileURLToPath(new URL(`bare/${script}`, import.meta.url));
  return (env) =>
    ServerProcess.start({
      command: [Deno.execPath(), "run", "--allow-net", path],
      env,
    });
}

/** A server of another project. */
export function peer({ command }: Peer): StartServer {
  return (env) => ServerProcess.start({ command, env });
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
