/** Connections whose clients speak by requests of their own, found by a name that nobody can guess. */

import type { Random } from "../base/random.ts";
import type { Connection } from "./connection.ts";

/** This node's sessions. The hub closes those of connections that end. */
export class Sessions {
  readonly #connections = new Map<string, Connection>();
  readonly #random: Random;

  /** Takes the chance that names are drawn from. */
  constructor(random: Random) {
    this.#random = random;
  }

  /** Gives a connection a session. Its id will not do: others in its channels see that. */
  open(connection: Connection): void {
    const session = this.#random.uuid();
    connection.session = session;
    this.#connections.set(session, connection);
  }

  /** The connection of a session, until it ends. */
  find(session: string): Connection | undefined {
    return this.#connections.get(session);
  }

  /** Forgets the session of a connection, if it has one. */
  close({ session }: Connection): void {
    if (session !== undefined) this.#connections.delete(session);
  }
}
