/** A server of its own process that lets anybody in, and clients of its text protocol. */

import { type ServerOptions, TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";

/** Starts a server without tokens; `env` adds settings. */
export function startServer(
  env: Readonly<Record<string, string>> = {},
  options: Omit<ServerOptions, "env"> = {},
): Promise<TestServer> {
  return TestServer.start({
    ...options,
    env: { INSECURE_ANONYMOUS_ALL: "true", ...env },
  });
}

/** Where `server` speaks the text protocol; a client's `uid` is in the URL, as its other options. */
export function textUrl(
  server: TestServer,
  query: Readonly<Record<string, string>> = {},
): URL {
  const url = new URL("/ws", server.wsUrl);
  url.search = new URLSearchParams(query).toString();
  return url;
}

/** Connects to `server` as `uid`, or without a name. */
export function connect(server: TestServer, uid?: string): Promise<TextClient> {
  return TextClient.open(textUrl(server, uid === undefined ? {} : { uid }));
}

/** What `/healthz` says. */
export interface Health {
  readonly status: string;
  readonly connections: number;
  readonly closing: number;
  /** Mode of the broker. */
  readonly broker: string;
  readonly isolates?: { readonly alive: number; readonly lost: number };
}

/** Asks `server` how many connections it has. */
export async function readHealth(server: TestServer): Promise<Health> {
  const response = await fetch(`${server.url}/healthz`);
  return await response.json();
}
