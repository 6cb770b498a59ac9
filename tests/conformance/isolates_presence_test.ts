import type { Presence } from "../../lib/presence/types.ts";
import { eventually } from "../support/eventually.ts";
import { FakeLocks } from "../support/fake_locks.ts";
import { FakeNet } from "../support/fake_net.ts";
import { makeIsolates } from "../support/isolates.ts";
import { makeBroker, passSteps, turningClock } from "./isolates_brokers.ts";
import { Member } from "./broker_scene.ts";
import { type PresenceScene, testPresence } from "./presence.ts";

/** A presence whose end is that of more. */
function closing(presence: Presence, close: () => Promise<void>): Presence {
  return {
    ttlMs: presence.ttlMs,
    add: (channel, info) => presence.add(channel, info),
    remove: (channel, client) => presence.remove(channel, client),
    get: (channel) => presence.get(channel),
    stats: (channel) => presence.stats(channel),
    close,
  };
}

/** The presence of the last of so many nodes; closing it closes them all. */
async function fakeScene(nodes: number): Promise<PresenceScene> {
  const clock = turningClock();
  const net = new FakeNet(() => clock.soon(() => net.deliverAll()));
  const locks = new FakeLocks();
  const brokers = Array.from(
    { length: nodes },
    () => makeBroker(clock, net.isolate(locks)),
  );
  for (const broker of brokers) {
    broker.start(new Member(broker));
    await eventually(() => broker.ready, { awaited: "a broker" });
  }
  const { presence } = brokers.at(-1)!;
  const close = async () => {
    await presence.close();
    for (const broker of brokers) await broker.close();
  };
  return {
    presence: closing(presence, close),
    pass: (ms) => passSteps(clock, ms),
  };
}

testPresence("Isolates presence, sequencer", () => fakeScene(1));
testPresence("Isolates presence, fake net", () => fakeScene(3));

testPresence("Isolates presence, real isolates", async () => {
  const brokers = await makeIsolates(2, { ttlMs: 600 });
  for (const broker of brokers) {
    broker.start(new Member(broker));
    await eventually(() => broker.ready, { awaited: "a broker" });
  }
  const { presence } = brokers[1]!;
  const close = () => {
    for (const broker of brokers) broker.terminate();
    return Promise.resolve();
  };
  return {
    presence: closing(presence, close),
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
});
