/** URL of a broker: what those of all systems have in common, and the refusal of what is wrong in them. */

import { parseUrl } from "./url.ts";

/** Systems that have a broker. */
export type BrokerSystem = "redis" | "postgres" | "nats";

/** The system of a URL, by its scheme. */
export function systemOf(url: string): BrokerSystem | undefined {
  if (/^rediss?:/i.test(url)) return "redis";
  if (/^postgres(?:ql)?:/i.test(url)) return "postgres";
  return /^(?:nats|tls):/i.test(url) ? "nats" : undefined;
}

/** Address of a server. */
export interface ServerAddress {
  /** Name or address, without the brackets of IPv6. */
  readonly hostname: string;
  readonly port: number;
}

/** Rules of one system's URLs. */
export interface BrokerUrlRules {
  /** Name of the system, for error messages. */
  readonly system: string;
  readonly schemes: readonly string[];
  readonly defaultPort: number;
  /** Options after the `?`, each with the values that are expected. */
  readonly options: Readonly<Record<string, string>>;
  /** A URL, for error messages. */
  readonly example: string;
}

/** Parts of a URL, decoded. */
export interface BrokerUrlParts {
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly servers: readonly [ServerAddress, ...ServerAddress[]];
  /** Rest after the hosts and a slash. */
  readonly path: string;
  readonly options: ReadonlyMap<string, string>;
}

/** Refusal of a URL. Its text has no part of the URL but names of options, for there may be a password. */
export class BrokerUrlError extends TypeError {
  /** Mistake in the URL, and the expected form. */
  readonly reason: string;

  /** Takes the rules that the URL breaks. */
  constructor({ system }: BrokerUrlRules, reason: string) {
    super(`Cannot read the URL of ${system}: ${reason}`);
    this.reason = reason;
  }
}

const PARTS =
  /^([a-z]+):\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#@]*))?(?:\?([^#@]*))?$/i;

/**
 * Reads the parts of a URL.
 *
 * @throws {BrokerUrlError} If it breaks the rules.
 */
export function readBrokerUrl(
  text: string,
  rules: BrokerUrlRules,
): BrokerUrlParts {
  const [, scheme = "", login = "", hosts = "", path = "", query = ""] =
    PARTS.exec(text) ?? [];
  if (!rules.schemes.includes(scheme.toLowerCase())) {
    throw new BrokerUrlError(
      rules,
      `expected a URL such as ${rules.example}, with the characters /?#@,% of a user or a password percent-encoded`,
    );
  }
  if (login.includes(",")) {
    throw new BrokerUrlError(
      rules,
      "expected one user and password, before the first host, with a comma in them as %2C",
    );
  }
  const colon = login.includes(":") ? login.indexOf(":") : login.length;
  const [first, ...others] = hosts.split(",");
  return {
    scheme: scheme.toLowerCase(),
    user: decode(login.slice(0, colon), rules),
    password: decode(login.slice(colon + 1), rules),
    servers: [
      addressOf(first ?? "", rules),
      ...others.map((host) => addressOf(host, rules)),
    ],
    path: decode(path, rules),
    options: readOptions(query, rules),
  };
}

/** Reads a host and a port, as in `[::1]:6379`. */
function addressOf(host: string, rules: BrokerUrlRules): ServerAddress {
  const url = parseUrl(`http://${host}`);
  // A URL leaves out the port of its scheme.
  const port = host.endsWith(":80") ? 80 : Number(url?.port || NaN);
  if (url === null || url.pathname !== "/" || port === 0) {
    throw new BrokerUrlError(
      rules,
      `expected a host and a port from 1 to 65535, as in ${rules.example}`,
    );
  }
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { hostname, port: port || rules.defaultPort };
}

function readOptions(
  query: string,
  rules: BrokerUrlRules,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!Object.hasOwn(rules.options, name)) {
      const expected = Object.entries(rules.options)
        .map(([name, values]) => `${name}=${values}`).join(", ");
      throw new BrokerUrlError(
        rules,
        `unknown option "${name}": expected ${expected}`,
      );
    }
    if (found.has(name)) {
      throw new BrokerUrlError(rules, `expected the option "${name}" once`);
    }
    found.set(name, value);
  }
  return found;
}

/** Reason for which a URL cannot be used; `undefined` if it can. */
export function urlProblem(use: () => unknown): string | undefined {
  try {
    use();
    return undefined;
  } catch (error) {
    if (!(error instanceof BrokerUrlError)) throw error;
    return error.reason;
  }
}

/** Refuses the value of an option. */
export function wrongOption(
  name: string,
  rules: BrokerUrlRules,
): BrokerUrlError {
  return new BrokerUrlError(
    rules,
    `invalid option "${name}": expected ${name}=${rules.options[name]}`,
  );
}

function decode(text: string, rules: BrokerUrlRules): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new BrokerUrlError(
      rules,
      "invalid percent-encoding: expected a % of a user, a password or a path as %25",
    );
  }
}
