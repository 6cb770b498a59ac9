import { MemoryBroker } from "../../lib/broker/memory/broker.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { SparseBroker } from "../support/sparse_broker.ts";
import { type BrokerCluster, testBroker } from "./broker.ts";
import { denseView } from "./dense_view.ts";
import { ENGINES } from "./engines.ts";

function create(isSparse: boolean): Promise<BrokerCluster> {
  const clock = new FakeClock();
  const memory = new MemoryBroker({ random: systemRandom, clock });
  return Promise.resolve({
    brokers: [isSparse ? new SparseBroker(memory) : memory],
    passTime(ms) {
      clock.advance(ms);
      return Promise.resolve();
    },
  });
}

testBroker("Memory broker", () => create(false), ENGINES.memory);
testBroker(
  "Memory broker, sparse offsets",
  async () => denseView(await create(true)),
  { maxPassMs: Infinity },
);
