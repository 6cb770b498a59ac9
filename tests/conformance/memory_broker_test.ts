import { MemoryBroker } from "../../lib/broker/memory.ts";
import { systemChance } from "../../lib/clock.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { testBroker } from "./broker.ts";

testBroker(
  "Memory broker",
  () => {
    const clock = new FakeClock();
    return Promise.resolve({
      brokers: [new MemoryBroker({ chance: systemChance, clock })],
      passTime(ms) {
        clock.advance(ms);
        return Promise.resolve();
      },
    });
  },
  { maxPassMs: Infinity },
);
