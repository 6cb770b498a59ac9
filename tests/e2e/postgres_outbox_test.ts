/** The outbox: what an application commits to its database is published, what it rolls back is not. */

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import postgres from "postgres";
import {
  type BridgeSource,
  createHub,
  type EmbeddedHub,
  postgresOutbox,
} from "../../lib/mod.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { deferred } from "../../lib/base/deferred.ts";
import type { Broker } from "../../lib/broker/types.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import { memoryBroker } from "../support/memory_broker.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";

const { missing } = requirePostgres();

/** A client of an application, and hubs that read its outbox. */
function stage(
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
function hubWith(broker: Broker, from: BridgeSource): EmbeddedHub {
  const clock = systemClock;
  return createHub({
    access: "anonymous",
    broker: {
      open: () => ({ broker, presence: new MemoryPresence({ clock }) }),
    },
    bridge: { sources: [{ from, channel: "{key}" }] },
  });
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

Deno.test({
  name: "Rows are published soon after a restart of PostgreSQL",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 1);
    const { sql, hubs: [hub] } = setting;
    assert(hub);
    await isEmpty(sql);
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await server.start();
    await server.query(
      "insert into thrum_outbox (channel, data) values ('news', '1')",
    );
    const started = performance.now();
    await eventually(async () => (await kept(hub, "news")).length === 1, {
      awaited: "the row",
      timeoutMs: 60_000,
    });
    const ms = performance.now() - started;
    // A pause of the bridge takes 5 s at most.
    assert(ms < 9_000, `${ms} ms`);
  },
});

Deno.test({
  name:
    "A table that an application has made itself may lack all columns but the id, the channel and the data",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await server.query(
      "create table thrum_outbox (id bigserial primary key, channel text, data jsonb)",
    );
    await using setting = stage(server.url, 1);
    const { sql, hubs: [hub] } = setting;
    assert(hub);
    for (const data of ["1", "2"]) {
      await server.query(
        `insert into thrum_outbox (channel, data) values ('news', '${data}')`,
      );
      await isEmpty(sql);
      // The same id comes again.
      await server.query("truncate thrum_outbox restart identity");
    }
    assertEquals(await kept(hub, "news"), [1, 2]);
  },
});

Deno.test({
  name: "Tags that are no object are refused by the table",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 1);
    await isEmpty(setting.sql);
    for (const tags of ['"text"', "[1]", "1"]) {
      const insert = `insert into thrum_outbox (channel, data, tags)
        values ('news', '1', '${tags}')`;
      await assertRejects(() => server.query(insert), Error, "check");
    }
  },
});

Deno.test({
  name:
    "While the broker of a hub is away for one channel, no transaction stays open, and rows of others are published once",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    const sql = postgres(server.url, { max: 4, onnotice: () => {} });
    const broker = memoryBroker();
    const { publish } = broker;
    broker.publish = (request) =>
      request.channel === "stuck"
        ? Promise.reject(new Error("away"))
        : publish(request);
    const from = postgresOutbox(server.url, { publishWithinMs: 300 });
    const hub = hubWith(broker, from);
    try {
      await isEmpty(sql);
      await sql`insert into thrum_outbox (channel, data)
        values ('stuck', '1'), ('news', '2'), ('stuck', '3')`;
      let longest = 0;
      const end = performance.now() + 3_000;
      while (performance.now() < end) {
        const [age = "0"] = await server.query(
          `select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)
             from pg_stat_activity where state like 'idle in transaction%'`,
        );
        longest = Math.max(longest, Number(age));
      }
      // A transaction that waits for the broker lasts as long as this loop.
      assert(longest > 0 && longest < 2, `${longest} s`);
      const rows = await sql`select data from thrum_outbox order by id`;
      assertEquals(rows.map(({ data }) => data), ["1", "3"]);
      broker.publish = publish;
      await isEmpty(sql);
      assertEquals(await kept(hub, "news"), [2]);
      assertEquals(await kept(hub, "stuck"), [1, 3]);
    } finally {
      await hub.drain();
      await sql.end();
    }
  },
});

Deno.test({
  name:
    "A PostgreSQL that is killed within a transaction ends no process, and its rows are published once it is back",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 0);
    const { sql } = setting;
    const broker = memoryBroker();
    const { publish } = broker;
    const publishing = deferred();
    const killed = deferred();
    broker.publish = async (request) => {
      publishing.resolve();
      await killed.promise;
      return await publish(request);
    };
    const hub = hubWith(broker, postgresOutbox(server.url));
    try {
      await isEmpty(sql);
      await sql`insert into thrum_outbox (channel, data) values ('news', '1')`;
      await publishing.promise;
      await server.kill();
      killed.resolve();
      await server.start();
      await server.query(
        "insert into thrum_outbox (channel, data) values ('news', '2')",
      );
      await eventually(async () => (await kept(hub, "news")).length === 2, {
        awaited: "the rows",
        timeoutMs: 30_000,
      });
      assertEquals(await kept(hub, "news"), [1, 2]);
    } finally {
      await hub.drain();
    }
  },
});

Deno.test("The name of an outbox is one that needs no quotation marks", () => {
  const url = "postgres://localhost/app";
  for (const table of ["", "A", "a b", "a;b", 'a"b', "a.b.c", "1a"]) {
    assertThrows(() => postgresOutbox(url, { table }), TypeError, "expected");
  }
  assertEquals(
    postgresOutbox(url, { table: "app.out_1" }).name,
    "postgres app.out_1",
  );
});
