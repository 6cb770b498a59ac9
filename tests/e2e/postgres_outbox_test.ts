/** The outbox: what an application commits to its database is published, what it rolls back is not. */

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { createHub, postgresOutbox } from "../../lib/mod.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";
import { isEmpty, kept, stage } from "./outbox_stage.ts";

const { missing } = requirePostgres();

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
    "Rows that their user may not delete, or whose ids are no numbers, are published by nobody",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    for (
      const statement of [
        "create role reader login",
        "create table mine (id bigserial primary key, channel text, data text)",
        "grant select on mine to reader",
        "create table texts (id text primary key, channel text, data text)",
        "insert into mine (channel, data) values ('news', '1')",
        "insert into texts (id, channel, data) values ('a', 'news', '2')",
      ]
    ) await server.query(statement);
    const reader = server.url.replace("postgres@", "reader@");
    const outboxes = {
      "permission denied": postgresOutbox(reader, { table: "mine" }),
      "operator does not exist": postgresOutbox(server.url, { table: "texts" }),
    };
    for (const [message, outbox] of Object.entries(outboxes)) {
      await assertRejects(
        () =>
          outbox.run(
            () => Promise.reject(new Error("it was published")),
            new AbortController().signal,
            () => {},
          ),
        Error,
        message,
      );
    }
  },
});

Deno.test({
  name: "A table may have the name of a word of SQL, and tags of text",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await server.query(
      'create table "order" (id bigserial primary key, channel text, data text, tags text)',
    );
    await server.query(
      `insert into "order" (channel, data, tags)
       values ('news', '1', 'no JSON'), ('news', '2', '{"a":"b"}')`,
    );
    const from = postgresOutbox(server.url, { table: "order" });
    const bridge = { sources: [{ from, channel: "{key}" }] };
    const hub = createHub({ access: "anonymous", bridge });
    try {
      await eventually(
        async () => (await server.query('select 1 from "order"')).length === 0,
        { awaited: "an empty table", timeoutMs: 30_000 },
      );
      // The first one cannot be published, and is logged.
      assertEquals(await kept(hub, "news"), [2]);
    } finally {
      await hub.drain();
    }
  },
});

Deno.test({
  name: "Rows of many megabytes are published in several transactions",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 1);
    const { sql, hubs: [hub] } = setting;
    assert(hub);
    await isEmpty(sql);
    const taken: number[] = [];
    await hub.drain();
    await server.query(
      `insert into thrum_outbox (channel, data)
         select 'news', (select string_agg(md5(random()::text), '') from generate_series(1, 20000) where n > 0)
           from generate_series(1, 12) n`,
    );
    const ending = new AbortController();
    const outbox = postgresOutbox(server.url);
    const running = outbox.run(
      (records, options) => {
        taken.push(records.length);
        for (const record of records) options?.onTaken?.(record);
        return Promise.resolve();
      },
      ending.signal,
      () => {},
    );
    await isEmpty(sql);
    ending.abort();
    await running;
    assertEquals(taken.reduce((sum, count) => sum + count), 12);
    assert(taken.length > 3, `${taken}`);
  },
});

Deno.test({
  name: "Nodes that call one table by two names publish each row once",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 0);
    const { sql } = setting;
    const tables = ["thrum_outbox", "public.thrum_outbox"];
    const taken: string[] = [];
    const ending = new AbortController();
    const running = tables.map((table) =>
      postgresOutbox(server.url, { table }).run(
        async (records, options) => {
          // Long enough for a look of the other node.
          await new Promise((resolve) => setTimeout(resolve, 1_500));
          for (const record of records) {
            taken.push(String(record.key));
            options?.onTaken?.(record);
          }
        },
        ending.signal,
        () => {},
      )
    );
    await isEmpty(sql);
    await sql`insert into thrum_outbox (channel, data)
      select 'channel ' || n, '1' from generate_series(1, 3) n`;
    await isEmpty(sql);
    ending.abort();
    await Promise.all(running);
    assertEquals(taken, ["channel 1", "channel 2", "channel 3"]);
  },
});

Deno.test("The name of an outbox is one that needs no quotation marks", () => {
  const url = "postgres://localhost/app";
  const long = `${"s".repeat(40)}.${"t".repeat(40)}`;
  for (const table of ["", "A", "a b", "a;b", 'a"b', "a.b.c", "1a", long]) {
    assertThrows(() => postgresOutbox(url, { table }), TypeError, "expected");
  }
  assertEquals(
    postgresOutbox(url, { table: "app.out_1" }).name,
    "postgres app.out_1",
  );
});
