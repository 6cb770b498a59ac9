/** Pings of WebSocket for clients that have none in their protocol, on sockets of the package `ws`. */

import { assertEquals } from "@std/assert";
import { pingByFrames } from "../../../lib/transports/frame_pings.ts";
import { FakeClock } from "../../support/fake_clock.ts";

function scene() {
  const clock = new FakeClock();
  const done: string[] = [];
  const listeners: Record<string, () => void> = {};
  pingByFrames({
    ping: () => void done.push(`ping at ${clock.now}`),
    terminate: () => void done.push(`end at ${clock.now}`),
    on: (event, listener) => void (listeners[event] = listener),
  }, { clock, idleMs: 1_000 });
  return { clock, done, listeners };
}

Deno.test("A silent client is pinged once, and ended without an answer", () => {
  const { clock, done } = scene();
  for (let step = 0; step < 6; step++) clock.advance(500);
  assertEquals(done, ["ping at 500", "end at 1000"]);
});

Deno.test("A client that answers stays, and one that sends is not pinged", () => {
  const { clock, done, listeners } = scene();
  clock.advance(500);
  listeners.pong?.();
  clock.advance(400);
  listeners.message?.();
  clock.advance(100);
  assertEquals(done, ["ping at 500"]);
  clock.advance(500);
  assertEquals(done, ["ping at 500", "ping at 1500"]);
});

Deno.test("Nothing follows the end of a socket", () => {
  const { clock, done, listeners } = scene();
  listeners.close?.();
  clock.advance(5_000);
  assertEquals(done, []);
});
