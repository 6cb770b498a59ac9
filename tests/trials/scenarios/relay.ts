/** A burst of publications by clients of three isolates at once. */

import { eventually } from "../../support/eventually.ts";
import { IsolateCrowd } from "./isolate_crowd.ts";
import {
  createTrial,
  exactly,
  type Figure,
  none,
  type Progress,
} from "./trial.ts";

interface Scale {
  readonly burst: number;
  readonly timeoutMs: number;
}

const PUBLISHERS = 4;
/** What a client sends before it lets others have a turn. */
const PER_TURN = 500;

/** Publishes a share of the burst; others have their turn now and then. */
async function publishShare(
  publish: (data: string) => unknown,
  name: string,
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    publish(`${name}:${index}`);
    if (index % PER_TURN === 0) {
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

/** Publications of all publishers that do not stand in the order in which they were published. */
function countDisorder(order: readonly unknown[]): number {
  const next = new Map<string, number>();
  let disorder = 0;
  for (const data of order) {
    const [name = "", index] = String(data).split(":");
    const expected = next.get(name) ?? 0;
    if (Number(index) !== expected) disorder++;
    next.set(name, Number(index) + 1);
  }
  return disorder;
}

async function scenario(
  { burst, timeoutMs }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  await using crowd = await IsolateCrowd.open();
  const { followers, texts } = crowd;
  const from = performance.now();
  const share = burst / PUBLISHERS;
  await Promise.all([
    ...followers.slice(1).map((follower, index) =>
      publishShare((data) => follower.publish(data), `sdk ${index}`, share)
    ),
    ...texts.slice(1).map((text, index) =>
      publishShare((data) => text.send(`#room:${data}`), `text ${index}`, share)
    ),
  ]);
  progress("published");
  const counts = () => [
    ...followers.map(({ seen }) => seen.length),
    ...texts.map(({ pending }) => pending.length),
  ];
  await eventually(() => counts().every((count) => count >= burst), {
    awaited: () => `${burst} publications; got ${counts()}`,
    timeoutMs,
  });
  const seconds = (performance.now() - from) / 1_000;
  const order = followers[0]!.seen;
  const prefix = "#room:";
  // A busy sequencer may answer too late: then its publisher has an error, and all have the publication.
  const frames = texts.map(({ pending }) => pending.map(String));
  const orders = [
    ...followers.map(({ seen }) => seen),
    ...frames.map((each) =>
      each.filter((frame) => frame.startsWith(prefix))
        .map((frame) => frame.slice(prefix.length))
    ),
  ];
  const errors = frames.flat().filter((frame) => !frame.startsWith(prefix));
  const others = orders.filter((each) =>
    each.length !== order.length ||
    each.some((data, index) => data !== order[index])
  );
  const faults = followers.flatMap(({ told, faults }) => [...told, ...faults]);
  return [
    { name: "publications", value: burst },
    { name: "deliveries each second", value: burst * orders.length / seconds },
    exactly("different publications", new Set(order).size, burst),
    exactly("deliveries to each subscriber", order.length, burst),
    none("subscribers with another order", others.length),
    none("publications out of their publisher's order", countDisorder(order)),
    none("gaps", faults.length),
    { name: "answers that came too late", value: errors.length },
  ];
}

export const relay = createTrial({
  name: "relay",
  promise:
    "A burst between three isolates reaches each subscriber once and in one order",
  scales: {
    ci: { burst: 20_000, timeoutMs: 20_000 },
    full: { burst: 100_000, timeoutMs: 120_000 },
  },
  scenario,
});
