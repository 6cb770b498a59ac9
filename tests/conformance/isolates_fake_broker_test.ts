import { fastClock } from "../support/fast_clock.ts";
import { FakeLocks } from "../support/fake_locks.ts";
import { FakeNet } from "../support/fake_net.ts";
import { makeBroker, passSteps, turningClock } from "./isolates_brokers.ts";
import { SparseBroker } from "../support/sparse_broker.ts";
import { type BrokerCluster, testBroker } from "./broker.ts";
import { denseView } from "./dense_view.ts";

function fakeCluster(nodes: number): Promise<BrokerCluster> {
  const clock = turningClock();
  const net = new FakeNet(() => clock.soon(() => net.deliverAll()));
  const locks = new FakeLocks();
  const brokers = Array.from(
    { length: nodes },
    () => makeBroker(clock, net.isolate(locks)),
  );
  return Promise.resolve({
    brokers,
    passTime: (ms) => passSteps(clock, ms),
  });
}

async function sparseCluster(nodes: number): Promise<BrokerCluster> {
  const cluster = await fakeCluster(nodes);
  const brokers = cluster.brokers.map((broker) => new SparseBroker(broker));
  return denseView({ ...cluster, brokers });
}

function platformCluster(
  nodes: number,
  pace: number,
): Promise<BrokerCluster> {
  const clock = fastClock(pace);
  const cluster = crypto.randomUUID();
  const brokers = Array.from(
    { length: nodes },
    () => makeBroker(clock, { cluster }),
  );
  return Promise.resolve({
    brokers,
    passTime: (ms) => new Promise((resolve) => setTimeout(resolve, ms / pace)),
  });
}

testBroker("Isolates broker, sequencer", fakeCluster, {
  maxNodes: 1,
  maxPassMs: Infinity,
});
testBroker("Isolates broker, fake net", fakeCluster, {
  maxNodes: 3,
  maxPassMs: Infinity,
});
testBroker("Isolates broker, sparse offsets", sparseCluster, {
  maxNodes: 3,
  maxPassMs: Infinity,
});
testBroker("Isolates broker, one isolate", platformCluster, {
  maxNodes: 3,
});
