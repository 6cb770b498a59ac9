/** How many transports this node holds open, and whether one more may come. */

/**
 * Counts transports from the handshake to their very end. A client that stops
 * reading cannot be cut off: its transport counts until the network gives it up,
 * although the hub has forgotten the connection.
 */
export class Admission {
  /** Transports that have entered and not left. */
  count = 0;
  readonly #maxConnections: number;

  /** Makes room for `maxConnections` transports. */
  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections;
  }

  /** Whether every place is taken. */
  get full(): boolean {
    return this.count >= this.#maxConnections;
  }

  /** Takes a place; `false` when there is none. */
  enter(): boolean {
    if (this.full) return false;
    this.count++;
    return true;
  }

  /** Gives a place back. */
  leave(): void {
    this.count--;
  }
}
