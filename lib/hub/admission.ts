/** Count of the transports that this node holds open, and its bound. */

/** Places beyond the bound, for transports that end with their request. */
const RESERVE = 64;

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

  /** True if every place is taken. */
  get full(): boolean {
    return this.count >= this.#maxConnections;
  }

  /** Takes a place; `false` if all are taken. */
  enter(): boolean {
    return this.#enter(this.#maxConnections);
  }

  /**
   * Takes a place for a single request, also where every place is taken: clients
   * that hold one have to be able to send. `false` when the reserve of 64 is used up too.
   */
  enterBriefly(): boolean {
    return this.#enter(this.#maxConnections + RESERVE);
  }

  /** Gives a place back. */
  leave(): void {
    this.count--;
  }

  #enter(places: number): boolean {
    if (this.count >= places) return false;
    this.count++;
    return true;
  }
}
