/** The servers that can be measured, and how each is spoken to. */

import { fileURLToPath } from "node:url";
import { ServerProcess } from "./server_process.ts";

/** A server under load. */
export interface Target {
  /** Its name in the report. */
  readonly name: string;
  /** Starts it in a process of its own. */
  start(env?: Readonly<Record<string, string>>): Promise<ServerProcess>;
  /** A path on which a message comes back to its sender. */
  readonly echo: {
    readonly path: string;
    /** The text by which connection `index` gets `payload` back. */
    textFor(index: number, payload: string): string;
  };
  /** A path on which `#room:…` goes to every subscriber, as it is. */
  readonly fanout: {
    readonly path: string;
    /** Sent by each subscriber first, and answered by the same text. */
    readonly join?: string;
  };
}

/** `Deno.serve` and a loop. */
export function bareTarget(): Target {
  const script = fileURLToPath(new URL("bare_server.ts", import.meta.url));
  return {
    name: "bare",
    start: (env) =>
      ServerProcess.start({ args: ["run", "--allow-net", script], env }),
    echo: { path: "/echo", textFor: (_index, payload) => payload },
    fanout: { path: "/fanout" },
  };
}

/** Thrum as its users start it, except that anyone may do anything. */
export function thrumTarget(entry: string): Target {
  const permissions = ["--allow-net", "--allow-env", "--allow-read"];
  const settings = {
    INSECURE_ANONYMOUS_ALL: "true",
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "info",
  };
  return {
    name: "thrum",
    start: (env) =>
      ServerProcess.start({
        args: ["serve", ...permissions, entry],
        env: { ...settings, ...env },
      }),
    echo: {
      path: "/ws",
      // A message to one's own uid; the first one claims it.
      textFor: (index, payload) => `u${index}:${payload}`,
    },
    fanout: { path: "/ws", join: "+#room" },
  };
}
