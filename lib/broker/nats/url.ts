/** URL of a NATS: `nats://user:password@host:4222,host:4222/name?maxAge=24h`, or `tls://` for TLS. */

import { parseDuration } from "../../base/duration.ts";
import { parseUrl } from "../../base/url.ts";

/** Options of a link and its streams that a URL has. */
export interface NatsUrl {
  /** Servers, each as host and port. */
  readonly servers: readonly string[];
  /** True if nothing may travel without TLS. */
  readonly tls: boolean;
  /** The user's name, or without a password a token. */
  readonly user?: string;
  readonly password?: string;
  /** Path of a file with a JWT and its key. */
  readonly creds?: string;
  /** Path of a file with the certificates that are trusted. */
  readonly ca?: string;
  /** Name of the hub among others of the server, which know nothing of each other; empty for the only one. */
  readonly name: string;
  /** Storage of the publications. */
  readonly storage: "file" | "memory";
  /** Milliseconds until a publication is dropped, whatever the history of its channel. */
  readonly maxAgeMs: number;
}

const DEFAULT_PORT = "4222";
const DEFAULT_MAX_AGE = "24h";
const PARAMETERS: readonly string[] = [
  "ca",
  "creds",
  "maxAge",
  "storage",
];
const EXPECTED =
  "nats://user:password@host:4222/name?storage=memory&maxAge=24h&creds=file&ca=file";

/**
 * Reads the URL of a NATS.
 *
 * @throws {TypeError} If the URL is not one of NATS. The message leaves it out, for it may hold a password.
 */
export function parseNatsUrl(text: string): NatsUrl {
  const found = read(text);
  if (found !== undefined) return found;
  throw new TypeError(
    `Cannot read the URL of NATS: expected one such as ${EXPECTED}`,
  );
}

function read(text: string): NatsUrl | undefined {
  const [, scheme, login = "", hosts = "", rest = ""] =
    /^(nats|tls):\/\/(?:([^/?#]*)@)?([^/?#@]+)([^#]*)$/.exec(text) ?? [];
  const servers = hosts.split(",").map(serverOf);
  // The other parts are those of a URL with one host.
  const url = parseUrl(`http://${login}${login && "@"}host${rest}`);
  if (scheme === undefined || url === null) return undefined;
  const query = url.searchParams;
  const name = url.pathname.slice(1);
  const storage = query.get("storage") ?? "file";
  const maxAgeMs = parseDuration(query.get("maxAge") ?? DEFAULT_MAX_AGE) ?? 0;
  const user = decode(url.username);
  const password = decode(url.password);
  const isValid = servers.every((server) => server !== undefined) &&
    user !== undefined && password !== undefined &&
    /^[\w-]{0,32}$/.test(name) &&
    maxAgeMs >= 1_000 && (storage === "file" || storage === "memory") &&
    [...query.keys()].every((key) => PARAMETERS.includes(key));
  if (!isValid) return undefined;
  return {
    servers: servers.filter((server) => server !== undefined),
    tls: scheme === "tls",
    user: user || undefined,
    password: password || undefined,
    creds: query.get("creds") ?? undefined,
    ca: query.get("ca") ?? undefined,
    name,
    storage,
    maxAgeMs,
  };
}

function serverOf(host: string): string | undefined {
  const url = parseUrl(`http://${host}`);
  if (url === null || url.host === "" || url.pathname !== "/") return undefined;
  // A URL leaves out the port of its scheme.
  const port = url.port || (host.endsWith(":80") ? "80" : DEFAULT_PORT);
  return `${url.hostname}:${port}`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined;
  }
}
