import { MemoryPresence } from "../../lib/presence/memory.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { testPresence } from "./presence.ts";

testPresence("Memory presence", () => {
  const clock = new FakeClock();
  return Promise.resolve({
    presence: new MemoryPresence({ clock, ttlMs: 30_000 }),
    pass(ms) {
      clock.advance(ms);
      return Promise.resolve();
    },
  });
});
