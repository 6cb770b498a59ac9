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
  /** Those whose connection the hub has closed some time ago, and whose client does not let go. */
  zombies = 0;
  readonly #maxConnections: number;
  readonly #maxZombies: number;

  /** Makes room for `maxConnections` transports, unless there are more than `maxZombies` zombies. */
  constructor(maxConnections: number, maxZombies = Infinity) {
    this.#maxConnections = maxConnections;
    this.#maxZombies = maxZombies;
  }

  /** True if every place is taken, or there are too many zombies. */
  get full(): boolean {
    return this.count >= this.#maxConnections ||
      this.zombies > this.#maxZombies;
  }

  /** Takes a place; `false` if all are taken. */
  enter(): boolean {
    return !this.full && this.#enter(this.#maxConnections);
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
