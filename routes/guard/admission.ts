/** Admission of requests that are no WebSocket: the same rules as for those, answered through Hono. */

import type { Context } from "hono";
import {
  type AdmissionSlot,
  takeSlot,
} from "../../lib/transports/admission_slot.ts";
import {
  busyResponse,
  type GuardDeps,
  refuseOrigin as refuseOriginOf,
} from "../../lib/transports/request_guard.ts";
import { completedOf } from "./response_end.ts";

/** An answer that keeps the headers that were set before, such as those of CORS. */
export function answerWith(c: Context, response: Response): Response {
  return c.newResponse(response.body, response);
}

/** Answers a page that may not connect; `undefined` if it may, or if the client is no page. */
export function refuseOrigin(
  c: Context,
  deps: GuardDeps,
): Response | undefined {
  const refusal = refuseOriginOf(c.req.raw, deps);
  return refusal && answerWith(c, refusal);
}

/** Answers a client for which there is no place. */
export function sayBusy(c: Context, { hub }: GuardDeps): Response {
  return answerWith(c, busyResponse(hub));
}

/** The place of the response; the answer where there is none. A `brief` one is over with its request. */
export function enter(
  c: Context,
  deps: GuardDeps,
  brief = false,
): AdmissionSlot | Response {
  return takeSlot(deps.hub, { completed: completedOf(c), brief }) ??
    sayBusy(c, deps);
}
