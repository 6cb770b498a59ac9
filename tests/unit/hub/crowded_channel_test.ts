/** Publications that come faster than they are sent: no turn of the event loop is long, and the publisher waits. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { Connection } from "../../../lib/hub/connection.ts";
import { type Crowd, gather, PUBLISH, SLICE } from "../../support/crowd.ts";

/** Most frames in a turn of the event loop, until all that was published has arrived. */
async function busiestTurn(
  { scene, transports, total }: Crowd,
  lines: number,
): Promise<number> {
  let most = 0;
  const isDone = () => transports.every((each) => each.lines === lines);
  for (let turns = 0; !isDone(); turns++) {
    assert(turns < 1_000, `after ${total.frames} frames`);
    const before = total.frames;
    scene.clock.stall(0);
    await scene.settle();
    most = Math.max(most, total.frames - before);
  }
  return most;
}

Deno.test("No turn writes to more recipients where frames of 256 publications come faster than they are sent", async () => {
  const crowd = await gather(1_000);
  const { publisher, transports } = crowd;
  const frame = Array(256).fill(PUBLISH).join("\n");
  for (let count = 0; count < 6; count++) publisher.receive(frame);
  // The publisher's answers, and the slice of the publication that fills what waits.
  assertLess(await busiestTurn(crowd, 6 * 256), SLICE * 2 + 2);
  // As many share a frame as may: it waits for the end of a fan-out, not for each turn.
  for (const { frames } of transports) assertLess(frames, 10);
  await crowd.scene.hub.close();
});

Deno.test("A program that publishes faster than can be sent ends one fan-out at a time", async () => {
  const crowd = await gather(1_000);
  const { scene, total } = crowd;
  const most = 1_000 + SLICE + 2;
  for (let count = 0; count < 2_000; count++) {
    const before = total.frames;
    scene.hub.publish("news", "x");
    assertLess(total.frames - before, most);
  }
  assertLess(await busiestTurn(crowd, 2_000), SLICE * 2 + 2);
  await scene.hub.close();
});

Deno.test("A publisher that waits goes on where all recipients leave meanwhile", async () => {
  const { scene, publisher, own } = await gather(1_000);
  const { subscriptions, connections } = scene.hub;
  const frame = Array(256).fill(PUBLISH).join("\n");
  for (let count = 0; count < 4; count++) publisher.receive(frame);
  const turn = async () => {
    scene.clock.stall(0);
    await scene.settle();
  };
  for (let turns = 0; !scene.hub.channels.get("news")?.crowded; turns++) {
    assert(turns < 50);
    await turn();
  }
  for (const connection of connections) subscriptions.end(connection, "news");
  for (let turns = 0; turns < 200; turns++) await turn();
  assertEquals(own.lines, 4 * 256);
  await scene.hub.close();
});

Deno.test("A publisher that may not wait is not held, nor remembered", async () => {
  const { scene, publisher } = await gather(300);
  for (let count = 0; count < 512; count++) scene.hub.publish("news", "x");
  const { backpressure } = scene.hub;
  assert(backpressure.wait(publisher, "news") !== undefined);
  // It waits already.
  assertEquals(backpressure.wait(publisher, "news"), undefined);
  let resumed = 0;
  publisher.resume = () => {
    resumed++;
    Connection.prototype.resume.call(publisher);
  };
  backpressure.update();
  assertEquals(resumed, 0);
  for (let turns = 0; turns < 10; turns++) scene.clock.stall(0);
  assertEquals(resumed, 1);
  await scene.hub.close();
});
