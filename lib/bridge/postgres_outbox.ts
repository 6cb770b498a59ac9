/** A table of PostgreSQL as source: an outbox, into which an application writes within its own transactions. */

import { namesOf, requireKnown } from "../base/options.ts";
import type { Clock } from "../base/clock.ts";
import { type CreateClient, loadClient } from "../broker/postgres/client.ts";
import { parsePostgresUrl, type PostgresUrl } from "../broker/postgres/url.ts";
import { refuse, requireNumbers } from "../limits/check_limits.ts";
import { OutboxReader } from "./outbox_reader.ts";
import { isOutboxName, OUTBOX_NAME_RULE } from "./outbox_table.ts";
import type { BridgeSource } from "./types.ts";

/** Options of {@linkcode postgresOutbox}. */
export interface OutboxOptions {
  /**
   * Name of the table, with its schema if it is not the first one. It is made where it
   * is missing.
   * @default {"thrum_outbox"}
   */
  readonly table?: string;
  /**
   * Milliseconds between two looks at the table. A notification of PostgreSQL asks for
   * one at once; without it, as behind some poolers, rows wait for so long.
   * @default {1_000}
   */
  readonly pollMs?: number;
  /**
   * Milliseconds for which rows are tried in one transaction. It holds a connection and
   * keeps PostgreSQL from cleaning up, so it ends while the hub's broker is away, and
   * another one begins after a pause, on any node.
   * @default {10_000}
   */
  readonly publishWithinMs?: number;
  /**
   * Source of time.
   * @default {systemClock}
   */
  readonly clock?: Clock;
}

const OUTBOX_OPTIONS = namesOf<OutboxOptions>({
  table: true,
  pollMs: true,
  publishWithinMs: true,
  clock: true,
});

/**
 * A table as a source. An application inserts a row in its own transaction: what is
 * rolled back is never published, what is committed is published at least once, in the
 * order of the ids among what is committed, and deleted then. One node at a time reads it, for its order, over
 * a connection of its own.
 *
 * @example
 * ```ts ignore
 * const from = postgresOutbox("postgres://user:password@localhost:5432/app");
 * const hub = createHub({
 *   access: "anonymous",
 *   bridge: { sources: [{ from, channel: "{key}" }] },
 * });
 * ```
 *
 * ```sql
 * insert into thrum_outbox (channel, data) values ('news', '{"n":1}');
 * ```
 *
 * @param url `postgres://user:password@host:5432/database`, with the options `sslmode`
 * and, behind a pooler of transactions, `pooler=true`: there, rows wait for a look.
 * @throws {TypeError} If the URL is not one of PostgreSQL, the table has another name than one of lower-case letters, digits and _, or an option does not exist or is of another type.
 * @throws {RangeError} If a number is out of its range.
 */
export function postgresOutbox(
  url: string,
  options: OutboxOptions = {},
): BridgeSource {
  requireKnown("read an outbox", options, OUTBOX_OPTIONS);
  const { table = "thrum_outbox", pollMs, publishWithinMs } = options;
  requireNumbers("read an outbox", { pollMs, publishWithinMs });
  for (const [name, value] of Object.entries({ pollMs, publishWithinMs })) {
    if (value !== 0) continue;
    refuse("read an outbox", { name, value, expected: "a time above 0" });
  }
  if (!isOutboxName(table)) {
    throw new TypeError(
      `Cannot use the outbox "${table}": expected ${OUTBOX_NAME_RULE}`,
    );
  }
  const parts = parseOutboxUrl(url);
  let client: Promise<CreateClient> | undefined;
  // One that was there and is gone is not made again: it may be the application's.
  let isNew = true;
  return {
    name: `postgres ${table}`,
    async run(take, signal) {
      // Its statements name no schema of a hub.
      const createClient = await (client ??= loadClient(parts, "thrum"));
      const listens = !parts.pooler;
      const reader = new OutboxReader({
        ...options,
        table,
        listens,
        createClient,
        mayMake: isNew,
        onFound: () => isNew = false,
      });
      await reader.run(take, signal);
    },
  };
}

/** @throws {TypeError} If the URL is not one of PostgreSQL, or has options of a hub. */
function parseOutboxUrl(url: string): PostgresUrl {
  // Of a program without types.
  if (typeof url !== "string") {
    throw new TypeError(
      "Cannot read an outbox: expected the URL of its PostgreSQL",
    );
  }
  if (/[?&]connections=/.test(url)) {
    throw new TypeError(
      "Cannot use the URL of PostgreSQL for an outbox: expected no connections, of which a source has one",
    );
  }
  return parsePostgresUrl(url);
}
