/** Policy for the web pages that open connections: their origins, and the host that they believe to be the server. */

import { parseUrl } from "../base/url.ts";
import type { AllowedOrigins } from "./allowed_origins.ts";

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
/** `localhost` or an IPv4 address, perhaps with a port: most hosts need no parser to be recognized. */
const PLAIN_HOST = new RegExp(
  `^(?:localhost|${OCTET}(?:\\.${OCTET}){3})(?::(?:[1-5]\\d{4}|\\d{1,4}))?$`,
);

/** Pages that may connect. */
export interface OriginPolicy {
  /** Origins that are allowed. `undefined`: only the server's own host. */
  readonly allowed: AllowedOrigins | undefined;
  /**
   * True if pages from this machine may connect too. One from its disk has the origin
   * `null`, as a sandboxed frame of any site has: it has to be named.
   */
  readonly allowLoopback: boolean;
}

/**
 * Checks whether a page of `origin` may connect to the server under the name `host`.
 * A request without an origin does not come from a browser, and is allowed.
 */
export function isOriginAllowed(
  origin: string | null,
  host: string | null,
  { allowed, allowLoopback }: OriginPolicy,
): boolean {
  if (origin === null) return true;
  if (allowLoopback && isLoopback(origin)) return true;
  if (allowed === undefined) return isOwn(origin, host);
  return allowed.any || allowed.names(origin);
}

/**
 * Checks whether a server that asks for no token may answer under the name `host`:
 * that of this machine, an address, or the host of an allowed origin. Any other name
 * may be that of an attacker's page, who lets it lead to this machine (DNS rebinding),
 * and whose pages would then be those of the server's own host. No address can be
 * led elsewhere. Every browser sends a host.
 */
export function isHostAllowed(
  host: string | null,
  allowed: AllowedOrigins | undefined,
): boolean {
  if (host === null || allowed?.any || PLAIN_HOST.test(host)) return true;
  const hostname = parseUrl(`http://${host}`)?.hostname.replace(/\.$/, "");
  if (hostname === undefined) return false;
  return isAddress(hostname) || isThisMachine(hostname) ||
    allowed?.namesHost(hostname) === true;
}

/** Characters that end the host of a URL, and begin its path, query or fragment. */
const NO_HOST = /[\s/?#\\]/;

/** The last host that was found to be one, and its root: most requests have the same, and a URL takes long to parse. */
let lastHost: string | undefined;
let lastRoot = "";

/**
 * Root of the URLs under the header `Host` (RFC 9110, §7.2), `http://host/`; `undefined`
 * if that is neither a name nor an address, with a port or without.
 */
export function rootOf(host: string): string | undefined {
  if (host === lastHost) return lastRoot;
  if (NO_HOST.test(host) || parseUrl(`http://${host}`) === null) return;
  lastHost = host;
  return lastRoot = `http://${host}/`;
}

function isOwn(origin: string, host: string | null): boolean {
  const page = parseUrl(origin);
  if (page === null || host === null) return false;
  // Browsers leave out the default port of a scheme; some proxies do not.
  return page.host === parseUrl(`${page.protocol}//${host}`)?.host;
}

function isLoopback(origin: string): boolean {
  const hostname = parseUrl(origin)?.hostname;
  return hostname !== undefined && isLoopbackHost(hostname);
}

/** Checks whether a host of a URL is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return isThisMachine(hostname) || hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname);
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost");
}

/** Checks for an address, as URLs write it. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostname);
}
