/** Which node has put whom where, as the sequencer sees it. */

import type { Held, Lease } from "./messages.ts";

/** The leases of the other nodes; a member stands for one. */
export class Leases<M> {
  /** By channel, then by client, who has put it there last. */
  readonly #owners = new Map<string, Map<string, M>>();

  /** How many there are. */
  get size(): number {
    let size = 0;
    for (const owners of this.#owners.values()) size += owners.size;
    return size;
  }

  /** Takes note that a member, or the own node, has put a client into a channel. */
  enter({ channel, info }: Lease, member: M | undefined): void {
    if (member === undefined) return this.leave(channel, info.client);
    const owners = this.#owners.get(channel) ?? new Map<string, M>();
    owners.set(info.client, member);
    this.#owners.set(channel, owners);
  }

  /** Takes note that a client is not in a channel any more. */
  leave(channel: string, client: string): void {
    const owners = this.#owners.get(channel);
    owners?.delete(client);
    if (owners?.size === 0) this.#owners.delete(channel);
  }

  /** Removes what a member does not hold any more, and calls back with each. */
  removeAll(
    member: M,
    { but, onRemove }: {
      readonly but: Held["leases"];
      readonly onRemove: (channel: string, client: string) => void;
    },
  ): void {
    const kept = new Map<string, Set<string>>();
    for (const { channel, info } of but) {
      const clients = kept.get(channel) ?? new Set<string>();
      kept.set(channel, clients.add(info.client));
    }
    // That is seldom, so nodes need no list of their leases.
    for (const [channel, owners] of this.#owners) {
      for (const [client, owner] of owners) {
        if (owner !== member || kept.get(channel)?.has(client)) continue;
        this.leave(channel, client);
        onRemove(channel, client);
      }
    }
  }
}
