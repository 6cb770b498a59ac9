/** Clients of several processes that share a broker, as on several machines. */

import { testNodes } from "../conformance/nodes.ts";
import { API_KEY } from "../routes/api_server.ts";
import { BrokerNodes } from "../support/broker_nodes.ts";
import { requireBrokers } from "../support/shared_broker.ts";

for (const { name, missing, start: broker } of requireBrokers()) {
  testNodes(`Three processes with ${name}`, {
    ignore: missing,
    async start() {
      const all = await BrokerNodes.start(3, { broker, env: { API_KEY } });
      const [a, b, c] = all.nodes;
      return {
        urls: [a!.url, b!.url, c!.url],
        [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
      };
    },
  });
}
