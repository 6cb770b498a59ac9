/** Names of people, and their colours. */

import { makeUpName } from "../../../routes/pages/made_up_name.ts";

export { makeUpName };

/** Degrees between two hues that look different. */
const DISTINCT = 60;

/** Makes up a name whose colour differs from that of another. */
export function makeUpOther(name: string): string {
  for (;;) {
    const other = makeUpName();
    const difference = Math.abs(hueOf(other) - hueOf(name));
    if (Math.min(difference, 360 - difference) >= DISTINCT) return other;
  }
}

/** The hue of a name, in degrees; the same everywhere. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const character of name) {
    hash = (hash * 31 + character.codePointAt(0)!) % 3_600;
  }
  return hash % 360;
}
