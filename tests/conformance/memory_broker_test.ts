import { MemoryBroker } from "../../lib/broker/memory.ts";
import { systemChance } from "../../lib/clock.ts";
import { testBroker } from "./broker.ts";

testBroker(
  "Memory broker",
  () => Promise.resolve(new MemoryBroker({ chance: systemChance })),
);
