import { makeIsolates } from "../support/isolates.ts";
import { testBroker } from "./broker.ts";
import { ENGINES } from "./engines.ts";

testBroker("BroadcastChannel broker, real isolates", async (nodes, pace) => {
  const brokers = await makeIsolates(nodes, { pace });
  return {
    brokers,
    passTime: (ms) => new Promise((resolve) => setTimeout(resolve, ms / pace)),
    dispose() {
      for (const broker of brokers) broker.terminate();
      return Promise.resolve();
    },
  };
}, ENGINES.isolates);
