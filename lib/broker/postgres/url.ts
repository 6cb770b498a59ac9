/** URL of a PostgreSQL: `postgres://user:password@host:5432/database`. */

import { parseUrl } from "../../base/url.ts";

const DEFAULT_PORT = 5432;
const DEFAULT_CONNECTIONS = 5;
/** One follows the publications, one publishes, and the others do the rest. */
const MIN_CONNECTIONS = 3;
const MAX_CONNECTIONS = 100;

/** Values of `sslmode` as libpq has them; `require` does not check the certificate. */
const SSL_MODES = ["disable", "prefer", "require", "verify-full"] as const;

/** Use of TLS; see {@linkcode PostgresUrl}. */
export type SslMode = typeof SSL_MODES[number];

/** Parts of a URL. */
export interface PostgresUrl {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly sslMode: SslMode;
  /** Maximum number of connections of one node. */
  readonly connections: number;
  /** True behind a pooler that gives each transaction another session: there is no `LISTEN`, and no prepared statement. */
  readonly pooler: boolean;
}

/**
 * Reads the URL of a PostgreSQL.
 *
 * @throws {TypeError} If the URL is not one of PostgreSQL. The message leaves it out, for it may hold a password.
 */
export function parsePostgresUrl(text: string): PostgresUrl {
  const url = parseUrl(text);
  const parts = url === null ? undefined : partsOf(url);
  if (parts !== undefined) return parts;
  throw new TypeError(
    "Cannot read the URL of PostgreSQL: expected one such as " +
      "postgres://user:password@host:5432/database?sslmode=require, with " +
      `connections=${MIN_CONNECTIONS}..${MAX_CONNECTIONS} and pooler=true as options`,
  );
}

function partsOf(url: URL): PostgresUrl | undefined {
  if (!/^postgres(?:ql)?:$/.test(url.protocol) || url.hostname === "") {
    return undefined;
  }
  const user = decoded(url.username);
  const password = decoded(url.password);
  const database = decoded(url.pathname.slice(1));
  const options = optionsOf(url.searchParams);
  const isWhole = user !== undefined && password !== undefined &&
    database !== undefined && !database.includes("/") &&
    options !== undefined && url.hash === "";
  if (!isWhole) return undefined;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port) || DEFAULT_PORT,
    user: user || "postgres",
    password,
    database: database || user || "postgres",
    ...options,
  };
}

function optionsOf(
  query: URLSearchParams,
): Pick<PostgresUrl, "sslMode" | "connections" | "pooler"> | undefined {
  const names = [...query.keys()];
  const known = ["sslmode", "connections", "pooler"];
  if (new Set(names).size < names.length) return undefined;
  if (!names.every((name) => known.includes(name))) return undefined;
  const mode = query.get("sslmode") ?? "disable";
  const sslMode = SSL_MODES.find((each) => each === mode);
  const number = query.get("connections") ?? String(DEFAULT_CONNECTIONS);
  const connections = /^\d{1,3}$/.test(number) ? Number(number) : 0;
  const pooler = query.get("pooler") ?? "false";
  const isValid = sslMode !== undefined && connections >= MIN_CONNECTIONS &&
    connections <= MAX_CONNECTIONS && /^(?:true|false)$/.test(pooler);
  return isValid
    ? { sslMode, connections, pooler: pooler === "true" }
    : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined;
  }
}
