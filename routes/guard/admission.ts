/** Who may not come in, whatever it speaks: pages of other origins, and anybody while there is no room. */

import type { Context } from "hono";
import { isOriginAllowed } from "../../lib/auth/origin.ts";
import type { Config } from "../../server/config.ts";
import type { Hub } from "../../lib/hub/hub.ts";
import type { Log } from "../../lib/base/log.ts";
import {
  type AdmissionSlot,
  takeSlot,
} from "../../lib/transports/admission_slot.ts";
import { completedOf } from "./response_end.ts";

/** What the gate goes by. */
export interface GateDeps {
  readonly hub: Hub;
  readonly config: Config;
  readonly log: Log;
}

/** As long as a client is to wait that may come again, in seconds. */
export const RETRY_AFTER_SECONDS = "5";
/** What a stranger may write into the log, in characters. */
const MAX_LOGGED = 200;

/** The answer to a page that may not connect; `undefined` if it may, or is none. */
export function refuseOrigin(
  c: Context,
  { config, log }: GateDeps,
): Response | undefined {
  const { headers } = c.req.raw;
  const origin = headers.get("origin");
  const isAllowed = isOriginAllowed(origin, headers.get("host"), {
    allowed: config.allowedOrigins,
    allowLoopback: config.insecureAnonymousAll,
  });
  if (isAllowed) return undefined;
  log.warn("origin_refused", {
    origin: origin?.slice(0, MAX_LOGGED),
    setting: "ALLOWED_ORIGINS",
  });
  return c.text("Pages of this origin may not connect.\n", 403);
}

/** The answer while the hub takes nobody in; `undefined` if it does. */
export function refuseBusy(c: Context, deps: GateDeps): Response | undefined {
  const { draining, admission } = deps.hub;
  return draining || admission.full ? sayBusy(c, deps) : undefined;
}

/** The answer to a client for whom there is no place. */
export function sayBusy(c: Context, { hub }: GateDeps): Response {
  const reason = hub.draining ? "shutting down" : "full";
  c.header("Retry-After", RETRY_AFTER_SECONDS);
  return c.text(`This server is ${reason}; try again later.\n`, 503);
}

/** The place of the response; the answer where there is none. A `brief` one is over with its request. */
export function enter(
  c: Context,
  deps: GateDeps,
  brief = false,
): AdmissionSlot | Response {
  return takeSlot(deps.hub, { completed: completedOf(c), brief }) ??
    sayBusy(c, deps);
}
