/** An isolate that had just begun to listen, and had not found its sequencer yet, refused emulated commands (503): the message of an SDK was lost. */

import { assert, assertEquals } from "@std/assert";
import { createLog } from "../../lib/base/log.ts";
import { DEFAULT_LIMITS } from "../../lib/limits/hub_limits.ts";
import { emulate } from "../../lib/node_calls/emulation.ts";
import { World, type WorldNode } from "../support/isolate_world.ts";

/** Sends a command by a node of `world` to a session at `to`. */
function send({ clock }: World, { broker }: WorldNode, to: WorldNode) {
  const log = createLog({ level: "debug", clock, write: () => {} });
  const body = { session: "any", node: to.broker.node, data: "{}" };
  return emulate(
    { broker, limits: DEFAULT_LIMITS, log },
    JSON.stringify(body),
  );
}

Deno.test("A command that comes before its isolate has found the others reaches its stream", async () => {
  const world = new World();
  const [first] = await world.startAll(1);
  world.net.lose = () => true;
  const late = await world.start();
  assert(!late.broker.ready);
  const sent = send(world, late, first!);
  world.net.lose = () => false;
  assertEquals(await world.wait(sent), "taken");
});

Deno.test("A command is refused for now where the others are not found in time", async () => {
  const world = new World();
  const [first] = await world.startAll(1);
  world.net.lose = () => true;
  const late = await world.start();
  assertEquals(await world.wait(send(world, late, first!)), "unavailable");
});
