/** Nodes behind PgBouncer, which gives each transaction another session of PostgreSQL. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { killChild } from "../support/child.ts";
import { offsetsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free_port.ts";
import {
  type PostgresServer,
  unprivileged,
} from "../support/postgres_server.ts";
import { requireTool } from "../support/requirements.ts";
import { createHub, postgresOutbox } from "../../lib/mod.ts";
import { kept } from "./outbox_stage.ts";
import { postgresTests, problemOf, request } from "./postgres_cluster.ts";

const pgbouncer = requireTool("pgbouncer");

/** A pooler in front of a server; disposing of it ends it. */
class Pooler implements AsyncDisposable {
  readonly port: number;
  readonly #directory: string;
  #child: Deno.ChildProcess | undefined;

  private constructor(directory: string) {
    this.#directory = directory;
    this.port = freePort();
  }

  static async start(server: PostgresServer): Promise<Pooler> {
    const directory = await Deno.makeTempDir({ prefix: "thrum-pgbouncer-" });
    const pooler = new Pooler(directory);
    await pooler.#start(server);
    return pooler;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres?pooler=true`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child !== undefined) await killChild(this.#child);
    await Deno.remove(this.#directory, { recursive: true });
  }

  async #start(server: PostgresServer): Promise<void> {
    const path = `${this.#directory}/pgbouncer.ini`;
    const settings = [
      "[databases]",
      `postgres = host=127.0.0.1 port=${server.port} user=postgres`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${this.port}`,
      "unix_socket_dir =",
      "auth_type = any",
      "pool_mode = transaction",
      "default_pool_size = 4",
    ];
    await Deno.writeTextFile(path, settings.join("\n"));
    await Deno.chmod(this.#directory, 0o755);
    this.#child = new Deno.Command(pgbouncer.path, {
      args: ["--quiet", path],
      ...unprivileged(),
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await eventually(() => this.#listens(), { awaited: "PgBouncer" });
  }

  async #listens(): Promise<boolean> {
    try {
      const options = { hostname: "127.0.0.1", port: this.port };
      (await Deno.connect(options)).close();
      return true;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      return false;
    }
  }
}

if (!pgbouncer.missing) {
  const test = await postgresTests();
  test("Nodes behind PgBouncer see one order, and answer each other's calls", async (cluster) => {
    await using pooler = await Pooler.start(cluster.server);
    const members = [
      await cluster.join(pooler.url),
      await cluster.join(pooler.url),
      // One has a session of its own.
      await cluster.join(),
    ];
    for (const { broker } of members) await broker.subscribe("room");
    await Promise.all(members.map(async ({ broker }, index) => {
      for (let count = 0; count < 50; count++) {
        const payload = `${index}:${count}`;
        const { delivered } = await broker.publish({ ...request, payload });
        assert(delivered);
      }
    }));
    const [first] = members;
    const order = (await first!.receives(150, "room")).map(({ payload }) =>
      payload
    );
    for (const member of members) {
      const seen = await member.receives(150, "room");
      assertEquals(offsetsOf(seen), seen.map((_, index) => index + 1));
      assertEquals(seen.map(({ payload }) => payload), order);
    }
    assertEquals((await first!.broker.call(undefined, "?")).length, 3);
    for (const { broker } of members) await broker.close();
  });

  test("The problem of a node that does not know of its PgBouncer says what helps", async ({ server }) => {
    await using pooler = await Pooler.start(server);
    const problem = await problemOf(pooler.url.replace(/\?.*/, ""));
    assertStringIncludes(problem, "unsupported startup parameter");
    assertStringIncludes(problem, "pooler=true");
  });

  test("An outbox behind PgBouncer is published, look by look", async ({ server }) => {
    await using pooler = await Pooler.start(server);
    const from = postgresOutbox(pooler.url);
    const bridge = { sources: [{ from, channel: "{key}" }] };
    const hub = createHub({ access: "anonymous", bridge });
    try {
      await eventually(async () => {
        const find = "select to_regclass('thrum_outbox')";
        return (await server.query(find)).includes("thrum_outbox");
      }, { awaited: "the outbox", timeoutMs: 20_000 });
      await server.query(
        "insert into thrum_outbox (channel, data) select 'news', n::text from generate_series(1, 3) n",
      );
      await eventually(async () => (await kept(hub, "news")).length === 3, {
        awaited: "the rows",
        timeoutMs: 20_000,
      });
      assertEquals(await kept(hub, "news"), [1, 2, 3]);
      await eventually(
        async () =>
          (await server.query("select 1 from thrum_outbox")).length === 0,
        { awaited: "an empty outbox" },
      );
    } finally {
      await hub.drain();
    }
  });
}
