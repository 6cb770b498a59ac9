/** Proofs of what the documentation says of outboxes. */

import { assertEquals } from "@std/assert";
import postgres from "postgres";
import { createHub, postgresOutbox } from "../../lib/mod.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer } from "../support/postgres_server.ts";

/** A row of an outbox is published. */
export async function assertFillsOutbox(text: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await PostgresServer.start());
  const sql = postgres(server.url, { onnotice: () => {} });
  stack.defer(() => sql.end());
  const from = postgresOutbox(sql);
  const bridge = { sources: [{ from, channel: "{key}" }] };
  const hub = stack.use(createHub({ access: "anonymous", bridge }));
  await eventually(async () => {
    const [row] = await sql`select to_regclass('thrum_outbox') as outbox`;
    return row?.outbox !== null;
  }, { awaited: "the outbox", timeoutMs: 30_000 });
  await sql.unsafe(text);
  await eventually(
    async () => (await hub.history("news")).publications.length > 0,
    { awaited: "the publication", timeoutMs: 30_000 },
  );
  const { publications } = await hub.history("news");
  assertEquals(publications.map(({ data }) => data), [{ headline: "hello" }]);
}
