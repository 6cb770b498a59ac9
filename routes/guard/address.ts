/** Address of the client of a request, which its limits are counted by. */

import type { Context } from "hono";
import { isRecord } from "../../lib/base/record.ts";
import { TrustedProxies } from "../../lib/limits/client_address.ts";
import type { GuardDeps } from "../../lib/transports/request_guard.ts";

const NONE = new TrustedProxies();

/** The client's address, also behind trusted proxies; `undefined` if it is not known. To be asked before an upgrade. */
export function addressOf(
  c: Context,
  { trustedProxies = NONE }: Pick<GuardDeps, "trustedProxies">,
): string | undefined {
  return trustedProxies.addressOf(c.req.raw.headers, peerOf(c.env));
}

/** The other end of the connection, as `Deno.serve` reports it beside the request. */
function peerOf(info: unknown): string | undefined {
  // The getter makes an object at every access: read once.
  const address = isRecord(info) ? info.remoteAddr : undefined;
  if (!isRecord(address)) return undefined;
  const { hostname } = address;
  return typeof hostname === "string" ? hostname : undefined;
}
