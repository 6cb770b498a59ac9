import { assertEquals, assertRejects } from "@std/assert";
import { BrokerAwayError } from "../../../../lib/base/errors.ts";
import { PostgresConnection } from "../../../../lib/broker/postgres/connection.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

/** A connection whose statements end as `outcomes` say: with an error, or without. */
function connectionOf(...outcomes: (Error | undefined)[]) {
  const ends: unknown[] = [];
  const connection = new PostgresConnection({
    clock: new FakeClock(),
    createClient: () => ({
      query: () => {
        const error = outcomes.shift();
        return error === undefined ? Promise.resolve() : Promise.reject(error);
      },
      destroy: () => Promise.resolve(),
    }),
    onEnd: (error) => ends.push(error),
  });
  return { connection, ends };
}

Deno.test("A server that is not reached has carried out nothing, and the error says so", async () => {
  const refused = new Error("connect ECONNREFUSED 127.0.0.1:5432");
  const { connection, ends } = connectionOf(refused);
  for (let attempt = 0; attempt < 2; attempt++) {
    await assertRejects(
      () => connection.run("select 1"),
      BrokerAwayError,
      "Cannot reach PostgreSQL: connect ECONNREFUSED 127.0.0.1:5432",
    );
  }
  assertEquals(ends, [refused]);
});

Deno.test("Where a connection is lost under a statement, it is unknown whether that was carried out", async () => {
  const lost = new Error("the connection was closed");
  const { connection } = connectionOf(undefined, lost);
  await connection.run("select 1");
  await assertRejects(
    () => connection.run("select 2"),
    BrokerAwayError,
    "the connection was closed; whether the statement was carried out is unknown",
  );
});
