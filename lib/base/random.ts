/** The random port: components take randomness from it, so that a simulation can replay it. */

/** Source of random values. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  number(): number;
  /** A random UUID (RFC 9562, version 4). */
  uuid(): string;
}

/** The machine's own randomness. */
export const systemRandom: Random = {
  number: () => Math.random(),
  uuid: () => crypto.randomUUID(),
};
