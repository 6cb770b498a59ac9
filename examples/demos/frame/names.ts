/** Made-up names and their colours. */

const ADJECTIVES = ["brisk", "calm", "eager", "gentle", "jolly", "lucky"];
const ANIMALS = ["badger", "crane", "ferret", "heron", "lynx", "otter"];

/** Makes up a name, such as `calm-heron`, with a number that makes it one of many. */
export function makeUpName(): string {
  return `${pick(ADJECTIVES)}-${pick(ANIMALS)}-${10 + random(90)}`;
}

/** The hue of a name, in degrees; the same everywhere. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const character of name) {
    hash = (hash * 31 + character.codePointAt(0)!) % 3_600;
  }
  return hash % 360;
}

function pick(words: readonly string[]): string {
  return words[random(words.length)]!;
}

function random(count: number): number {
  return Math.floor(Math.random() * count);
}
