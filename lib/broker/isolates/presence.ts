/** Presence of all isolates of a process, whose leases the sequencer keeps. */

import type { ClientInfo } from "../../base/publication.ts";
import type { Presence, PresenceStats } from "../../presence/types.ts";
import type { Follower } from "./follower.ts";
import type { Sequencer } from "./sequencer.ts";

/** Options of {@linkcode IsolatesPresence}. */
export interface IsolatesPresenceOptions {
  /** Milliseconds that a lease lasts. */
  readonly ttlMs: number;
  /** Sequencer of this node, if it is the one. */
  readonly sequencer: () => Sequencer | undefined;
  /** Calls of this node otherwise. */
  readonly follower: Follower;
}

/** Calls the sequencer, by the link of the broker where that is another node. */
export class IsolatesPresence implements Presence {
  readonly ttlMs: number;
  readonly #options: IsolatesPresenceOptions;

  /** Creates the presence that belongs to a broker. */
  constructor(options: IsolatesPresenceOptions) {
    this.ttlMs = options.ttlMs;
    this.#options = options;
  }

  add(channel: string, info: ClientInfo): Promise<void> {
    const { sequencer, follower } = this.#options;
    return sequencer()?.add(channel, info) ?? follower.add({ channel, info });
  }

  remove(channel: string, client: string): Promise<void> {
    const { sequencer, follower } = this.#options;
    return sequencer()?.remove(channel, client) ??
      follower.remove(channel, client);
  }

  async get(channel: string): Promise<ReadonlyMap<string, ClientInfo>> {
    const { sequencer, follower } = this.#options;
    const own = sequencer();
    if (own !== undefined) return await own.presence.get(channel);
    const infos = await follower.request(["get", channel]);
    return new Map(infos.map((info) => [info.client, info]));
  }

  stats(channel: string): Promise<PresenceStats> {
    const { sequencer, follower } = this.#options;
    return sequencer()?.presence.stats(channel) ??
      follower.request(["stats", channel]);
  }

  /** Ends nothing: the broker ends the link. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
