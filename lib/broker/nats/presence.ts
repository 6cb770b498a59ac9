/** The presence of nodes that share a NATS. */

import { BrokerAwayError } from "../../base/errors.ts";
import { type ClientInfo, isClientInfo } from "../../base/publication.ts";
import {
  type Presence,
  PRESENCE_TTL_MS,
  type PresenceStats,
} from "../../presence/types.ts";
import type { NatsStore } from "./store.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NOTHING = new Uint8Array();

/** Options of a presence in NATS. */
export interface NatsPresenceOptions {
  /** The streams of the hub; that of the leases drops each after `ttlMs`. */
  readonly store: NatsStore;
  /**
   * Duration of a lease in milliseconds.
   * @default {30_000}
   */
  readonly ttlMs?: number;
}

/**
 * Keeps leases as messages, one for each client of a channel, which the stream drops by
 * their age. A client that is removed leaves a message without an info, so that adding
 * and removing keep their order.
 */
export class NatsPresence implements Presence {
  readonly ttlMs: number;
  readonly #store: NatsStore;

  /** Makes a presence on the streams of a hub. */
  constructor({ store, ttlMs = PRESENCE_TTL_MS }: NatsPresenceOptions) {
    this.#store = store;
    this.ttlMs = ttlMs;
  }

  async add(channel: string, info: ClientInfo): Promise<void> {
    await this.#set(channel, info.client, encoder.encode(JSON.stringify(info)));
  }

  async remove(channel: string, client: string): Promise<void> {
    await this.#set(channel, client, NOTHING);
  }

  async get(channel: string): Promise<ReadonlyMap<string, ClientInfo>> {
    const { jetStream, subjects } = this.#ready();
    const messages = await jetStream.readNewest(
      subjects.leases,
      subjects.lease(channel),
    );
    const infos = messages.filter(({ data }) => data.length > 0)
      .map(({ data }) => parseInfo(data));
    return new Map(infos.map((info) => [info.client, info]));
  }

  async stats(channel: string): Promise<PresenceStats> {
    const infos = [...(await this.get(channel)).values()];
    const users = new Set(infos.map(({ user }) => user));
    return { clients: infos.length, users: users.size };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #set(
    channel: string,
    client: string,
    data: Uint8Array,
  ): Promise<void> {
    const { jetStream, subjects } = this.#ready();
    await jetStream.store(subjects.lease(channel, client), data);
  }

  #ready(): NatsStore {
    if (this.#store.link.ready) return this.#store;
    throw new BrokerAwayError("Cannot reach the presence: NATS is away");
  }
}

/** @throws {SyntaxError} If `add` did not write it. */
function parseInfo(data: Uint8Array): ClientInfo {
  const json: unknown = JSON.parse(decoder.decode(data));
  if (isClientInfo(json)) return json;
  throw new SyntaxError("Cannot read a presence: no hub wrote the lease");
}
