/** The presence of all nodes of a process, whose leases the sequencer keeps. */

import type { Presence, PresenceStats } from "../../presence/types.ts";
import type { ClientInfo } from "../../base/publication.ts";
import { readDone, readPresent, readStats } from "./answers.ts";
import type { Holdings } from "./holdings.ts";
import type { Answer, Request } from "./messages.ts";

/** What the presence works with. */
export interface SharedPresenceOptions {
  /** How long a lease lasts, in milliseconds. */
  readonly ttlMs: number;
  /** Keeps what a new sequencer has to be told. */
  readonly holdings: Holdings;
  /** Asks the sequencer. */
  readonly ask: <T>(
    request: Request,
    read: (answer: Answer) => T,
  ) => Promise<T>;
}

/** Asks the sequencer, over the link of the broker. */
export class SharedPresence implements Presence {
  readonly ttlMs: number;
  readonly #options: SharedPresenceOptions;

  constructor(options: SharedPresenceOptions) {
    this.ttlMs = options.ttlMs;
    this.#options = options;
  }

  add(channel: string, info: ClientInfo): Promise<void> {
    const { holdings, ask } = this.#options;
    holdings.enter({ channel, info });
    return ask({ type: "enter", channel, info }, readDone);
  }

  remove(channel: string, client: string): Promise<void> {
    const { holdings, ask } = this.#options;
    holdings.leave(channel, client);
    return ask({ type: "leave", channel, client }, readDone);
  }

  get(channel: string): Promise<ReadonlyMap<string, ClientInfo>> {
    return this.#options.ask({ type: "present", channel }, readPresent);
  }

  stats(channel: string): Promise<PresenceStats> {
    return this.#options.ask({ type: "stats", channel }, readStats);
  }

  /** Nothing to end: the broker ends the link. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
