/** The end of a real server of several isolates, each with clients of its own. */

import { assertEquals, assertLess } from "@std/assert";
import { readCloseReason } from "../../lib/base/disconnect.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import type { Follower } from "../support/follower.ts";
import { IsolateCrowd, ISOLATES } from "../trials/scenarios/isolate_crowd.ts";

/** Well before the server would end itself by force. */
const END_WITHIN_MS = 3_500;

/**
 * Asserts that all are told 3001, and that all isolates stop before anything forces
 * them to. Deno drops a connection at once when a message comes after its close was
 * asked for and before that is written: who talks may miss it.
 */
async function assertDrain(
  crowd: IsolateCrowd,
  talkers: readonly Follower[] = [],
): Promise<void> {
  const { server, followers, texts } = crowd;
  const from = performance.now();
  server.signal("SIGTERM");
  for (const client of [...followers, ...texts]) {
    const { code, reason } = await deadline(client.closed, {
      awaited: "a client to be told",
    });
    if (talkers.some((talker) => talker === client)) continue;
    const text = readCloseReason(reason).reason;
    assertEquals([code, text], [3001, "shutdown"]);
  }
  const { code, signal } = await deadline(server.exit, {
    awaited: "the server's end",
  });
  assertLess(performance.now() - from, END_WITHIN_MS);
  assertEquals({ code, signal }, { code: 0, signal: null });
  for (const event of ["signal", "draining", "stopped"]) {
    assertEquals(crowd.countOf(event), ISOLATES, event);
  }
}

Deno.test("SIGTERM closes every client of every isolate with 3001, and the process ends by itself", async () => {
  await using crowd = await IsolateCrowd.open();
  await crowd.followers[0]!.publish("the last");
  for (const follower of crowd.followers) await follower.sees("the last");
  await assertDrain(crowd);
  const { logs } = crowd.server;
  assertEquals(logs.filter(({ level }) => level === "error"), []);
});

Deno.test("SIGTERM in the middle of a burst does so too, and what clients have got until then is in one order", async () => {
  await using crowd = await IsolateCrowd.open();
  const { followers } = crowd;
  const publishing = followers.map(async (follower, index) => {
    let isOpen = true;
    follower.closed.then(() => isOpen = false);
    for (let count = 0; isOpen; count++) {
      await follower.publish(`${index}:${count}`);
    }
  });
  await eventually(() => followers.every(({ seen }) => seen.length > 1_000), {
    awaited: () => `traffic; got ${followers.map(({ seen }) => seen.length)}`,
  });
  await assertDrain(crowd, followers);
  await Promise.all(publishing);
  const [longest] = followers.map(({ seen }) => seen)
    .toSorted((a, b) => b.length - a.length);
  for (const { seen, told, faults } of followers) {
    assertEquals(seen, longest!.slice(0, seen.length));
    assertEquals([told, faults], [[], []]);
  }
});
