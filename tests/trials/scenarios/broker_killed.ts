/** A broker that is killed under two servers, and comes back: with all that it acknowledged, or without its newest writes. */

import { assertEquals } from "@std/assert";
import { BrokerNodes, isReady } from "../../support/broker_nodes.ts";
import { eventually } from "../../support/eventually.ts";
import { Follower, type Told } from "../../support/follower.ts";
import type {
  BrokerServer,
  SharedBroker,
} from "../../support/shared_broker.ts";
import {
  createTrial,
  type Figure,
  none,
  type Progress,
  type TrialWith,
} from "./trial.ts";
import { pause } from "./wait.ts";

interface Scale {
  readonly outageMs: number;
}

/** Code with which the hub ends a subscription that may have missed something. */
const INSUFFICIENT_STATE = 2500;
const BEFORE_MS = 500;
const CONVERGED_WITHIN_MS = 5_000;
/** Longest time that a refusal may take. */
const AT_ONCE_MS = 1_000;
/** Time between two publications of a publisher; all together fill no history. */
const PAUSE_MS = 20;

/** One subscriber that publishes all the time, and what became of it. */
class Publisher {
  readonly follower: Follower;
  readonly acknowledged: string[] = [];
  refused = 0;
  /** Longest time that a refusal took. */
  slowestMs = 0;
  #isDone = false;
  #done: Promise<void> | undefined;

  constructor(follower: Follower) {
    this.follower = follower;
  }

  start(name: string): void {
    this.#done = this.#run(name);
  }

  async stop(): Promise<void> {
    this.#isDone = true;
    await this.#done;
  }

  async #run(name: string): Promise<void> {
    for (let count = 0; !this.#isDone; count++) {
      const data = `${name} ${count}`;
      const { reply, ms } = await this.follower.publish(data);
      if (reply.error === undefined) this.acknowledged.push(data);
      else {
        this.refused++;
        const error = { code: 100, message: "internal error", temporary: true };
        assertEquals(reply.error, error);
        this.slowestMs = Math.max(this.slowestMs, ms);
      }
      await pause(PAUSE_MS);
    }
  }
}

interface Outcome {
  readonly publishers: readonly Publisher[];
  /** Milliseconds from the return of the broker until all subscribers were told and had what was published then. */
  readonly convergedMs: number;
}

/** What is tried. */
interface Fault {
  readonly kind: SharedBroker;
  readonly outageMs: number;
  /** Whether the broker comes back without its newest publications. */
  readonly losesWrites: boolean;
}

/** Kills a broker under two servers with a publisher each, and starts it again. */
async function kill(
  { kind, outageMs, losesWrites }: Fault,
): Promise<Outcome> {
  await using stack = new AsyncDisposableStack();
  const cluster = stack.use(
    await BrokerNodes.start(2, {
      broker: () => kind.start({ durable: true }),
      env: { CHANNEL_HISTORY_SIZE: "1000" },
    }),
  );
  const publishers: Publisher[] = [];
  for (const { wsUrl } of cluster.nodes) {
    const follower = stack.use(await Follower.open(wsUrl, "room", kind));
    publishers.push(new Publisher(follower));
  }
  for (const [index, each] of publishers.entries()) each.start(`${index}`);
  await pause(BEFORE_MS);
  const putBack = losesWrites ? await keep(cluster, publishers) : undefined;
  await pause(BEFORE_MS);
  const before = publishers.map(({ follower }) => follower.told.length);
  await cluster.broker.kill();
  await putBack?.();
  await pause(outageMs);
  await cluster.broker.start();
  const backAt = performance.now();
  for (const node of cluster.nodes) await isReady(node);
  const isTold = losesWrites || !kind.catchesUp;
  for (const [index, { follower: { told } }] of publishers.entries()) {
    const count = before[index]! + (isTold ? 1 : 0);
    await eventually(
      () => told.length >= count && told.every(isAnswered),
      { awaited: "a subscriber to be told" },
    );
  }
  for (const publisher of publishers) await publisher.stop();
  const last = await publishers[0]!.follower.publish("end");
  assertEquals(last.reply.error, undefined);
  for (const { follower } of publishers) await follower.sees("end");
  return { publishers, convergedMs: performance.now() - backAt };
}

