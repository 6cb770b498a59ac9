/** One run of the whole hub, which its seed decides from the first event to the last. */

import { act, canWant } from "./faults.ts";
import { Healing } from "./healing.ts";
import { Invariants } from "./invariants.ts";
import { Violation } from "./ledger.ts";
import { CHANNELS, USERS } from "./rules.ts";
import { SeededRandom } from "./seeded_random.ts";
import type { Plant, WorldKind } from "./sim_node.ts";
import { World } from "./world.ts";

const KINDS: readonly WorldKind[] = ["memory", "isolates", "external"];
/** Mean time between two steps, in milliseconds. */
const PAUSE_MS = 120;

/** Options of a run. */
export interface RunOptions {
  /** A bug to be found. */
  readonly plant?: Plant;
  /** Takes a line for each event that a reader may want to see. */
  readonly trace?: (line: string) => void;
}

/** Result of a run. */
export interface Run {
  readonly seed: number;
  readonly kind: WorldKind;
  /** Events of the timeline. */
  readonly steps: number;
  readonly publications: number;
  /** Publications that clients have received. */
  readonly received: number;
  /** The first promise that did not hold. */
  readonly violation: Violation | undefined;
}

/**
 * Runs one seed. Promises that are checked after every step:
 *
 * 1. Per subscriber, channel and epoch the offsets strictly increase (`sdk_client.ts`, `text_client.ts`).
 * 2. A gap comes after `recovered: false`, 2500 or 3010 only (`sdk_client.ts`).
 * 3. What was acknowledged is in the history until its size or its age says otherwise (`invariants.ts`).
 * 4. A client is sent only what it may read (`observed_frame.ts`).
 * 5. No frame is sent above the budget of unsent bytes (`sim_socket.ts`), no more waits
 *    than is allowed (`invariants.ts`), and no client that reads is closed as slow (`world.ts`).
 * 6. A closed connection is in no map (`invariants.ts`).
 * 7. A hub that drains sends its clients away with 3001 (`world.ts`).
 *
 * A place in an order also holds one publication for ever (`ledger.ts`). At the end the
 * world heals, and every subscriber has to reach the top; a client that is half open has
 * to be evicted, and let go of (`healing.ts`).
 */
export async function run(
  seed: number,
  { plant = {}, trace }: RunOptions = {},
): Promise<Run> {
  const random = new SeededRandom(seed);
  const kind = random.pick(plant.kinds ?? KINDS);
  const putBack = plant.install?.();
  // By the seed, so that nothing else that it decides depends on this.
  const isSparse = seed % 2 === 1;
  const world = new World({ kind, random, isSparse, plant, trace });
  let violation: Violation | undefined;
  try {
    await play(world);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violation = error;
  } finally {
    putBack?.();
  }
  return {
    seed,
    kind,
    steps: world.timeline.steps,
    publications: world.ledger.tried.size,
    received: world.clients.reduce(
      (sum, { received }) => sum + received.size,
      0,
    ),
    violation,
  };
}

async function play(world: World): Promise<void> {
  const { random, timeline, kind } = world;
  const invariants = new Invariants(world);
  const check = () => invariants.check();
  const nodes = kind === "memory" ? 1 : random.whole(1, 3);
  for (let count = 0; count < nodes; count++) world.startNode();
  await timeline.run(20, check);
  const clients = random.whole(3, 6);
  for (let count = 0; count < clients; count++) {
    const protocol = random.chance(0.7) ? "sdk" : "text";
    const client = world.addClient(protocol, random.pick(USERS));
    for (const channel of CHANNELS) {
      if (canWant(world, client, channel) && random.chance(0.6)) {
        client.want(channel);
      }
    }
  }
  const steps = random.whole(100, 200);
  for (let step = 0; step < steps; step++) {
    const pause = -Math.log(1 - random.number()) * PAUSE_MS;
    await timeline.run(timeline.now + pause, check);
    act(world, invariants);
    await timeline.run(timeline.now, check);
    await check();
  }
  await new Healing(world, invariants).run();
}
