/** Check of the address that the hub counts a client under, which a proxy has to pass on, and no client may choose. */

import { isRecord } from "../lib/base/record.ts";
import type { Config } from "../server/config.ts";
import { type Finding, reasonOf, type Status } from "./finding.ts";
import { connect, type Visit } from "./visit.ts";
import { PATIENCE_MS } from "./within.ts";

const check = "address";

/** An address for documentation (RFC 5737): no client has it. */
const CLAIMED = "203.0.113.7";

/** A server, and the proxy in front of it, if there is one. */
export interface AddressCase {
  readonly config: Config | undefined;
  /** Name of the proxy; `undefined` if none shows. */
  readonly proxy: string | undefined;
}

/** Compares the address that the hub has with one that the doctor claims, where the API tells it. */
export async function examineAddress(
  visit: Visit,
  { config, proxy }: AddressCase,
): Promise<Finding | undefined> {
  const found = (status: Status, text: string): Finding | undefined =>
    proxy === undefined ? undefined : {
      status,
      check,
      text: `there is a proxy (${proxy}), and TRUSTED_PROXIES ${text}`,
    };
  if (config === undefined) return found("skipped", "is not known");
  const { apiKey, trustedProxies } = config;
  if (proxy !== undefined && trustedProxies === undefined) {
    return {
      status: "warning",
      check,
      text: `there is a proxy (${proxy}), and TRUSTED_PROXIES names none`,
      advice: "set it to the address of the proxy, so that limits count the " +
        "address of each client",
    };
  }
  const named = found("ok", `names ${trustedProxies}`);
  if (apiKey === undefined) return named;
  try {
    return await compareAddresses(visit, apiKey) ?? named;
  } catch (error) {
    return {
      status: "skipped",
      check,
      text: `the server API does not tell the address: ${reasonOf(error)}`,
    };
  }
}

/** Connects as it is, and with a claim; `undefined` where the hub has no address of this machine. */
async function compareAddresses(
  visit: Visit,
  apiKey: string,
): Promise<Finding | undefined> {
  const address = await addressOf(visit, apiKey);
  const headers = { "x-forwarded-for": CLAIMED };
  const claimed = await addressOf({ ...visit, headers }, apiKey) === CLAIMED;
  const advice = "the proxy has to add the address of its client to that " +
    "header, and TRUSTED_PROXIES has to name the proxy alone";
  if (claimed && address !== undefined) {
    return {
      status: "failed",
      check,
      text: "a client may choose its address: its X-Forwarded-For is believed",
      advice,
    };
  }
  if (claimed) {
    return {
      status: "warning",
      check,
      text: "the X-Forwarded-For of this machine is believed: either it is " +
        "one of TRUSTED_PROXIES, or any client may choose its address",
      advice,
    };
  }
  if (address === undefined) return undefined;
  return { status: "ok", check, text: `this client counts as ${address}` };
}

async function addressOf(
  visit: Visit,
  apiKey: string,
): Promise<string | undefined> {
  const { socket, client } = await connect(visit);
  using _socket = socket;
  const response = await fetch(new URL("api/connection", visit.url), {
    method: "POST",
    headers: { "x-api-key": apiKey },
    body: JSON.stringify({ client }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer: unknown = await response.json();
  const result = isRecord(answer) ? answer.result : undefined;
  if (!isRecord(result)) throw new Error(JSON.stringify(answer));
  const { address } = result;
  return typeof address === "string" ? address : undefined;
}
