/** Faults of the PostgreSQL behind an outbox, of its broker and of a node that reads it. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import postgres from "postgres";
import { postgresOutbox } from "../../lib/mod.ts";
import { deferred } from "../../lib/base/deferred.ts";
import { OutboxReader } from "../../lib/bridge/outbox_reader.ts";
import { loadClient } from "../../lib/broker/postgres/client.ts";
import { parsePostgresUrl } from "../../lib/broker/postgres/url.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { memoryBroker } from "../support/memory_broker.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";
import { hubWith, isEmpty, kept, stage } from "./outbox_stage.ts";

const { missing } = requirePostgres();

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

Deno.test({
  name:
    "A node that stands still in a transaction does not stop the others, and the server ends it",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using setting = stage(server.url, 1);
    const { sql, hubs: [hub] } = setting;
    assert(hub);
    await isEmpty(sql);
    await hub.drain();
    const stuck = new OutboxReader({
      createClient: await loadClient(parsePostgresUrl(server.url), "thrum"),
      table: "thrum_outbox",
      listens: true,
      mayMake: false,
      onFound() {},
      // With the time for an answer, the server ends its transaction after 5.5 s.
      publishWithinMs: 500,
      // Its own time does not go on.
      clock: new FakeClock(),
    });
    const ending = new AbortController();
    const taking = deferred();
    const ended = stuck.run((_, options) => {
      taking.resolve();
      return new Promise((_, reject) =>
        options?.signal?.addEventListener("abort", () => reject("gone"))
      );
    }, ending.signal);
    ended.catch(() => {});
    await sql`insert into thrum_outbox (channel, data) values ('news', '1')`;
    await taking.promise;
    await using other = stage(server.url, 1);
    const started = performance.now();
    await eventually(
      async () => (await kept(other.hubs[0]!, "news")).length === 1,
      { awaited: "the row", timeoutMs: 30_000 },
    );
    const ms = performance.now() - started;
    assert(ms > 2_000, `${ms} ms: the first node had no lock`);
    await isEmpty(sql);
    await assertRejects(() => ended, Error, "");
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
