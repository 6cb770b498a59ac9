/** A PostgreSQL with an outbox, and the hubs that read it. */

import postgres from "postgres";
import {
  type BridgeSource,
  createHub,
  type EmbeddedHub,
  postgresOutbox,
} from "../../lib/mod.ts";
import { systemClock } from "../../lib/base/clock.ts";
import type { Broker } from "../../lib/broker/types.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import { eventually } from "../support/eventually.ts";

/** A client of an application, and hubs that read its outbox. */
export function stage(
  url: string,
  hubs: number,
): AsyncDisposable & { sql: postgres.Sql; hubs: EmbeddedHub[] } {
  const stack = new AsyncDisposableStack();
  const sql = postgres(url, { max: 8, onnotice: () => {}, backoff: () => 1 });
  stack.defer(() => sql.end({ timeout: 5 }));
  return {
    sql,
    hubs: Array.from({ length: hubs }, () => {
      const from = postgresOutbox(url);
      const bridge = { sources: [{ from, channel: "{key}" }] };
      const hub = createHub({ access: "anonymous", bridge });
      stack.defer(() => hub.drain());
      return hub;
    }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** A hub with a broker of the test's own that reads an outbox. */
export function hubWith(broker: Broker, from: BridgeSource): EmbeddedHub {
  const clock = systemClock;
  return createHub({
    access: "anonymous",
    broker: {
      open: () => ({ broker, presence: new MemoryPresence({ clock }) }),
    },
    bridge: { sources: [{ from, channel: "{key}" }] },
  });
}

/** Data of the newest publications of a channel. */
export async function kept(
  hub: EmbeddedHub,
  channel: string,
): Promise<unknown[]> {
  const { publications } = await hub.history(channel);
  return publications.map(({ data }) => data);
}

/** Waits until the table is there and empty. */
export async function isEmpty(sql: postgres.Sql): Promise<void> {
  await eventually(async () => {
    const [{ there }] =
      await sql`select to_regclass('thrum_outbox') as there` as unknown as [
        { there: string | null },
      ];
    if (there === null) return false;
    return (await sql`select 1 from thrum_outbox limit 1`).length === 0;
  }, { awaited: "an empty outbox", timeoutMs: 30_000 });
}
