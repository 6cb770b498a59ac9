/** Admission of clients: they are refused while the hub is full or shuts down, and have a slot otherwise. */

import type { Context } from "hono";
import type { Config } from "../../server/config.ts";
import type { Hub } from "../../lib/hub/hub.ts";
import type { Log } from "../../lib/base/log.ts";
import {
  type AdmissionSlot,
  takeSlot,
} from "../../lib/transports/admission_slot.ts";
import { completedOf } from "./response_end.ts";

/** Dependencies of the guards. */
export interface GuardDeps {
  readonly hub: Hub;
  readonly config: Config;
  readonly log: Log;
}

/** Gives a refused client a time to come back, in whole seconds. */
export function setRetryAfter(
  c: Context,
  { hub }: Pick<GuardDeps, "hub">,
  retryAfterMs: number = hub.returns.refuse(),
): void {
  c.header("Retry-After", String(Math.max(Math.ceil(retryAfterMs / 1000), 1)));
}

/** Answers with 503 while the hub admits no client; `undefined` if it does. */
export function refuseBusy(c: Context, deps: GuardDeps): Response | undefined {
  const { draining, admission } = deps.hub;
  return draining || admission.full ? answerBusy(c, deps) : undefined;
}

/** Answers a client for which there is no slot with 503. */
export function answerBusy(c: Context, deps: GuardDeps): Response {
  const reason = deps.hub.draining ? "shutting down" : "full";
  setRetryAfter(c, deps);
  return c.text(`This server is ${reason}; try again later.\n`, 503);
}

/** Takes a slot for the response, or answers with 503. A `brief` response ends with its request. */
export function admit(
  c: Context,
  deps: GuardDeps,
  { brief = false }: { readonly brief?: boolean } = {},
): AdmissionSlot | Response {
  return takeSlot(deps.hub, { completed: completedOf(c), brief }) ??
    answerBusy(c, deps);
}
