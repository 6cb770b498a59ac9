/** The presence of a single node: leases in its memory. */

import type { Clock } from "../base/clock.ts";
import type { ClientInfo } from "../base/publication.ts";
import { type Presence, PRESENCE_TTL_MS, type PresenceStats } from "./types.ts";

interface Lease {
  readonly info: ClientInfo;
  /** On the scale of `Clock.now`. */
  readonly expiresAt: number;
}

/** Options of a presence in memory. */
export interface MemoryPresenceOptions {
  /** Clock for the leases. */
  readonly clock: Clock;
  /**
   * Duration of a lease in milliseconds.
   * @default {30_000}
   */
  readonly ttlMs?: number;
}

/** Keeps leases without a timer: each read of a channel drops the expired ones. */
export class MemoryPresence implements Presence {
  readonly ttlMs: number;
  readonly #clock: Clock;
  readonly #channels = new Map<string, Map<string, Lease>>();
  #sweepAt: number;

  /** Makes an empty presence. */
  constructor({ clock, ttlMs = PRESENCE_TTL_MS }: MemoryPresenceOptions) {
    this.#clock = clock;
    this.ttlMs = ttlMs;
    this.#sweepAt = clock.now + ttlMs;
  }

  /** Number of channels in memory: those with a lease, also with one that has expired and was not read since. */
  get size(): number {
    return this.#channels.size;
  }

  add(channel: string, info: ClientInfo): Promise<void> {
    this.#sweep();
    const leases = this.#channels.get(channel) ?? new Map<string, Lease>();
    const expiresAt = this.#clock.now + this.ttlMs;
    leases.set(info.client, { info, expiresAt });
    this.#channels.set(channel, leases);
    return Promise.resolve();
  }

  remove(channel: string, client: string): Promise<void> {
    const leases = this.#channels.get(channel);
    leases?.delete(client);
    if (leases?.size === 0) this.#channels.delete(channel);
    return Promise.resolve();
  }

  get(channel: string): Promise<ReadonlyMap<string, ClientInfo>> {
    const infos = new Map<string, ClientInfo>();
    for (const { info } of this.#live(channel)) infos.set(info.client, info);
    return Promise.resolve(infos);
  }

  stats(channel: string): Promise<PresenceStats> {
    const users = new Set<string>();
    let clients = 0;
    for (const { info } of this.#live(channel)) {
      clients++;
      users.add(info.user);
    }
    return Promise.resolve({ clients, users: users.size });
  }

  close(): Promise<void> {
    this.#channels.clear();
    return Promise.resolve();
  }

  #live(channel: string): Iterable<Lease> {
    const leases = this.#channels.get(channel);
    if (leases === undefined) return [];
    this.#expire(channel, leases);
    return leases.values();
  }

  #expire(channel: string, leases: Map<string, Lease>): void {
    const { now } = this.#clock;
    for (const [client, { expiresAt }] of leases) {
      if (expiresAt <= now) leases.delete(client);
    }
    if (leases.size === 0) this.#channels.delete(channel);
  }

  /** Drops the expired leases of channels that are not read, once in the duration of a lease. */
  #sweep(): void {
    if (this.#clock.now < this.#sweepAt) return;
    this.#sweepAt = this.#clock.now + this.ttlMs;
    for (const [channel, leases] of this.#channels) {
      this.#expire(channel, leases);
    }
  }
}
