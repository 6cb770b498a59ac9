/** Latency: publications at a fixed rate, each timed from when it was due to its arrival at every subscriber. */

import type { Contest } from "../contest.ts";
import { sdk, sdkPush } from "../dialects.ts";
import { type Load, runLoad } from "../generator.ts";
import { loaded, turnMsOf } from "../loaded.ts";
import { isDisturbed, type Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";
import { bare, thrum } from "../servers.ts";

const SUBSCRIBERS = 100;
const WINDOW = 8;

/** One publication a second, and half of what the bare loop can do. */
export function latencyContests(setting: Setting): Contest[] {
  const halfRate = halfRateOf(setting);
  const loneMs = setting.isQuick ? 2_000 : 8_000;
  return [
    contest(setting, {
      title: `Latency of one publication a second, N = ${SUBSCRIBERS}`,
      load:
        `One SDK publishes once a second to ${SUBSCRIBERS} SDKs; the bare ` +
        "loop sends pushes of the same size.",
      rate: () => Promise.resolve(1),
      measureMs: loneMs,
      mark: { title: "p50 of one publication a second", must: 1.1 },
      figure: "p50Ms",
    }),
    contest(setting, {
      title: `Latency at half load, N = ${SUBSCRIBERS}`,
      load: `One SDK publishes to ${SUBSCRIBERS} SDKs half as often as the ` +
        "bare loop can at most.",
      rate: halfRate,
      measureMs: setting.measureMs,
      mark: { title: "p99 at half load", must: 1.25 },
      figure: "p99Ms",
    }),
  ];
}

/** Attempts to measure the bare loop while no other process disturbs it. */
const ATTEMPTS = 5;

/** Publications per second: measured once, when first asked. */
function halfRateOf(setting: Setting): () => Promise<number> {
  let rate: Promise<number> | undefined;
  return () => rate ??= measureHalfRate(setting);
}

async function measureHalfRate(
  { bytes, warmupMs, measureMs }: Setting,
): Promise<number> {
  let sample: Sample | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await using server = await bare("server.ts")();
    sample = await runLoad({
      mode: "fanout",
      connections: SUBSCRIBERS,
      window: WINDOW,
      warmupMs,
      measureMs,
      ...sdkPush(bytes),
    }, server);
    if (!isDisturbed(sample)) break;
  }
  return Math.round((sample?.values.rate ?? NaN) / SUBSCRIBERS / 2);
}

interface LatencyContest extends Pick<Contest, "title" | "load"> {
  readonly rate: () => Promise<number>;
  readonly measureMs: number;
  readonly mark: { readonly title: string; readonly must: number };
  readonly figure: "p50Ms" | "p99Ms";
}

function contest(
  setting: Setting,
  { title, load, rate, measureMs, mark, figure }: LatencyContest,
): Contest {
  const length = { warmupMs: setting.warmupMs, measureMs };
  const paced = async (dialect: Partial<Load>): Promise<Load> => ({
    mode: "fanout",
    connections: SUBSCRIBERS,
    ...dialect,
    rate: await rate(),
  });
  const { entry, bytes } = setting;
  return {
    title,
    load,
    contenders: [
      loaded(
        "Thrum",
        { start: thrum(entry), load: () => paced(sdk(bytes)) },
        length,
      ),
      loaded(
        "bare Deno",
        { start: bare("server.ts"), load: () => paced(sdkPush(bytes)) },
        length,
      ),
    ],
    figures: ["rate", "cpuMicros", "p50Ms", "p99Ms"],
    marks: [{
      title: `${mark.title}, against bare Deno`,
      above: { of: "Thrum", figure },
      below: [{ of: "bare Deno", figure }],
      must: mark.must,
      goal: 1.0,
      isCeiling: true,
    }],
    turnMs: turnMsOf(length),
  };
}
