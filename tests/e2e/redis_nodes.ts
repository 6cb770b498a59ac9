/** Real servers that share a Redis of their own. */

import { eventually } from "../support/eventually.ts";
import {
  RedisServer,
  type RedisServerOptions,
} from "../support/redis_server.ts";
import { TestServer } from "../support/server.ts";

/** How to start them. */
export interface RedisNodesOptions {
  readonly redis?: RedisServerOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions of the servers. @default {those of `TestServer`} */
  readonly permissions?: readonly string[];
  /** Their program, as a path from the root of the repository. @default {"main.ts"} */
  readonly main?: string;
}

/** A Redis and `count` servers; disposing of them ends all processes. */
export class RedisNodes implements AsyncDisposable {
  readonly redis: RedisServer;
  readonly nodes: readonly TestServer[];
  readonly #stack: AsyncDisposableStack;

  private constructor(
    redis: RedisServer,
    nodes: readonly TestServer[],
    stack: AsyncDisposableStack,
  ) {
    this.redis = redis;
    this.nodes = nodes;
    this.#stack = stack;
  }

  /** Resolves once all of them are ready. */
  static async start(
    count: number,
    { main, permissions, ...options }: RedisNodesOptions = {},
  ): Promise<RedisNodes> {
    await using stack = new AsyncDisposableStack();
    const redis = stack.use(await RedisServer.start(options.redis));
    const env = {
      INSECURE_ANONYMOUS_ALL: "true",
      BROKER_URL: redis.url,
      ...options.env,
    };
    const nodes = [];
    for (let index = 0; index < count; index++) {
      const node = stack.use(
        await TestServer.start({
          env,
          ...permissions && { permissions },
          ...main === undefined ? {} : { main, mode: "run" },
        }),
      );
      await isReady(node);
      nodes.push(node);
    }
    return new RedisNodes(redis, nodes, stack.move());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** Resolves once a server takes connections; 5 s are the promise. */
export function isReady(node: TestServer): Promise<void> {
  return eventually(async () => await statusOf(node, "/readyz") === 200, {
    awaited: "a node that is ready",
    timeoutMs: 5_000,
  });
}

/** The status of `/readyz` or `/healthz`. */
export async function statusOf(
  { url }: TestServer,
  path: "/readyz" | "/healthz",
): Promise<number> {
  const { status, body } = await fetch(url + path);
  await body?.cancel();
  return status;
}
