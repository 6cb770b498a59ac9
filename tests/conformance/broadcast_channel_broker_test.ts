import { BroadcastChannelBroker } from "../../lib/broker/broadcast_channel.ts";
import { type Clock, systemChance, systemClock } from "../../lib/clock.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { FakeLocks } from "../support/fake_locks.ts";
import { FakeNet } from "../support/fake_net.ts";
import { type BrokerCluster, testBroker } from "./broker.ts";

const TTL_MS = 30_000;
/** So often a post can arrive while time passes. */
const STEPS = 50;

/** A clock whose timers wait for the test, while a turn of the event loop is a real one. */
function turningClock(): FakeClock {
  return Object.assign(new FakeClock(), { soon: systemClock.soon });
}

function makeBroker(
  clock: Clock,
  options: Partial<ConstructorParameters<typeof BroadcastChannelBroker>[0]>,
): BroadcastChannelBroker {
  const presence = new MemoryPresence({ clock, ttlMs: TTL_MS });
  return new BroadcastChannelBroker({
    chance: systemChance,
    clock,
    presence,
    ...options,
  });
}

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
    async passTime(ms) {
      for (let step = 0; step < STEPS; step++) {
        await new Promise<void>((resolve) => void clock.soon(resolve));
        clock.advance(ms / STEPS);
      }
    },
  });
}

function platformCluster(nodes: number): Promise<BrokerCluster> {
  const cluster = crypto.randomUUID();
  const brokers = Array.from(
    { length: nodes },
    () => makeBroker(systemClock, { cluster }),
  );
  return Promise.resolve({
    brokers,
    passTime: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

testBroker("BroadcastChannel broker, sequencer", fakeCluster, {
  maxNodes: 1,
  maxPassMs: Infinity,
});
testBroker("BroadcastChannel broker, fake net", fakeCluster, {
  maxNodes: 3,
  maxPassMs: Infinity,
});
testBroker("BroadcastChannel broker, one isolate", platformCluster, {
  maxNodes: 3,
});
