/** A fan-out of publications, the first of its channel. */

import type { Publication } from "../../lib/base/publication.ts";
import { FanOut } from "../../lib/hub/fan_out.ts";

/** Makes a fan-out; `before` is the base of its first delta. */
export function fanOutOf(
  publications: readonly Publication[],
  before?: Publication,
): FanOut {
  const made = new FanOut(0, before);
  for (const publication of publications) made.add(publication);
  return made;
}
