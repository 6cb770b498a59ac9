/** Duties of every broker; each implementation runs this script. */

import type { Broker } from "../../lib/broker/types.ts";
import { testBrokerCalls } from "./broker_calls.ts";
import { testBrokerConditions } from "./broker_conditions.ts";
import { testBrokerHistory } from "./broker_history.ts";
import { testBrokerIdempotency } from "./broker_idempotency.ts";
import { testBrokerNodes } from "./broker_nodes.ts";
import { testBrokerOrder } from "./broker_order.ts";
import { testBrokerRecovery } from "./broker_recovery.ts";
import { testBrokerVersions } from "./broker_versions.ts";
import { BrokerScene } from "./broker_scene.ts";

/** The brokers of one cluster, one a node; the script starts and closes them. */
export interface BrokerCluster {
  readonly brokers: readonly Broker[];
  /** Lets time pass for all of them. */
  passTime(ms: number): Promise<void>;
  /** Ends what the brokers run on, after they are closed. */
  dispose?(): Promise<void>;
}

/** Abilities of an implementation, and means of a test to wait. */
export interface BrokerTestOptions {
  /**
   * Nodes of a cluster at most; a check that needs more is left out.
   * @default {1}
   */
  readonly maxNodes?: number;
  /**
   * The longest time that `passTime` lets pass in a moment: `Infinity` with a fake
   * clock. A check that needs more is left out.
   * @default {5_000}
   */
  readonly maxPassMs?: number;
}

/** Needs of a check besides the broker. */
export interface CheckOptions {
  /**
   * How many nodes the cluster has. Without it the check is about one node: it
   * runs on the last of two, or on the only one.
   */
  readonly nodes?: number;
  /**
   * What the check lets pass at once, in milliseconds.
   * @default {0}
   */
  readonly passMs?: number;
}

/** What a real clock may take for what a check lets pass; it runs faster for more. */
const MAX_WAIT_MS = 1_000;

/** Registers one test of the script. */
export type Check = (
  sentence: string,
  run: (scene: BrokerScene) => Promise<void>,
  options?: CheckOptions,
) => void;

/** Parts of the script by what each is about, as the documentation names it. */
const PARTS: Readonly<Record<string, (check: Check) => void>> = {
  "one order on all nodes, each publication once": testBrokerOrder,
  "idempotency keys": testBrokerIdempotency,
  "versions of a state": testBrokerVersions,
  "publications on a condition": testBrokerConditions,
  "history": testBrokerHistory,
  "recovery": testBrokerRecovery,
  "calls between nodes": testBrokerCalls,
  "subscriptions and nodes that come and go": testBrokerNodes,
};

/** Checks of one part: those that an implementation runs, and all of them. */
export interface CheckCount {
  readonly part: string;
  readonly run: number;
  readonly all: number;
}

/** Counts what an implementation with these abilities runs of each part. */
export function countChecks(options: BrokerTestOptions): CheckCount[] {
  return Object.entries(PARTS).map(([part, register]) => {
    let [run, all] = [0, 0];
    register((_sentence, _run, needs = {}) => {
      all++;
      if (lacksOf(options, needs).length === 0) run++;
    });
    return { part, run, all };
  });
}

/** Needs of a check that an implementation does not meet. */
function lacksOf(
  { maxNodes = 1, maxPassMs = 5_000 }: BrokerTestOptions,
  { nodes = Math.min(2, maxNodes), passMs = 0 }: CheckOptions,
): string[] {
  return [
    ...nodes > maxNodes ? [`${nodes} nodes`] : [],
    ...passMs > maxPassMs ? [`${passMs} ms to pass`] : [],
  ];
}

/**
 * Registers the script for clusters that `create` makes, of so many nodes. Where their
 * clocks are real they run at `pace`, for timeouts of seconds to pass sooner.
 */
export function testBroker(
  name: string,
  create: (nodes: number, pace: number) => Promise<BrokerCluster>,
  abilities: BrokerTestOptions = {},
): void {
  const check: Check = (sentence, run, needs = {}) => {
    const { maxNodes = 1 } = abilities;
    const { nodes = Math.min(2, maxNodes), passMs = 0 } = needs;
    const lacks = lacksOf(abilities, needs);
    if (lacks.length > 0) {
      Deno.test.ignore(`${name}: ${sentence} (needs ${lacks})`, () => {});
      return;
    }
    const pace = Math.max(1, passMs / MAX_WAIT_MS);
    Deno.test(`${name}: ${sentence}`, async () => {
      const scene = await BrokerScene.start(await create(nodes, pace));
      try {
        await run(scene);
      } finally {
        await scene.close();
      }
    });
  };
  for (const register of Object.values(PARTS)) register(check);
}
