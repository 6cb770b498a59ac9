/** The presence of nodes that share a PostgreSQL. */

import { type Deferred, deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import { type ClientInfo, isClientInfo } from "../../base/publication.ts";
import {
  type Presence,
  PRESENCE_TTL_MS,
  type PresenceStats,
} from "../../presence/types.ts";
import type { Value } from "./client.ts";
import { escapeName, toArray } from "./codec.ts";
import { Lane } from "./lane.ts";
import type { PostgresLink } from "./link.ts";

/** Options of a presence in PostgreSQL. */
export interface PostgresPresenceOptions {
  /** Link to PostgreSQL, which the presence neither opens nor closes. */
  readonly link: PostgresLink;
  readonly clock: Clock;
  /**
   * Duration of a lease in milliseconds of the clock of PostgreSQL.
   * @default {30_000}
   */
  readonly ttlMs?: number;
}

/** A lease that is to be renewed, or without info removed. */
interface Change extends Deferred<void> {
  readonly topic: string;
  readonly client: string;
  readonly info: ClientInfo | undefined;
}

/** Keeps leases in PostgreSQL. A node that dies does not renew them, so its clients are removed after `ttlMs`. */
export class PostgresPresence implements Presence {
  readonly ttlMs: number;
  readonly #link: PostgresLink;
  readonly #changes: Lane<Change>;

  /** Makes a presence on a link. */
  constructor(
    { link, clock, ttlMs = PRESENCE_TTL_MS }: PostgresPresenceOptions,
  ) {
    this.#link = link;
    this.ttlMs = ttlMs;
    this.#changes = new Lane({
      clock,
      serve: (batch) => this.#serve(batch),
    });
  }

  add(channel: string, info: ClientInfo): Promise<void> {
    return this.#change(channel, info.client, info);
  }

  remove(channel: string, client: string): Promise<void> {
    return this.#change(channel, client, undefined);
  }

  async get(channel: string): Promise<ReadonlyMap<string, ClientInfo>> {
    const rows = await this.#link.run(
      "select * from thrum.leases_of($1::text)",
      [escapeName(channel)],
    );
    const infos = rows.map(([text]) => parseInfo(text));
    return new Map(infos.map((info) => [info.client, info]));
  }

  async stats(channel: string): Promise<PresenceStats> {
    const [[clients, users] = []] = await this.#link.run(
      "select * from thrum.count_leases($1::text)",
      [escapeName(channel)],
    );
    return { clients: Number(clients), users: Number(users) };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #change(
    channel: string,
    client: string,
    info: ClientInfo | undefined,
  ): Promise<void> {
    const { promise, ...ends } = deferred();
    const topic = escapeName(channel);
    this.#changes.add({ topic, client, info, promise, ...ends });
    return promise;
  }

  async #serve(batch: readonly Change[]): Promise<void> {
    // The last change of a lease counts.
    const last = new Map(
      batch.map((change) => [
        JSON.stringify([change.topic, change.client]),
        change,
      ]),
    );
    const changes = [...last.values()];
    const column = (read: (change: Change) => Value) =>
      toArray(changes.map(read));
    try {
      await this.#link.run(
        "select thrum.change_leases($1::int, $2::text[], $3::text[], $4::text[], $5::text[])",
        [
          this.ttlMs,
          column(({ topic }) => topic),
          column(({ client }) => escapeName(client)),
          column(({ info }) => escapeName(info?.user ?? "")),
          column(({ info }) =>
            info === undefined ? null : JSON.stringify(info)
          ),
        ],
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

/** @throws {SyntaxError} If `add` did not write the text. */
function parseInfo(text: Value | undefined): ClientInfo {
  const info: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
  if (isClientInfo(info)) return info;
  throw new SyntaxError(
    "Cannot read a presence: the result of PostgreSQL is invalid",
  );
}
