import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type OutboxClient,
  postgresOutbox,
} from "../../../lib/bridge/postgres_outbox.ts";
import { termsOf } from "../../../lib/bridge/record.ts";
import type { SourceRecord, TakeRecords } from "../../../lib/bridge/types.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const NEVER = new Promise<never>(() => {});

/** A row with these columns, and the rest made up. */
function row(id: string, fields: Record<string, unknown> = {}) {
  return {
    ...{ id, uid: `u${id}`, channel: "news", data: id },
    ...{ idempotency_key: null, tags: null, ...fields },
  };
}

/** A PostgreSQL whose outbox is a list. */
class FakePostgres implements OutboxClient {
  rows: { readonly id: string }[] = [];
  statements: string[] = [];
  beginning: Promise<void> = Promise.resolve();
  listening: Promise<{ unlisten(): Promise<void> }> = NEVER;
  notify: (payload: string) => void = () => {};

  async begin<T>(work: (transaction: this) => Promise<T>): Promise<T> {
    await this.beginning;
    return await work(this);
  }

  listen(_topic: string, onNotification: (payload: string) => void) {
    this.notify = onNotification;
    return this.listening;
  }

  unsafe(statement: string, [ids]: string[] = []) {
    this.statements.push(statement);
    if (/pg_attribute/.test(statement)) {
      return Promise.resolve([{ name: "uid" }, { name: "tags" }]);
    }
    if (/advisory/.test(statement)) return Promise.resolve([{}]);
    if (/^delete/.test(statement)) {
      const gone = ids!.slice(1, -1).split(",");
      this.rows = this.rows.filter(({ id }) => !gone.includes(id));
      return Promise.resolve([]);
    }
    return Promise.resolve(this.rows.slice(0, 256));
  }
}

/** An outbox that runs, and what its bridge has of it. */
class Running {
  readonly postgres = new FakePostgres();
  readonly clock = new FakeClock();
  readonly records: SourceRecord[] = [];
  readonly errors: unknown[] = [];
  readonly ending = new AbortController();
  /** Listeners of the end that are registered now. */
  listeners = 0;
  ended: Promise<void> = Promise.resolve();
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
    const from = postgresOutbox(this.postgres, { clock: this.clock });
    this.ended = from.run(
      (...records) => this.take(...records),
      signal,
      (error) => this.errors.push(error),
    );
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

Deno.test("Rows of an outbox are published though its LISTEN never comes, and it ends in time", async () => {
  const running = new Running();
  const { postgres } = running;
  postgres.rows = [row("1")];
  running.start();
  await running.pass();
  assertEquals(running.records.map(({ id }) => id), ["thrum_outbox/u1"]);
  postgres.rows = [row("2")];
  await running.pass(1_000);
  assertEquals(running.records.length, 2);
  assertEquals(postgres.rows, []);
  await running.end();
  assertEquals(running.listeners, 0);
});

Deno.test("A LISTEN that fails is reported, rows are published, and nothing stays registered", async () => {
  const running = new Running();
  const { postgres } = running;
  postgres.listening = Promise.reject(new Error("too many connections"));
  postgres.listening.catch(() => {});
  postgres.rows = [row("1")];
  running.start();
  await running.pass();
  assertEquals(running.records.length, 1);
  assertEquals(running.errors.map(String), ["Error: too many connections"]);
  await running.end();
  assertEquals(running.listeners, 0);
});

Deno.test("A notification asks for a look at once", async () => {
  const running = new Running();
  const { postgres } = running;
  postgres.listening = Promise.resolve({ unlisten: () => NEVER });
  running.start();
  await running.pass();
  postgres.rows = [row("1")];
  postgres.notify("");
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
  ].map((tags, index) => row(`${index}`, { tags }));
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
  // Its LISTEN is waited for.
  await running.pass(1_000);
  await assertRejects(
    () => running.ended,
    Error,
    "the hub did not take all rows within 10000 ms",
  );
  assertEquals(postgres.rows.map(({ id }) => id), ["1", "3"]);
});

Deno.test("A PostgreSQL that does not answer is not waited for, and the outbox is tried again", async () => {
  const running = new Running();
  running.postgres.beginning = NEVER;
  running.start();
  await running.pass(4_999);
  await running.pass(1);
  await assertRejects(() => running.ended, Error, "within 5000 ms");
  assert(running.postgres.statements.length === 0);
});
