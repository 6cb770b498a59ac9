/** Admission of clients: they are refused while the hub is full or shuts down, and have a slot otherwise. */

import type { Context } from "hono";
import {
  type AdmissionSlot,
  takeSlot,
} from "../../lib/transports/admission_slot.ts";
import {
  busyResponse,
  type GuardDeps,
  refuseCrowd,
} from "../../lib/transports/request_guard.ts";
import { addressOf } from "./address.ts";
import { completedOf } from "./response_end.ts";

/** Answers with a response that keeps the headers which were set before, such as those of CORS. */
export function answerWith(c: Context, response: Response): Response {
  return c.newResponse(response.body, response);
}

/** Answers a client for which there is no slot with 503. */
export function answerBusy(c: Context, { hub }: GuardDeps): Response {
  return answerWith(c, busyResponse(hub));
}

/** Lets the client of a stream in, and takes a slot for it, or answers with 503. */
export function admitStream(
  c: Context,
  deps: GuardDeps,
): AdmissionSlot | Response {
  const refusal = refuseCrowd(deps.hub, addressOf(c, deps));
  return refusal === undefined ? admit(c, deps) : answerWith(c, refusal);
}

/** Takes a slot for the response, or answers with 503. A `brief` response ends with its request. */
export function admit(
  c: Context,
  deps: GuardDeps,
  { brief = false }: { readonly brief?: boolean } = {},
): AdmissionSlot | Response {
  const completed = completedOf(c);
  const address = addressOf(c, deps);
  const { hub } = deps;
  const slot = takeSlot(hub, { completed, brief, address });
  if (slot !== undefined) return slot;
  if (!hub.draining) hub.admission.countRefusal();
  return answerBusy(c, deps);
}
