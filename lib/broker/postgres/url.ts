/** URL of a PostgreSQL: `postgres://user:password@host:5432/database`. */

import {
  BrokerUrlError,
  type BrokerUrlParts,
  type BrokerUrlRules,
  readBrokerUrl,
  wrongOption,
} from "../../base/broker_url.ts";

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

const RULES: BrokerUrlRules = {
  system: "PostgreSQL",
  schemes: ["postgres", "postgresql"],
  defaultPort: 5_432,
  options: {
    sslmode: SSL_MODES.join(" or "),
    channel_binding: "disable or prefer or require",
    connections: `${MIN_CONNECTIONS}..${MAX_CONNECTIONS}`,
    pooler: "true or false",
  },
  example: "postgres://user:password@host:5432/database?sslmode=require",
};

/**
 * Reads the URL of a PostgreSQL.
 *
 * @throws {TypeError} If the URL is not one of PostgreSQL. The message leaves it out, for it may hold a password.
 */
export function parsePostgresUrl(text: string): PostgresUrl {
  const { user, password, servers, path, options } = readBrokerUrl(text, RULES);
  const [{ hostname, port }, ...others] = servers;
  if (others.length > 0) throw new BrokerUrlError(RULES, "expected one host");
  if (path.includes("/")) {
    throw new BrokerUrlError(RULES, "expected the name of a database");
  }
  return {
    host: hostname,
    port,
    user: user || "postgres",
    password,
    database: path || user || "postgres",
    sslMode: sslModeOf(options),
    ...poolOf(options),
  };
}

/** The client has no channel binding. A certificate that is checked protects from the same, from others that pass for the server. */
function sslModeOf(options: BrokerUrlParts["options"]): SslMode {
  const mode = options.get("sslmode") ?? "disable";
  const sslMode = SSL_MODES.find((each) => each === mode);
  if (sslMode === undefined) throw wrongOption("sslmode", RULES);
  const binding = options.get("channel_binding") ?? "disable";
  if (!/^(?:disable|prefer|require)$/.test(binding)) {
    throw wrongOption("channel_binding", RULES);
  }
  if (binding !== "require") return sslMode;
  if (sslMode === "require" || sslMode === "verify-full") return "verify-full";
  const reason =
    "expected sslmode=require or verify-full with channel_binding=require";
  throw new BrokerUrlError(RULES, reason);
}

function poolOf(
  options: BrokerUrlParts["options"],
): Pick<PostgresUrl, "connections" | "pooler"> {
  const number = options.get("connections") ?? String(DEFAULT_CONNECTIONS);
  const connections = /^\d{1,3}$/.test(number) ? Number(number) : 0;
  if (connections < MIN_CONNECTIONS || connections > MAX_CONNECTIONS) {
    throw wrongOption("connections", RULES);
  }
  const pooler = options.get("pooler") ?? "false";
  if (!/^(?:true|false)$/.test(pooler)) throw wrongOption("pooler", RULES);
  return { connections, pooler: pooler === "true" };
}
