import { MemoryBroker } from "../../lib/broker/memory/broker.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { testBroker } from "./broker.ts";

testBroker(
  "Memory broker",
  () => {
    const clock = new FakeClock();
    return Promise.resolve({
      brokers: [new MemoryBroker({ random: systemRandom, clock })],
      passTime(ms) {
        clock.advance(ms);
        return Promise.resolve();
      },
    });
  },
  { maxPassMs: Infinity },
);
