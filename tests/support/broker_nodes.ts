/** Real servers that share a broker of their own. */

import { eventually } from "./eventually.ts";
import { TestServer } from "./server.ts";
import type { BrokerAddress } from "./shared_broker.ts";

/** Options of the servers. */
export interface BrokerNodesOptions<Broker> {
  /** Starts what they share. */
  readonly broker: () => Promise<Broker>;
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions of the servers. @default {those of `TestServer`} */
  readonly permissions?: readonly string[];
  /** Their program, as a path from the root of the repository. @default {"main.ts"} */
  readonly main?: string;
}

/** A broker and `count` servers; disposing of them ends all processes. */
export class BrokerNodes<
  Broker extends BrokerAddress,
> implements AsyncDisposable {
  readonly broker: Broker;
  readonly nodes: readonly TestServer[];
  readonly #stack: AsyncDisposableStack;

  private constructor(
    broker: Broker,
    nodes: readonly TestServer[],
    stack: AsyncDisposableStack,
  ) {
    this.broker = broker;
    this.nodes = nodes;
    this.#stack = stack;
  }

  /** Resolves once all of them are ready. */
  static async start<
    Broker extends BrokerAddress,
  >(
    count: number,
    { main, permissions, ...options }: BrokerNodesOptions<Broker>,
  ): Promise<BrokerNodes<Broker>> {
    await using stack = new AsyncDisposableStack();
    const broker = stack.use(await options.broker());
    const env = {
      INSECURE_ANONYMOUS_ALL: "true",
      BROKER_URL: broker.url,
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
    return new BrokerNodes(broker, nodes, stack.move());
  }

  /** Where each server answers HTTP, without a trailing slash. */
  get urls(): readonly string[] {
    return this.nodes.map(({ url }) => url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** Time in which a server is ready at first: no promise, but the patience of a test. */
const START_MS = 20_000;

/** Resolves once a server takes connections. */
export function isReady(
  node: TestServer,
  timeoutMs = START_MS,
): Promise<void> {
  return eventually(async () => await statusOf(node, "/readyz") === 200, {
    awaited: "a node that is ready",
    timeoutMs,
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
