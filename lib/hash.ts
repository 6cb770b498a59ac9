/** Short stand-ins for long texts: the same text has the same one, and two texts hardly ever share one. They keep no secret. */

/** 32 bits of a text, as a whole number. */
export function hash32(text: string): number {
  return mix(text)[0];
}

/** 64 bits of a text, in 16 hexadecimal digits. */
export function hash64(text: string): string {
  return mix(text).map((lane) => lane.toString(16).padStart(8, "0")).join("");
}

/** Two lanes of 32 bits (cyrb53 by bryc, in the public domain). Clients bring back what is made of it: it stays as it is. */
function mix(text: string): readonly [number, number] {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    two = Math.imul(two ^ unit, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^
    Math.imul(two ^ (two >>> 13), 0xc2b2ae35);
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^
    Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return [one >>> 0, two >>> 0];
}
