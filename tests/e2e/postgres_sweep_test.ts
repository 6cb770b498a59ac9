/** Sweeper: what has expired is removed in statements that are short, however much it is. */

import { assert, assertEquals } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { Sweeper } from "../../lib/broker/postgres/sweeper.ts";
import { eventually } from "../support/eventually.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";

const { missing } = requirePostgres();
const random = systemRandom;
const clock = systemClock;

/** Rows of `channels` and `publications` whose transactions ended long ago. */
function expired(
  prefix: string,
  channels: number,
  each: number,
  key = "null",
): string {
  return `
    insert into thrum.channels (name, epoch, life, top, expires_at, used_at)
      select '${prefix}' || i, 'e', '', ${each}, now() - interval '1 min', now() - interval '2 days'
      from generate_series(1, ${channels}) i;
    insert into thrum.publications (channel, "offset", form, data, key, at)
      select c.id, o, 'pj', '{}', ${key}, now() - interval '2 min'
      from thrum.channels c, generate_series(1, ${each}) o
      where c.name like '${prefix}%' order by o, c.id;`;
}

Deno.test({
  name:
    "The sweeper removes the histories of many channels and a long one, and leaves what still counts",
  ignore: missing,
  fn: async () => {
    await using server = await PostgresServer.start();
    await using stack = new AsyncDisposableStack();
    const link = connectPostgres(server.url, { clock, random });
    stack.defer(() => link.close(() => Promise.resolve()));
    link.open({
      onConnect: () => Promise.resolve(),
      onReady: () => {},
      onLoss: () => {},
      onNotification: () => {},
    });
    await eventually(() => link.ready, { awaited: "a ready link" });
    // The keys of the first channels still count: their rows stay.
    await server.query(expired("keyed", 300, 2, "'k' || o"));
    await server.query(expired("many", 3_000, 6));
    await server.query(expired("long", 1, 12_000));
    await server.query(
      `insert into thrum.marks values (now() - interval '2 min', pg_snapshot_xmax(pg_current_snapshot()))`,
    );
    const sweeper = new Sweeper({ link, clock, random });
    let statements = 0;
    while (await sweeper.sweep()) assert(++statements < 100);
    assertEquals(
      await server.query(`select count(*) from thrum.publications`),
      ["600"],
    );
    assertEquals(await server.query(`select count(*) from thrum.channels`), [
      "300",
    ]);
    await server.query(
      `update thrum.publications set at = now() - interval '1 hour'`,
    );
    while (await sweeper.sweep()) assert(++statements < 200);
    assertEquals(
      await server.query(
        `select count(*) from thrum.publications union all select count(*) from thrum.channels`,
      ),
      ["0", "0"],
    );
  },
});
