/** A program of two isolates that closes its brokers, and ends if nothing of them is left. */

import { IsolatesBroker } from "../../lib/broker/isolates/broker.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";
import { IsolateBroker } from "./isolates.ts";

const clock = systemClock;
const ttlMs = 30_000;
const timeoutMs = 5_000;
const cluster = "ending";
const node = { deliver: () => true, answer: () => {}, checkPositions() {} };

const here = new IsolatesBroker({
  random: systemRandom,
  clock,
  presence: new MemoryPresence({ clock, ttlMs }),
  cluster,
});
here.start(node);
const there = await IsolateBroker.make({
  cluster,
  ttlMs,
  timeoutMs,
  hasLocks: true,
});
there.start(node);
await there.subscribe("room");
await here.subscribe("room");
await there.publish({ channel: "room", payload: "x" });
await here.publish({ channel: "room", payload: "y" });
await there.close();
there.terminate();
await here.close();
console.log("closed");
