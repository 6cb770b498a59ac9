/** The outbox: what an application commits to its database is published, what it rolls back is not. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import postgres from "postgres";
import { createHub, type EmbeddedHub, postgresOutbox } from "../../lib/mod.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";

const { missing } = requirePostgres();

/** A client, and hubs that read its outbox. */
function stage(
  url: string,
  hubs: number,
): AsyncDisposable & { sql: postgres.Sql; hubs: EmbeddedHub[] } {
  const stack = new AsyncDisposableStack();
  const sql = postgres(url, { max: 8, onnotice: () => {} });
  stack.defer(() => sql.end());
  return {
    sql,
    hubs: Array.from({ length: hubs }, () => {
      const from = postgresOutbox(sql);
      const bridge = { sources: [{ from, channel: "{key}" }] };
      const hub = createHub({ access: "anonymous", bridge });
      stack.defer(() => hub.drain());
      return hub;
    }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function kept(hub: EmbeddedHub, channel: string): Promise<unknown[]> {
  const { publications } = await hub.history(channel);
  return publications.map(({ data }) => data);
}

/** Waits until the table is there and empty. */
async function isEmpty(sql: postgres.Sql): Promise<void> {
  await eventually(async () => {
    const [{ there }] =
      await sql`select to_regclass('thrum_outbox') as there` as unknown as [
        { there: string | null },
      ];
    if (there === null) return false;
    return (await sql`select 1 from thrum_outbox limit 1`).length === 0;
  }, { awaited: "an empty outbox", timeoutMs: 30_000 });
}

Deno.test({
  name:
    "What a transaction commits is published once, in its order, with its tags; what it rolls back is not",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 1);
    const { sql, hubs: [hub] } = setting;
    assert(hub);
    await isEmpty(sql);
    await sql.begin(async (transaction) => {
      await transaction`insert into thrum_outbox (channel, data, tags) values ('news', '{"n":1}', '{"kind":"a"}')`;
      await transaction`insert into thrum_outbox (channel, data) values ('news', 'text'), ('other', '3')`;
      await transaction`insert into thrum_outbox (channel, data, idempotency_key) values ('news', '4', 'k'), ('news', '4', 'k')`;
    });
    await sql.begin(async (transaction) => {
      await transaction`insert into thrum_outbox (channel, data) values ('news', 'never')`;
      throw new Error("rolled back");
    }).catch(() => {});
    await isEmpty(sql);
    assertEquals(await kept(hub, "news"), [{ n: 1 }, "text", 4]);
    assertEquals(await kept(hub, "other"), [3]);
    const [{ tags } = { tags: {} }] = (await hub.history("news")).publications;
    assertEquals(tags, { kind: "a" });
  },
});

Deno.test({
  name:
    "A row is not taken for an earlier one whose id it has, as after a truncate",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 1);
    const { sql, hubs: [hub] } = setting;
    assert(hub);
    await isEmpty(sql);
    for (const data of ["1", "2"]) {
      await sql`insert into thrum_outbox (channel, data) values ('news', ${data})`;
      await isEmpty(sql);
      await sql`truncate thrum_outbox restart identity`;
    }
    assertEquals(await kept(hub, "news"), [1, 2]);
  },
});

Deno.test({
  name:
    "Of several nodes one reads at a time: each row is published once, and a channel keeps its order",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 3);
    const { sql, hubs } = setting;
    await isEmpty(sql);
    for (let part = 0; part < 10; part++) {
      await sql`insert into thrum_outbox (channel, data)
        select 'news', n::text from generate_series(${part * 100 + 1}::int, ${
        part * 100 + 100
      }::int) n`;
    }
    await isEmpty(sql);
    const all: number[] = [];
    for (const hub of hubs) {
      const { position } = await hub.history("news", { limit: 0 });
      const own = await kept(hub, "news") as number[];
      // A history keeps the newest hundred of them.
      assertEquals(own, own.toSorted((a, b) => a - b));
      all.push(position.offset);
    }
    assertEquals(all.reduce((sum, count) => sum + count), 1_000);
  },
});

Deno.test("The name of an outbox is one that needs no quotation marks", () => {
  const sql = {} as unknown as postgres.Sql;
  for (const table of ["", "A", "a b", "a;b", 'a"b', "a.b.c", "1a"]) {
    assertThrows(() => postgresOutbox(sql, { table }), TypeError, "expected");
  }
  assertEquals(
    postgresOutbox(sql, { table: "app.out_1" }).name,
    "postgres app.out_1",
  );
});
