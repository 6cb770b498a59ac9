import { assertEquals, assertFalse } from "@std/assert";
import { BrokerAwayError } from "../../../../lib/base/errors.ts";
import { Pool } from "../../../../lib/broker/postgres/pool.ts";
import { settled } from "../../../support/connection_scene.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

Deno.test("A statement that no connection had time for is refused, and PostgreSQL is not said to be away", async () => {
  const clock = new FakeClock();
  const answers: (() => void)[] = [];
  const losses: unknown[] = [];
  const pool = new Pool({
    clock,
    size: 1,
    createClient: () => ({
      query: () => new Promise((resolve) => answers.push(resolve)),
      destroy: () => Promise.resolve(),
    }),
    onLoss: (error) => losses.push(error),
  });
  const [first, second, late] = ["1", "2", "3"].map((text) =>
    pool.run(text, []).catch((error: unknown) => error)
  );
  await settled();
  clock.advance(4_000);
  answers.shift()!();
  await first;
  await settled();
  // The second has the connection now.
  clock.advance(1_000);
  pool.check();
  const error = await late;
  assertEquals(
    String(error),
    "Error: no connection to PostgreSQL was free for 5000 ms",
  );
  assertFalse(error instanceof BrokerAwayError);
  answers.shift()!();
  assertEquals([await second, losses], [[], []]);
});
