/** A place of the hub's admission, held for one response from its beginning to its very end. */

import { type Disconnect, disconnects } from "../disconnect.ts";
import type { Hub } from "../hub.ts";

/** A place, or why there is none. */
export interface Place {
  /** Why the client may not come in; `undefined` if it may. */
  readonly refusal: Disconnect | undefined;
  /** Takes note that nothing is written any more; gives the place back if nobody knows better. */
  transportEnded(): void;
}

/**
 * Takes a place until `completed` settles: a client that does not read keeps its
 * response, and the memory behind it, alive beyond the end of our stream.
 */
export function takePlace(
  { admission, draining }: Hub,
  completed: Promise<unknown> | undefined,
): Place {
  let isIn = admission.enter();
  const leave = () => {
    if (isIn) admission.leave();
    isIn = false;
  };
  const full = isIn ? undefined : disconnects.connectionLimit;
  completed?.catch(() => {}).then(leave);
  return {
    refusal: draining ? disconnects.shutdown : full,
    transportEnded() {
      if (completed === undefined) leave();
    },
  };
}
