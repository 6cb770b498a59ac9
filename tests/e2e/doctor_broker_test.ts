/** `deno task doctor` and the stores that nodes share: Redis, PostgreSQL and NATS. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { examineStoreClock } from "../../doctor/store_clock.ts";
import { type Clock, systemClock } from "../../lib/base/clock.ts";
import { isReady } from "../support/broker_nodes.ts";
import { NatsServer } from "../support/nats_server.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requirePostgres, requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";
import { SECRET } from "../support/token.ts";
import { examine, lineOf } from "./doctor_stage.ts";

const TOKENS = { TOKEN_SECRET: SECRET };

interface Store extends AsyncDisposable {
  readonly url: string;
}

const STORES: Readonly<
  Record<string, readonly [missing: boolean, start: () => Promise<Store>]>
> = {
  redis: [requireTool("redis-server").missing, () => RedisServer.start()],
  postgres: [requirePostgres().missing, () => PostgresServer.start()],
  nats: [requireTool("nats-server").missing, () => NatsServer.start()],
};

/** The machine's clock, moved by milliseconds. */
function clockAt(offsetMs: number): Clock {
  return Object.create(systemClock, {
    wallTime: { get: () => Date.now() + offsetMs },
  });
}

for (const [scheme, [missing, start]] of Object.entries(STORES)) {
  Deno.test({
    name:
      `The doctor publishes to the ${scheme} of the settings, and compares its clock`,
    ignore: missing,
    async fn() {
      await using store = await start();
      const env = { ...TOKENS, BROKER_URL: store.url };
      await using server = await TestServer.start({ env });
      await isReady(server);
      const PORT = new URL(server.url).port;
      const { report, code } = await examine([], { ...env, PORT });
      assertMatch(
        lineOf(report, "broker"),
        new RegExp(`^ok .*${scheme}://127.* orders and keeps`),
      );
      assertMatch(
        lineOf(report, "store clock"),
        new RegExp(`^ok .*${scheme}://127.* agrees with this machine's`),
      );
      for (const check of ["publish", "recovery"]) {
        assertMatch(lineOf(report, check), /^ok /);
      }
      assertEquals(code, 0, report);
    },
  });

  Deno.test({
    name: `The doctor warns where the clock of ${scheme} is not this machine's`,
    ignore: missing,
    async fn() {
      await using store = await start();
      const settings = { brokerUrl: store.url };
      const late = await examineStoreClock(settings, clockAt(-10_000));
      const early = await examineStoreClock(settings, clockAt(3_600_000));
      assertEquals([late?.status, early?.status], ["warning", "warning"]);
      assertMatch(late?.text ?? "", / is (?:9\.9|10\.0) s ahead of /);
      assertMatch(early?.text ?? "", / is 3600\.[01] s behind /);
    },
  });
}

Deno.test("The doctor finds a broker that is not there, by the settings and by the server", async () => {
  // Nothing listens on port 1.
  const env = { ...TOKENS, BROKER_URL: "redis://:hidden@127.0.0.1:1" };
  await using server = await TestServer.start({ env });
  const PORT = new URL(server.url).port;
  const { report, code } = await examine([], { ...env, PORT });
  const line = lineOf(report, "broker");
  assertMatch(line, /^FAILED .*redis:\/\/127\.0\.0\.1:1 .*ECONNREFUSED/);
  assertMatch(lineOf(report, "readiness"), /^FAILED .*without broker/);
  assert(!report.includes("store clock"), report);
  assertEquals(report.includes("hidden"), false, report);
  assertEquals(code, 1, report);
});

Deno.test("A store whose clock cannot be read costs a warning without its password", async () => {
  const brokerUrl = "redis://:hidden@127.0.0.1:1";
  const finding = await examineStoreClock({ brokerUrl });
  assertEquals(finding?.status, "warning");
  assertMatch(finding?.text ?? "", /cannot be read: .*ECONNREFUSED/);
  assert(!JSON.stringify(finding).includes("hidden"));
});
