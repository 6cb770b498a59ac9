/** Hashes of texts (FNV-1a): two texts rarely have the same hash. Not for secrets. */

/** Basis and prime of FNV-1a with 64 bits (Fowler, Noll, Vo); the prime is without its term 2^40. */
const BASIS = { high: 0xcbf29ce4, low: 0x84222325 };
const PRIME = 0x1b3;
const WORD = 2 ** 32;

const encoder = new TextEncoder();

/** Hash of a text in 32 bits, as a whole number. */
export function hash32(text: string): number {
  const { high, low } = fnv1a(text);
  return (high ^ low) >>> 0;
}

/** Hash of a text in 64 bits, as 16 hexadecimal digits. */
export function hash64(text: string): string {
  const { high, low } = fnv1a(text);
  return [high, low].map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** Hash in two words of 32 bits, because numbers are exact only up to 53 bits. */
function fnv1a(text: string): { readonly high: number; readonly low: number } {
  let { high, low } = BASIS;
  for (const byte of encoder.encode(text)) {
    low = (low ^ byte) >>> 0;
    const product = low * PRIME;
    high = (high * PRIME + Math.floor(product / WORD) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return { high, low };
}
