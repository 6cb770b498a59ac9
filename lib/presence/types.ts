/** The presence port: who is in a channel, on all nodes. */

import type { ClientInfo } from "../base/publication.ts";

/** Default duration of a lease in milliseconds. */
export const PRESENCE_TTL_MS = 30_000;

/** Numbers of the clients in a channel. */
export interface PresenceStats {
  /** Number of connections. */
  readonly clients: number;
  /** Number of distinct values of {@linkcode ClientInfo.user}. */
  readonly users: number;
}

/**
 * Knows who is in a channel, by leases: a client is in it until it is removed, or
 * until its node has not added it again for `ttlMs`, as when the node died. Calls
 * of one caller take effect in the order of the calls.
 */
export interface Presence {
  /** Duration of a lease in milliseconds. A node adds its clients again well before its end. */
  readonly ttlMs: number;
  /**
   * Adds a client to a channel, or renews its lease and replaces its info. So a store
   * that has lost its data is complete again within the duration of a lease.
   */
  add(channel: string, info: ClientInfo): Promise<void>;
  /** Removes a client, by its id, from a channel at once. */
  remove(channel: string, client: string): Promise<void>;
  /** Returns the clients in a channel by their ids; later calls do not change the result. */
  get(channel: string): Promise<ReadonlyMap<string, ClientInfo>>;
  /** Counts the clients in a channel. */
  stats(channel: string): Promise<PresenceStats>;
  /** Ends the presence; nothing of it keeps the process alive. The leases of other nodes stay. */
  close(): Promise<void>;
}
