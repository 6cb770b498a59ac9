/** Outbox of the PostgreSQL at a URL, with connections of its own while it is read. */

import { postgresOutbox } from "../lib/bridge/postgres_outbox.ts";
import type { BridgeSource } from "../lib/bridge/types.ts";
import { parsePostgresUrl } from "../lib/broker/postgres/url.ts";

/** Seconds in which a connection has to be there, and between two attempts. */
const CONNECT_WITHIN_S = 5;
const AGAIN_AFTER_S = 1;
/** Seconds for the end of the connections; a hub that ends has no more time. */
const END_WITHIN_S = 1;

/** Makes a source; it connects when it is run. */
export function outboxAt(url: string, table: string): BridgeSource {
  const parsed = parsePostgresUrl(url);
  return {
    name: `postgres ${table}`,
    async run(take, signal, onError) {
      const { default: postgres } = await import("postgres");
      const sql = postgres({
        host: parsed.host,
        port: parsed.port,
        user: parsed.user,
        pass: parsed.password,
        database: parsed.database,
        ssl: parsed.sslMode === "disable" ? false : parsed.sslMode,
        max: 1,
        prepare: !parsed.pooler,
        connect_timeout: CONNECT_WITHIN_S,
        backoff: () => AGAIN_AFTER_S,
        connection: { application_name: "thrum" },
        onnotice: () => {},
      });
      try {
        await postgresOutbox(sql, { table }).run(take, signal, onError);
      } finally {
        await sql.end({ timeout: END_WITHIN_S });
      }
    },
  };
}
