/** A memory broker whose time and chance are a test's own, and whose methods a test may replace. */

import { MemoryBroker } from "../../lib/broker/memory/broker.ts";
import type { Broker } from "../../lib/broker/types.ts";
import { FakeClock, fakeRandom } from "./fake_clock.ts";

/** A broker with every method as a property of its own. */
export type OpenBroker = { -readonly [Name in keyof Broker]: Broker[Name] };

/** Makes a memory broker. */
export function memoryBroker(clock: FakeClock = new FakeClock()): OpenBroker {
  const memory = new MemoryBroker({ random: fakeRandom(), clock });
  return {
    node: memory.node,
    ready: memory.ready,
    mode: memory.mode,
    start: (node) => memory.start(node),
    subscribe: (channel) => memory.subscribe(channel),
    unsubscribe: (channel) => memory.unsubscribe(channel),
    publish: (request) => memory.publish(request),
    position: (channel) => memory.position(channel),
    recover: (channel, query) => memory.recover(channel, query),
    history: (channel, query) => memory.history(channel, query),
    removeHistory: (channel) => memory.removeHistory(channel),
    call: (node, question) => memory.call(node, question),
    close: () => memory.close(),
  };
}
