import { fastClock } from "../support/fast_clock.ts";
import { natsBroker } from "../support/nats_nodes.ts";
import { NatsServer } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";
import { testBroker } from "./broker.ts";
import { denseView } from "./dense_view.ts";
import { ENGINES } from "./engines.ts";

const nats = requireTool("nats-server");

async function createCluster(nodes: number, pace: number) {
  const server = await NatsServer.start();
  const clock = fastClock(pace);
  return denseView({
    brokers: Array.from(
      { length: nodes },
      () => natsBroker(server.url, { clock }),
    ),
    passTime: (ms: number) =>
      new Promise<void>((resolve) => setTimeout(resolve, ms / pace)),
    dispose: () => server[Symbol.asyncDispose](),
  });
}

if (!nats.missing) testBroker("NATS broker", createCluster, ENGINES.NATS);
