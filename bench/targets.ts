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
  /** Where publications that fall together share a frame, a line each. */
  readonly joined: {
    readonly path: string;
    readonly publisherPath: string;
    /** Sent by the publisher first, and answered. */
    readonly connect?: string;
    /** Sent by each subscriber first, and answered. */
    readonly subscribe?: string;
    /** The text that makes a line for every subscriber of `payload`. */
    publish(payload: string): string;
  };
}

const CONNECT = JSON.stringify({ id: 1, connect: {} });
const SUBSCRIBE = JSON.stringify({ id: 2, subscribe: { channel: "room" } });

function publishCommand(data: string): string {
  return JSON.stringify({ id: 3, publish: { channel: "room", data } });
}

/** About what a subscriber gets of a publication, with the publisher's id. */
function pushLine(data: string): string {
  const info = { user: "", client: "00000000-0000-4000-8000-000000000000" };
  const pub = { data, offset: 100_000, info };
  return JSON.stringify({ push: { channel: "room", pub } });
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
    joined: {
      path: "/joined",
      publisherPath: "/join",
      publish: pushLine,
    },
  };
}

const PERMISSIONS = ["--allow-net", "--allow-env", "--allow-read"];
const SETTINGS = {
  INSECURE_ANONYMOUS_ALL: "true",
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "info",
  CHANNEL_HISTORY_SIZE: "0",
  // One generator is many clients, each as fast as the server.
  MESSAGE_RATE: "0",
  BYTE_RATE: "0",
  PUBLISH_RATE: "0",
  CONNECT_RATE: "0",
};

/** Thrum as its users start it, except that anyone may do anything. */
export function thrumTarget(entry: string): Target {
  return {
    name: "thrum",
    start: (env) =>
      ServerProcess.start({
        args: ["serve", ...PERMISSIONS, entry],
        env: { ...SETTINGS, ...env },
      }),
    echo: {
      path: "/ws",
      // A message to one's own uid; the first one claims it.
      textFor: (index, payload) => `u${index}:${payload}`,
    },
    fanout: { path: "/ws", join: "+#room" },
    joined: {
      path: "/connection/websocket",
      publisherPath: "/connection/websocket",
      connect: CONNECT,
      subscribe: `${CONNECT}\n${SUBSCRIBE}`,
      publish: publishCommand,
    },
  };
}

/** Thrum with several isolates on one port, as `deno task start` runs it. */
export function isolatesTarget(entry: string, isolates: number): Target {
  return {
    ...thrumTarget(entry),
    name: `${isolates} isolates`,
    start: () =>
      ServerProcess.start({
        args: ["serve", "--parallel", ...PERMISSIONS, entry],
        // With port 0 each isolate would take one of its own.
        env: {
          ...SETTINGS,
          PORT: String(freePort()),
          DENO_JOBS: String(isolates),
        },
      }),
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
