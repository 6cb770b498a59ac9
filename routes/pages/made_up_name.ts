/** Made-up names, for visitors that have none. */

const ADJECTIVES = [
  ..."brave brisk bright calm cheerful clever eager fearless gentle".split(" "),
  ..."happy jolly kind lively lucky merry nimble patient quick".split(" "),
];
const ANIMALS = [
  ..."badger beaver crane dolphin falcon ferret finch fox heron".split(" "),
  ..."lynx magpie marten otter owl raven robin seal swift".split(" "),
];

/** Makes up a name such as `calm-heron-42`. */
export function makeUpName(): string {
  return `${pick(ADJECTIVES)}-${pick(ANIMALS)}-${10 + random(90)}`;
}

function pick(words: readonly string[]): string {
  return words[random(words.length)] ?? "";
}

function random(count: number): number {
  return Math.floor(Math.random() * count);
}
