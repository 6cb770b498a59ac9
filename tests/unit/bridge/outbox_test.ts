import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { postgresOutbox } from "../../../lib/bridge/postgres_outbox.ts";
import { OutboxReader } from "../../../lib/bridge/outbox_reader.ts";
import { termsOf } from "../../../lib/bridge/record.ts";
import type { SourceRecord, TakeRecords } from "../../../lib/bridge/types.ts";
import type {
  PostgresLike,
  Row,
  Value,
} from "../../../lib/broker/postgres/client.ts";
import { FakeClock } from "../../support/fake_clock.ts";

/** A row with this id and these tags. */
function row(id: string, tags: string | null = null): Row {
  return [id, `u${id}`, "news", id, null, tags];
}

/** A PostgreSQL whose outbox is a list. */
class FakePostgres implements PostgresLike {
  rows: Row[] = [];
  statements: string[] = [];
  /** The statement that is not answered. */
  hanging: RegExp | undefined;
  /** The statement under which the connection is lost. */
  losing: RegExp | undefined;
  #break: (error: unknown) => void = () => {};

  async query(
    statement: string,
    [ids]: readonly Value[],
    onRow: (row: Row) => void,
  ): Promise<void> {
    this.statements.push(statement);
    if (this.hanging?.test(statement)) {
      await new Promise((_, reject) => this.#break = reject);
    }
    if (this.losing?.test(statement)) throw new Error("connection lost");
    if (/pg_attribute/.test(statement)) {
      ["uid", "tags"].forEach((name) => onRow([name]));
    } else if (/advisory/.test(statement)) onRow([1]);
    else if (/^delete/.test(statement)) {
      const gone = String(ids).slice(1, -1).split(",");
      this.rows = this.rows.filter(([id]) => !gone.includes(String(id)));
    } else if (/order by/.test(statement)) {
      this.rows.slice(0, 256).forEach(onRow);
    }
  }

  destroy(): Promise<void> {
    this.#break(new Error("destroyed"));
    return Promise.resolve();
  }
}

/** An outbox that runs, and what its bridge has of it. */
class Running {
  readonly postgres = new FakePostgres();
  readonly clock = new FakeClock();
  readonly records: SourceRecord[] = [];
  readonly ending = new AbortController();
  /** Listeners of the end that are registered now. */
  listeners = 0;
  ended: Promise<void> = Promise.resolve();
  notify: (topic: string) => void = () => {};
  take: TakeRecords = (records, options) => {
    for (const record of records) {
      this.records.push(record);
      options?.onTaken?.(record);
    }
    return Promise.resolve();
  };

  start(): void {
    const { signal } = this.ending;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      this.listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      this.listeners--;
      remove(...args);
    };
    const reader = new OutboxReader({
      table: "thrum_outbox",
      listens: true,
      clock: this.clock,
      createClient: ({ onNotification }) => {
        this.notify = onNotification;
        return this.postgres;
      },
    });
    this.ended = reader.run((...records) => this.take(...records), signal);
    this.ended.catch(() => {});
  }

  async pass(ms = 0): Promise<void> {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    this.clock.advance(ms);
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  }

  async end(): Promise<void> {
    this.ending.abort();
    await this.pass(1_000);
    await this.ended;
  }
}

Deno.test("Rows of an outbox are published at each look, in a transaction", async () => {
  const running = new Running();
  const { postgres } = running;
  postgres.rows = [row("1")];
  running.start();
  await running.pass();
  assertEquals(running.records.map(({ id }) => id), ["thrum_outbox/u1"]);
  assertEquals(postgres.rows, []);
  postgres.rows = [row("2")];
  postgres.statements = [];
  await running.pass(1_000);
  assertEquals(running.records.length, 2);
  const words = postgres.statements.map((each) => each.split(" ")[0]);
  assertEquals(words, ["begin", "select", "select", "delete", "commit"]);
  await running.end();
  assertEquals(running.listeners, 0);
});

Deno.test("A notification asks for a look at once", async () => {
  const running = new Running();
  const { postgres } = running;
  running.start();
  await running.pass();
  postgres.rows = [row("1")];
  running.notify("thrum_outbox");
  await running.pass();
  assertEquals(running.records.length, 1);
  await running.end();
});

Deno.test("Tags of a row are the texts of an object; anything else cannot be published", async () => {
  const running = new Running();
  running.postgres.rows = [
    '{"a":"x","b":1,"c":{"d":[true]},"e":null}',
    "{}",
    "null",
    '"text"',
    "[1]",
    "7",
  ].map((tags, index) => row(`${index}`, tags));
  running.start();
  await running.pass();
  assertEquals(running.records.map((record) => termsOf(record).tags), [
    { a: "x", b: "1", c: '{"d":[true]}', e: "null" },
    ...Array(5).fill(undefined),
  ]);
  assertEquals(running.records.map(({ problem }) => problem), [
    ...Array(3).fill(undefined),
    'the tags are "text": expected an object',
    "the tags are [1]: expected an object",
    "the tags are 7: expected an object",
  ]);
  await running.end();
});

Deno.test("A transaction ends while the hub takes no rows, and those that it has taken are deleted", async () => {
  const running = new Running();
  const { postgres } = running;
  postgres.rows = [row("1"), row("2"), row("3")];
  running.take = async ([, second], { signal, onTaken } = {}) => {
    onTaken?.(second!);
    await new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason))
    );
  };
  running.start();
  await running.pass(9_999);
  assertEquals(postgres.rows.length, 3);
  await running.pass(1);
  await assertRejects(
    () => running.ended,
    Error,
    "the hub did not take all rows within 10000 ms",
  );
  assertEquals(postgres.rows.map(([id]) => id), ["1", "3"]);
});

Deno.test("A PostgreSQL that does not answer is not waited for, in whatever statement it stops", async () => {
  for (const hanging of [/begin/, /listen/, /order by/, /delete/, /commit/]) {
    const running = new Running();
    Object.assign(running.postgres, { hanging, rows: [row("1")] });
    running.start();
    await running.pass(4_999);
    await running.pass(1);
    await assertRejects(() => running.ended, Error, "within 5000 ms");
    assertEquals(running.listeners, 0);
  }
});

Deno.test("A connection that is lost within a transaction is not asked to roll back", async () => {
  for (const losing of [/order by/, /delete/]) {
    const running = new Running();
    Object.assign(running.postgres, { losing, rows: [row("1")] });
    running.start();
    await running.pass();
    await assertRejects(() => running.ended, Error, "connection lost");
    assert(losing.test(running.postgres.statements.at(-1)!));
  }
});

Deno.test("An outbox refuses what is no URL of a PostgreSQL, and one of a hub", () => {
  const wrong = {
    "expected the URL of its PostgreSQL": () => postgresOutbox({} as never),
    "expected a URL such as": () => postgresOutbox("mysql://localhost/app"),
    "expected no connections": () =>
      postgresOutbox("postgres://localhost/app?connections=3"),
  };
  for (const [message, make] of Object.entries(wrong)) {
    assertThrows(make, TypeError, message);
  }
});
