/** Proofs of what the documentation says of outboxes. */

import { assertEquals } from "@std/assert";
import { createHub, postgresOutbox } from "../../lib/mod.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer } from "../support/postgres_server.ts";

/** A row of an outbox is published. */
export async function assertFillsOutbox(text: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await PostgresServer.start());
  const from = postgresOutbox(server.url);
  const bridge = { sources: [{ from, channel: "{key}" }] };
  const hub = stack.use(createHub({ access: "anonymous", bridge }));
  await eventually(async () => {
    const find = "select to_regclass('thrum_outbox')";
    return (await server.query(find)).includes("thrum_outbox");
  }, { awaited: "the outbox", timeoutMs: 30_000 });
  await server.query(text);
  await eventually(
    async () => (await hub.history("news")).publications.length > 0,
    { awaited: "the publication", timeoutMs: 30_000 },
  );
  const { publications } = await hub.history("news");
  assertEquals(publications.map(({ data }) => data), [{ headline: "hello" }]);
}
