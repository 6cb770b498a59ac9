/** Broker of a node under observation: what it delivers and acknowledges goes into the ledger first. */

import type { Broker, BrokerNode } from "../../lib/broker/types.ts";
import type { Ledger } from "./ledger.ts";

/** A broker whose methods a planted bug may replace. */
export type OpenBroker = { -readonly [Name in keyof Broker]: Broker[Name] };

/** Observes a broker. `wrap` may replace the node that it serves. */
export function observe(
  broker: Broker,
  ledger: Ledger,
  wrap: (node: BrokerNode) => BrokerNode,
): OpenBroker {
  return {
    node: broker.node,
    get mode() {
      return broker.mode;
    },
    get ready() {
      return broker.ready;
    },
    start: (node) => {
      const wrapped = wrap(node);
      broker.start({
        deliver: (publication) => {
          ledger.place(publication);
          return wrapped.deliver(publication);
        },
        answer: (call) => wrapped.answer(call),
        checkPositions: (channel) => wrapped.checkPositions(channel),
      });
    },
    subscribe: (channel) => broker.subscribe(channel),
    unsubscribe: (channel) => broker.unsubscribe(channel),
    publish: (request) => {
      const published = broker.publish(request);
      if (request.type !== undefined && request.type !== "publication") {
        return published;
      }
      if (!(published instanceof Promise)) {
        ledger.acknowledge(request.payload, published);
        return published;
      }
      return published.then((position) => {
        ledger.acknowledge(request.payload, position);
        return position;
      });
    },
    position: (channel) => broker.position(channel),
    recover: async (channel, query) => {
      const found = await broker.recover(channel, query);
      for (const publication of found.publications) ledger.place(publication);
      return found;
    },
    history: (channel, query) => broker.history(channel, query),
    removeHistory: (channel) => broker.removeHistory(channel),
    call: (node, call) => broker.call(node, call),
    close: () => broker.close(),
  };
}