function isAnswered({ recovered }: Told): boolean {
  return recovered !== undefined;
}

/** Keeps what a broker has now, and resolves once each publisher goes on; the returned function takes all that is newer from it. */
async function keep(
  { broker, nodes }: BrokerNodes<BrokerServer>,
  publishers: readonly Publisher[],
): Promise<() => Promise<void>> {
  await broker.kill();
  const putBack = await broker.keep();
  await broker.start();
  for (const node of nodes) await isReady(node);
  for (const { acknowledged } of publishers) {
    const { length } = acknowledged;
    await eventually(() => acknowledged.length > length, {
      awaited: "a publication that is taken again",
    });
  }
  return putBack;
}

/** Figures of both faults. */
function common(fault: string, { publishers, convergedMs }: Outcome): Figure[] {
  const refused = publishers.map(({ refused }) => refused);
  const faults = publishers.flatMap(({ follower }) => follower.faults);
  return [
    {
      name: `${fault}: temporary errors meanwhile, to each`,
      value: Math.min(...refused),
      atLeast: 1,
    },
    {
      name: `${fault}: slowest refusal`,
      value: Math.max(...publishers.map(({ slowestMs }) => slowestMs)),
      unit: "ms",
      atMost: AT_ONCE_MS,
    },
    {
      name: `${fault}: converged`,
      value: convergedMs,
      unit: "ms",
      atMost: CONVERGED_WITHIN_MS,
    },
    none(`${fault}: gaps without notice`, faults.length),
  ];
}

/** A broker that has all its data loses nothing that it acknowledged. */
async function keepAll(
  kind: SharedBroker,
  outageMs: number,
): Promise<Figure[]> {
  const outcome = await kill({ kind, outageMs, losesWrites: false });
  const { publishers } = outcome;
  const acknowledged = publishers.flatMap((each) => each.acknowledged);
  const [first] = publishers;
  let lost = 0;
  let twice = 0;
  let disorder = 0;
  let unrecovered = 0;
  for (const { follower: { seen, told } } of publishers) {
    const known = new Set(seen);
    lost += acknowledged.filter((data) => !known.has(data)).length;
    twice += seen.length - known.size;
    const order = first!.follower.seen;
    disorder += seen.filter((data, index) => data !== order[index]).length;
    unrecovered += told.filter(({ recovered }) => recovered !== true).length;
  }
  return [
    ...common("all kept", outcome),
    {
      name: "all kept: acknowledged publications",
      value: acknowledged.length,
      atLeast: 1,
    },
    none("all kept: acknowledged and lost", lost),
    none("all kept: twice", twice),
    none("all kept: in another order", disorder),
    none("all kept: subscribers that did not recover", unrecovered),
  ];
}

/** A broker that has lost writes has a gap, and each subscriber is notified of it. */
async function keepSome(
  kind: SharedBroker,
  outageMs: number,
): Promise<Figure[]> {
  const outcome = await kill({ kind, outageMs, losesWrites: true });
  const unaware = outcome.publishers.filter(({ follower }) => {
    const { code, recovered } = follower.told.at(-1) ?? {};
    return code !== INSUFFICIENT_STATE || recovered !== false;
  });
  return [
    ...common("newest lost", outcome),
    none(
      "newest lost: subscribers that do not know of the gap",
      unaware.length,
    ),
  ];
}

async function scenario(
  kind: SharedBroker,
  { outageMs }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const all = await keepAll(kind, outageMs);
  progress("with all its data");
  return [...all, ...await keepSome(kind, outageMs)];
}

export const brokerKilled: TrialWith = (kind) =>
  createTrial({
    name: "broker",
    promise:
      "A broker that is killed for 10 s loses no acknowledged publication, and all converge within 5 s",
    kind,
    scales: { ci: { outageMs: 1_500 }, full: { outageMs: 10_000 } },
    scenario: (scale: Scale, progress) => scenario(kind, scale, progress),
  });
