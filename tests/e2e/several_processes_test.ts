/** Clients of several processes that share a Redis, a PostgreSQL or a NATS, as on several machines. */

import { testNodes } from "../conformance/nodes.ts";
import { API_KEY } from "../routes/api_server.ts";
import { NatsServer } from "../support/nats_server.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requirePostgres, requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";

for (
  const { name, missing, open } of [
    {
      name: "a Redis",
      missing: requireTool("redis-server").missing,
      open: () => RedisServer.start(),
    },
    {
      name: "a PostgreSQL",
      missing: requirePostgres().missing,
      open: () => PostgresServer.start(),
    },
    {
      name: "a NATS",
      missing: requireTool("nats-server").missing,
      open: () => NatsServer.start(),
    },
  ]
) {
  testNodes(`Three processes with ${name}`, {
    ignore: missing,
    async start() {
      await using stack = new AsyncDisposableStack();
      const broker = stack.use(await open());
      const env = {
        INSECURE_ANONYMOUS_ALL: "true",
        API_KEY,
        BROKER_URL: broker.url,
      };
      const [a, b, c] = await Promise.all(
        [1, 2, 3].map(() => TestServer.start({ env })),
      );
      for (const server of [a!, b!, c!]) stack.use(server);
      const all = stack.move();
      return {
        urls: [a!.url, b!.url, c!.url],
        [Symbol.asyncDispose]: () => all.disposeAsync(),
      };
    },
  });
}
