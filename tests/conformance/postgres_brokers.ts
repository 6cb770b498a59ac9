/** Clusters of nodes that share a PostgreSQL, for the script of brokers. */

import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { PostgresBroker } from "../../lib/broker/postgres/broker.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { fastClock } from "../support/fast_clock.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";
import { testBroker } from "./broker.ts";
import { ENGINES } from "./engines.ts";

/** Registers the script for nodes whose URL has these options. They share a server, because its start takes longer than a check. */
export async function testPostgresBroker(
  name: string,
  options = "",
): Promise<void> {
  if (requirePostgres().missing) return;
  const server = await PostgresServer.start();
  const random = systemRandom;
  testBroker(name, async (nodes, pace) => {
    await server.clear();
    const clock = fastClock(pace);
    const brokers = Array.from({ length: nodes }, () => {
      const url = server.url + options;
      const link = connectPostgres(url, { clock: systemClock, random });
      return new PostgresBroker({ link, clock, random });
    });
    return {
      brokers,
      passTime: (ms: number) =>
        new Promise<void>((resolve) => setTimeout(resolve, ms / pace)),
    };
  }, ENGINES[options === "" ? "PostgreSQL" : "PostgreSQL behind a pooler"]);
  Deno.test.afterAll(() => server[Symbol.asyncDispose]());
}
