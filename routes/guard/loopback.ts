/** Requests of this machine, which may see what others need a key for. */

import { parseUrl } from "../../lib/base/url.ts";
import type { Context } from "hono";
import { isLoopbackHost } from "../../lib/auth/origin.ts";
import { peerOf } from "./address.ts";

/** Headers by which a proxy says that the request is of another machine. */
const PROXY_HEADERS = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

/** An address of this machine, also where a socket for IPv6 takes IPv4. */
const LOOPBACK = /^(?:(?:::ffff:)?127(?:\.\d+){3}|::1)$/;

/**
 * Checks whether a request comes from this machine: from a loopback address, to a
 * loopback name, which a page that has changed the address of its own name does not
 * have, and past no proxy that says so. False where the server reports no address.
 */
export function isFromThisMachine({ env, req }: Context): boolean {
  if (PROXY_HEADERS.some((name) => req.header(name) !== undefined)) {
    return false;
  }
  const address = peerOf(env);
  const host = parseUrl(`http://${req.header("host")}`)?.hostname;
  return address !== undefined && LOOPBACK.test(address) &&
    host !== undefined && isLoopbackHost(host);
}
