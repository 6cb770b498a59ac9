/** The presence port: who is in a channel, on all nodes. */

import type { ClientInfo } from "../base/publication.ts";

/** How long a lease lasts unless somebody says otherwise, in milliseconds. */
export const PRESENCE_TTL_MS = 30_000;

/** How many are in a channel. */
export interface PresenceStats {
  /** Connections that are in it. */
  readonly clients: number;
  /** Distinct values of {@linkcode ClientInfo.user}. */
  readonly users: number;
}

/**
 * Knows who is in a channel, by leases: a client is in it until it is removed, or
 * until its node has not added it again for `ttlMs`, as when the node died. Calls
 * of one caller take effect in the order of the calls.
 */
export interface Presence {
  /** How long a lease lasts, in milliseconds. A node adds its clients again well before that. */
  readonly ttlMs: number;
  /**
   * Puts a client into a channel. For one that is there it renews the lease and
   * replaces what is known of it, so that a store that has lost its memory learns
   * everything again within a lease.
   */
  add(channel: string, info: ClientInfo): Promise<void>;
  /** Takes a client, by its id, out of a channel at once. */
  remove(channel: string, client: string): Promise<void>;
  /** Who is in a channel, by their ids; later calls do not change the answer. */
  get(channel: string): Promise<ReadonlyMap<string, ClientInfo>>;
  /** How many are in a channel. */
  stats(channel: string): Promise<PresenceStats>;
  /** Ends the presence; nothing of it keeps the process alive. The leases of others stand. */
  close(): Promise<void>;
}
