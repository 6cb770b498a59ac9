/** Names of people, and their colours. */

export { makeUpName } from "../../../routes/pages/made_up_name.ts";

/** The hue of a name, in degrees; the same everywhere. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const character of name) {
    hash = (hash * 31 + character.codePointAt(0)!) % 3_600;
  }
  return hash % 360;
}
