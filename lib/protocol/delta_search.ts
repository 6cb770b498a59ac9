/** The deltas of one frame: those that are known already, and as many more as its time allows. */

import { type Publication, toJson } from "../base/publication.ts";
import { createDelta } from "./delta.ts";

/**
 * UTF-16 units that are searched for one frame at most; what comes after goes in
 * full. The search takes up to a microsecond for each, while everybody waits.
 */
const MAX_SEARCHED = 131_072;

/** What was found for a publication. */
interface Found {
  /** The offset that the delta builds upon. Not the publication: each would keep the one before it. */
  readonly base: number;
  /** `undefined` where the publication is to be sent in full. */
  readonly delta: string | undefined;
}

/** What everybody who comes back is told again. It goes with its publications. */
const known = new WeakMap<Publication, Found>();

/** Looks for deltas, until it has looked for long enough. */
export class DeltaSearch {
  #searched = 0;

  /** The delta from `previous`, of the same stream, to `publication`; `undefined` where that is to be sent in full. */
  find(previous: Publication, publication: Publication): string | undefined {
    const base = previous.offset;
    const found = known.get(publication);
    if (found !== undefined && found.base === base) return found.delta;
    if (this.#searched >= MAX_SEARCHED) return undefined;
    const whole = toJson(publication.payload);
    this.#searched += whole.length;
    const delta = createDelta(toJson(previous.payload), whole);
    // Without a place they cannot be told apart.
    const hasPlace = base > 0 && publication.offset > 0;
    if (hasPlace) known.set(publication, { base, delta });
    return delta;
  }
}
