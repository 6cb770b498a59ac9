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

/** The other end of the connection, as `Deno.serve` and the server of Node report it beside the request. */
export function peerOf(env: unknown): string | undefined {
  if (!isRecord(env)) return undefined;
  // The getter of Deno makes an object at every access: read once.
  const { remoteAddr: address, incoming } = env;
  if (isRecord(address)) return textOf(address.hostname);
  const socket = isRecord(incoming) ? incoming.socket : undefined;
  return isRecord(socket) ? textOf(socket.remoteAddress) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
