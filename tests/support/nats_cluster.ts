/** A cluster of NATS servers of its own for a test, each of which can be killed and started again. */

import { eventually } from "./eventually.ts";
import { freePorts } from "./free_port.ts";
import { NatsServer } from "./nats_server.ts";
import { NatsStreams } from "./nats_streams.ts";

const SIZE = 3;

/** Three running servers; disposing of them kills them. */
export class NatsCluster implements AsyncDisposable {
  readonly servers: readonly NatsServer[];

  private constructor(servers: readonly NatsServer[]) {
    this.servers = servers;
  }

  /** Starts the servers; resolves once a stream with a copy on each can be made. */
  static async start(): Promise<NatsCluster> {
    const ports = freePorts(SIZE);
    const routes = ports.map((port) => `"nats://127.0.0.1:${port}"`).join();
    await using stack = new AsyncDisposableStack();
    const starting = ports.map(async (port, index) => {
      const config = `
        server_name: n${index}
        cluster { name: thrum, listen: "127.0.0.1:${port}", routes: [${routes}] }
      `;
      const server = await NatsServer.start({ config });
      return stack.use(server);
    });
    const servers = await Promise.all(starting);
    const cluster = new NatsCluster(servers);
    await cluster.#isReady();
    stack.move();
    return cluster;
  }

  /** URL of all servers, with a copy on each. */
  get url(): string {
    return this.urlFrom(0);
  }

  /** The same URL, which begins with one of them. */
  urlFrom(first: number): string {
    const hosts = this.servers.map((_, index) => {
      const { port } = this.servers[(index + first) % SIZE]!;
      return `127.0.0.1:${port}`;
    });
    return `nats://${hosts.join()}?replicas=${SIZE}`;
  }

  /** The server that leads a stream; `undefined` while it has no leader. */
  async leaderOf(stream: string): Promise<NatsServer | undefined> {
    for (const server of this.servers.filter(({ running }) => running)) {
      await using streams = await NatsStreams.connect(server.url);
      const info = await streams.jetStream.call(`STREAM.INFO.${stream}`);
      const { leader } = info.cluster as { readonly leader?: string };
      return this.servers[Number(leader?.slice(1))];
    }
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      this.servers.map((server) => server[Symbol.asyncDispose]()),
    );
  }

  /** Waits until a leader of all streams is elected, and knows each server. */
  async #isReady(): Promise<void> {
    await using streams = await NatsStreams.connect(this.servers[0]!.url);
    await eventually(async () => {
      try {
        await streams.make("READY", ["ready"], { num_replicas: SIZE });
        await streams.jetStream.call("STREAM.DELETE.READY");
        return true;
      } catch {
        // No leader is elected yet.
        return false;
      }
    }, { awaited: "the servers to form a cluster", timeoutMs: 60_000 });
  }
}
