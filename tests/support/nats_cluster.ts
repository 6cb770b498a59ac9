/** Three NATS servers that keep each stream three times. */

import { natsStore } from "./nats_nodes.ts";
import { freePorts, NatsServer } from "./nats_server.ts";

const SIZE = 3;

/** A cluster; disposing of it kills all servers. */
export class NatsCluster implements AsyncDisposable {
  readonly servers: readonly NatsServer[];

  private constructor(servers: readonly NatsServer[]) {
    this.servers = servers;
  }

  /** Starts the servers; they find each other by themselves. */
  static async start(): Promise<NatsCluster> {
    const ports = freePorts(2 * SIZE);
    const routes = ports.slice(SIZE).map((port) => `nats://127.0.0.1:${port}`);
    const servers = await Promise.all(
      routes.map((route, index) =>
        NatsServer.start({
          args: [
            ...["--server_name", `n${index}`, "--cluster_name", "thrum"],
            ...["--cluster", route, "--routes", routes.join(",")],
          ],
        }, [ports[index]!])
      ),
    );
    return new NatsCluster(servers);
  }

  /** All servers, the one with this index first. */
  url(first = 0): string {
    const hosts = this.servers.map((_, index) =>
      `127.0.0.1:${this.servers[(first + index) % SIZE]!.port}`
    );
    return `nats://${hosts}/thrum?replicas=${SIZE}`;
  }

  /** The server that leads the stream of publications. */
  async leader(): Promise<NatsServer> {
    const store = natsStore(this.url());
    store.link.open();
    try {
      while (!store.link.ready) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const { cluster } = await store.jetStream.call(
        `STREAM.INFO.${store.subjects.stream}`,
      );
      const name = cluster instanceof Object && "leader" in cluster
        ? String(cluster.leader)
        : "";
      const leader = this.servers[Number(name.slice(1))];
      if (leader === undefined) throw new Error(`no server is called ${name}`);
      return leader;
    } finally {
      store.stop();
      await store.link.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.servers) await server[Symbol.asyncDispose]();
  }
}
