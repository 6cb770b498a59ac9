/** Clients of several processes that share a Redis, as on several machines. */

import { testNodes } from "../conformance/nodes.ts";
import { API_KEY } from "../routes/api_server.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { TestServer } from "../support/server.ts";

testNodes("Three processes with a Redis", {
  ignore: requireTool("redis-server").missing,
  async start() {
    await using stack = new AsyncDisposableStack();
    const redis = stack.use(await RedisServer.start());
    const env = {
      INSECURE_ANONYMOUS_ALL: "true",
      API_KEY,
      BROKER_URL: redis.url,
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
