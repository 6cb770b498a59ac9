/** Servers whose file of the bridge names a NATS and a PostgreSQL. */

import { assertEquals } from "@std/assert";
import postgres from "postgres";
import { API_KEY, callApi } from "../routes/api_server.ts";
import { eventually } from "../support/eventually.ts";
import { NatsServer } from "../support/nats_server.ts";
import { NatsStreams } from "../support/nats_streams.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres, requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";

/** They read the file of the bridge. */
const PERMISSIONS = ["--allow-net", "--allow-env", "--allow-read"];

/** A server whose bridge has these contents, as long as `use` runs. */
async function bridged(
  contents: unknown,
  use: (server: TestServer) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, JSON.stringify(contents));
    await using server = await TestServer.start({
      env: { INSECURE_ANONYMOUS_ALL: "true", API_KEY, BRIDGE: path },
      permissions: PERMISSIONS,
    });
    await use(server);
  } finally {
    await Deno.remove(path);
  }
}

async function has(
  server: TestServer,
  channel: string,
  data: readonly unknown[],
): Promise<void> {
  let found: unknown[] = [];
  await eventually(async () => {
    const { text } = await callApi(server, "history", { channel, limit: 100 });
    found = JSON.parse(text).result.publications
      .map(({ data }: { data: unknown }) => data);
    return found.length >= data.length;
  }, {
    awaited: () => `${JSON.stringify(data)}: ${JSON.stringify(found)}`,
    timeoutMs: 60_000,
  });
  assertEquals(found, data);
}

Deno.test({
  name:
    "A server publishes the messages of a stream of NATS that its file names",
  ignore: requireTool("nats-server").missing,
  fn: async () => {
    await using nats = await NatsServer.start();
    await using streams = await NatsStreams.connect(nats.url);
    await streams.make("IN", ["in.*"]);
    const messages = ["1", '{"n":2}', "three"];
    await streams.publish(
      ...messages.map((data) => ({ subject: "in.news", data })),
    );
    const source = {
      ...{ stream: "IN", consumer: "thrum", subject: "in.*" },
      ...{ channel: "{key}", fromBeginning: true },
    };
    await bridged({ nats: nats.url, sources: [source] }, async (server) => {
      await has(server, "news", [1, { n: 2 }, "three"]);
    });
  },
});

Deno.test({
  name:
    "A server publishes the rows of an outbox that its file names, and does so soon after a restart of PostgreSQL",
  ignore: requirePostgres().missing,
  fn: async () => {
    await using database = await PostgresServer.start();
    const source = { table: "thrum_outbox", channel: "{key}" };
    const contents = { postgres: database.url, sources: [source] };
    await bridged(contents, async (server) => {
      const insert = async (data: string) => {
        const sql = postgres(database.url, { max: 1, onnotice: () => {} });
        try {
          await eventually(async () => {
            const [row] =
              await sql`select to_regclass('thrum_outbox') is not null as made`;
            return row?.made;
          }, { awaited: "the outbox", timeoutMs: 30_000 });
          await sql`insert into thrum_outbox (channel, data) values ('news', ${data})`;
        } finally {
          await sql.end();
        }
      };
      await insert("1");
      await has(server, "news", [1]);
      await database.kill();
      await new Promise((resolve) => setTimeout(resolve, 8_000));
      await database.start();
      await insert("2");
      const started = performance.now();
      await has(server, "news", [1, 2]);
      const ms = performance.now() - started;
      // A pause of the bridge takes 5 s at most.
      assertEquals(ms < 9_000, true, `${ms} ms`);
    });
  },
});
