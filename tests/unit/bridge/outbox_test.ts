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

const COLUMNS = ["uid", "tags"];

/** A PostgreSQL whose outbox is a list. */
class FakePostgres implements PostgresLike {
  rows: Row[] = [];
  /** Columns of the table; none where it is missing. */
  columns = COLUMNS;
  /** Rows that are few enough bytes for one transaction. */
  fitting = 256;
  /** False if the table keeps what is deleted. */
  deletes = true;
  statements: string[] = [];
  /** The statement that is not answered. */
  hanging: RegExp | undefined;
  /** The statement under which the connection is lost. */
  losing: RegExp | undefined;
  /** Ends the connection. */
  close: () => void = () => {};
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
      for (const name of this.columns) onRow([name]);
    } else if (/^create table/.test(statement)) this.columns = COLUMNS;
    else if (/advisory/.test(statement)) onRow([1]);
    else if (/^select count/.test(statement)) {
      onRow([Math.min(this.fitting, this.rows.length), this.rows.length]);
    } else if (/^delete/.test(statement)) {
      const gone = String(ids).slice(1, -1).split(",");
      const isGone = ([id]: Row) => this.deletes && gone.includes(String(id));
      for (const row of this.rows) if (isGone(row)) onRow([1]);
      this.rows = this.rows.filter((row) => !isGone(row));
    } else if (/order by/.test(statement)) {
      const [, limit] = /limit (\d+)$/.exec(statement)!;
      this.rows.slice(0, Number(limit)).forEach(onRow);
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
  mayMake = true;
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
      mayMake: this.mayMake,
      onFound: () => this.mayMake = false,
      clock: this.clock,
      createClient: ({ onNotification, onClose }) => {
        this.notify = onNotification;
        this.postgres.close = onClose;
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
  const words = postgres.statements.map((each) => /^\w+/.exec(each)?.[0]);
  assertEquals(words, [
    ...["begin", "select", "select", "select"],
    ...["delete", "commit"],
  ]);
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
    "no JSON",
    "[1]",
    "7",
  ].map((tags, index) => row(`${index}`, tags));
  running.start();
  await running.pass();
  assertEquals(running.records.map((record) => termsOf(record).tags), [
    { a: "x", b: "1", c: '{"d":[true]}', e: "null" },
    ...Array(6).fill(undefined),
  ]);
  assertEquals(running.records.map(({ problem }) => problem), [
    ...Array(3).fill(undefined),
    'the tags are "text": expected an object',
    "the tags are no JSON: expected an object",
    "the tags are [1]: expected an object",
    "the tags are 7: expected an object",
  ]);
  await running.end();
});

/** Takes the second row, and then none until it is to end. */
const takeSecond: TakeRecords = async ([, second], options) => {
  const { signal, onTaken } = options!;
  if (second !== undefined) onTaken?.(second);
  await new Promise((_, reject) =>
    signal?.addEventListener("abort", () => reject(signal.reason))
  );
};

Deno.test("A transaction ends while the hub takes no rows; those that it has taken are deleted, and the rest is tried at the next look", async () => {
  const running = new Running();
  const { postgres } = running;
  postgres.rows = [row("1"), row("2"), row("3")];
  running.take = takeSecond;
  running.start();
  await running.pass(9_999);
  assertEquals(postgres.rows.length, 3);
  await running.pass(1);
  assertEquals(postgres.rows.map(([id]) => id), ["1", "3"]);
  running.take = (_, { signal } = {}) =>
    new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason))
    );
  await running.pass(1_000);
  await running.pass(10_000);
  await assertRejects(
    () => running.ended,
    Error,
    "the hub took none of the rows within 10000 ms",
  );
  assertEquals(postgres.rows.map(([id]) => id), ["1", "3"]);
});

Deno.test("Attempts to publish end with the connection, for another node may read the same rows", async () => {
  const running = new Running();
  const { postgres } = running;
  postgres.rows = [row("1"), row("2")];
  running.take = takeSecond;
  running.start();
  await running.pass();
  postgres.close();
  await running.pass();
  await assertRejects(() => running.ended, Error, "the connection was closed");
});

Deno.test("An outbox ends at once while a statement hangs, and after the commit while rows are published", async () => {
  const hanging = new Running();
  hanging.postgres.hanging = /advisory/;
  hanging.start();
  await hanging.pass();
  hanging.ending.abort();
  await hanging.pass();
  await hanging.ended;

  const publishing = new Running();
  const { postgres } = publishing;
  postgres.rows = [row("1")];
  let taken = () => {};
  publishing.take = ([first], options) =>
    new Promise((resolve) =>
      taken = () => {
        options?.onTaken?.(first!);
        resolve();
      }
    );
  publishing.start();
  await publishing.pass();
  publishing.ending.abort();
  await publishing.pass();
  assertEquals(postgres.rows.length, 1);
  taken();
  await publishing.pass();
  await publishing.ended;
  assertEquals(postgres.rows, []);
});

Deno.test("Rows that cannot be deleted are an error, not a reason to publish them at each look", async () => {
  const running = new Running();
  const { postgres } = running;
  Object.assign(postgres, { deletes: false, rows: [row("1"), row("2")] });
  running.start();
  await running.pass();
  await assertRejects(
    () => running.ended,
    Error,
    '2 rows of "thrum_outbox" are published, and 0 of them could be deleted',
  );
});

Deno.test("Rows of many bytes are published in several transactions, one after the other", async () => {
  const running = new Running();
  const { postgres } = running;
  Object.assign(postgres, {
    fitting: 2,
    rows: ["1", "2", "3", "4", "5"].map((id) => row(id)),
  });
  running.start();
  await running.pass();
  await running.pass();
  assertEquals(running.records.length, 5);
  const limits = postgres.statements.flatMap((each) =>
    /^select rows.*limit (\d+)$/s.exec(each)?.[1] ?? []
  );
  assertEquals(limits, ["2", "2", "1"]);
  await running.end();
});

Deno.test("A table that was there and is gone is not made again", async () => {
  const first = new Running();
  first.postgres.columns = [];
  first.start();
  await first.pass();
  assertEquals(first.postgres.columns, COLUMNS);
  await first.end();
  assertEquals(first.mayMake, false);
  // One whose transaction was not committed is made again.
  const lost = new Running();
  lost.postgres.columns = [];
  lost.postgres.losing = /commit/;
  lost.start();
  await lost.pass();
  await assertRejects(() => lost.ended, Error, "connection lost");
  assertEquals(lost.mayMake, true);
  const second = new Running();
  second.mayMake = false;
  second.postgres.columns = [];
  second.start();
  await second.pass();
  await assertRejects(() => second.ended, Error, '"thrum_outbox" is gone');
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
