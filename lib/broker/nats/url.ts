/** URL of a NATS: `nats://user:password@host:4222,host:4222/name?maxAge=24h`, or `tls://` for TLS. */

import { parseDuration } from "../../base/duration.ts";
import {
  BrokerUrlError,
  type BrokerUrlRules,
  readBrokerUrl,
  wrongOption,
} from "../../base/broker_url.ts";

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
  /** Copies of the streams, each on another server of a cluster; `undefined` leaves those of a stream that is there. */
  readonly replicas: number | undefined;
}

const DEFAULT_MAX_AGE = "24h";
const RULES: BrokerUrlRules = {
  system: "NATS",
  schemes: ["nats", "tls"],
  defaultPort: 4_222,
  options: {
    storage: "file or memory",
    maxAge: "a duration such as 24h, at least 1s",
    replicas: "1..5",
    creds: "a path",
    ca: "a path",
  },
  example: "nats://user:password@host:4222/name?storage=memory&maxAge=24h",
};

/**
 * Reads the URL of a NATS.
 *
 * @throws {TypeError} If the URL is not one of NATS. The message leaves it out, for it may hold a password.
 */
export function parseNatsUrl(text: string): NatsUrl {
  const { scheme, user, password, servers, path, options } = readBrokerUrl(
    text,
    RULES,
  );
  if (!/^[\w-]{0,32}$/.test(path)) {
    const reason = "expected a name of up to 32 letters, digits, - and _";
    throw new BrokerUrlError(RULES, reason);
  }
  const storage = options.get("storage") ?? "file";
  if (storage !== "file" && storage !== "memory") {
    throw wrongOption("storage", RULES);
  }
  const maxAgeMs = parseDuration(options.get("maxAge") ?? DEFAULT_MAX_AGE) ?? 0;
  if (maxAgeMs < 1_000) throw wrongOption("maxAge", RULES);
  const replicas = options.get("replicas");
  if (replicas !== undefined && !/^[1-5]$/.test(replicas)) {
    throw wrongOption("replicas", RULES);
  }
  return {
    servers: servers.map(({ hostname, port }) =>
      hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`
    ),
    tls: scheme === "tls",
    user: user || undefined,
    password: password || undefined,
    creds: options.get("creds"),
    ca: options.get("ca"),
    name: path,
    storage,
    maxAgeMs,
    replicas: replicas === undefined ? undefined : Number(replicas),
  };
}
