/** What clients of plain HTTP come with, and what they are refused with. */

import type { Identity } from "../identity.ts";

/** Who listens. */
export interface ListenOptions {
  /** Who the client has shown to be. */
  readonly identity: Identity;
  /** Settles when the response is over; by default when nothing is written to it any more. */
  readonly completed?: Promise<unknown>;
}

/** Why a client is not served: a code of `errors.ts` or `disconnect.ts`. */
export interface Refusal {
  /** What a program goes by. */
  readonly code: number;
  /** What a person reads. */
  readonly message: string;
}
