/** What clients of plain HTTP come with, and what they are refused with. */

import type { Identity } from "../hub/identity.ts";
import type { AdmissionSlot } from "./admission_slot.ts";

/** Who comes. */
export interface ListenOptions {
  /** Who the client has shown to be. */
  readonly identity: Identity;
  /** The place of its response; see `takePlace`. */
  readonly slot: AdmissionSlot;
  /** Headers of its request, where they are kept. */
  readonly headers?: Headers;
}

/** Why a client is not served: a code of `errors.ts` or `disconnect.ts`. */
export interface Refusal {
  /** What a program goes by. */
  readonly code: number;
  /** What a person reads. */
  readonly message: string;
}
