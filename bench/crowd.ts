/** Many raw connections that open, fail and close as one. */

import { RawConnection } from "./raw_connection.ts";

// More at once than this only waits in the accept queue.
const OPENING_AT_ONCE = 64;

/** Options of {@linkcode Crowd.open}. */
export interface CrowdOptions {
  readonly size: number;
  readonly port: number;
  readonly path: string;
  /** Size of each connection's read buffer. */
  readonly readBufferBytes?: number;
}

/** Connections of one run. */
export class Crowd implements Disposable {
  /** Rejects when the first connection fails. */
  readonly failed: Promise<never>;
  readonly #connections: RawConnection[] = [];
  readonly #failure = Promise.withResolvers<never>();
  #failures = 0;

  private constructor() {
    this.failed = this.#failure.promise;
    // A failure counts when a run races against it, not before.
    this.failed.catch(() => {});
  }

  /** Opens `size` connections to one path of a server. */
  static async open(options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd();
    let left = options.size;
    const openSome = async () => {
      while (left-- > 0) crowd.#add(await RawConnection.open(options));
    };
    try {
      await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openSome));
    } catch (error) {
      left = 0;
      crowd[Symbol.dispose]();
      throw error;
    }
    return crowd;
  }

  /** The connections, in no particular order. */
  get connections(): readonly RawConnection[] {
    return this.#connections;
  }

  /** How many connections the server ended. */
  get failures(): number {
    return this.#failures;
  }

  /** Closes all connections. */
  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close();
  }

  #add(connection: RawConnection): void {
    connection.onFailure = (error) => {
      this.#failures += 1;
      this.#failure.reject(error);
    };
    this.#connections.push(connection);
  }
}
