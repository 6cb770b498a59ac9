/** Latency: publications at a fixed rate, each timed from when it was due to its arrival at every subscriber. */

import type { Contest } from "../contest.ts";
import { type Dialect, sdk, sdkPush } from "../dialects.ts";
import { runLoad } from "../generator.ts";
import { loaded, turnMsOf } from "../loaded.ts";
import { isDisturbed, type Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";
import { bare, type StartServer, thrum } from "../servers.ts";

const SUBSCRIBERS = 100;
const WINDOW = 8;
/** Load after which the code of a server is compiled, as that of one that runs for long. */
const USED_MS = 2_000;

/** One publication a second, and half of what the bare loop can do. */
export function latencyContests(setting: Setting): Contest[] {
  const halfRate = halfRateOf(setting);
  const loneMs = setting.isQuick ? 2_000 : 8_000;
  return [
    contest(setting, {
      title: `Latency of one publication a second, N = ${SUBSCRIBERS}`,
      load:
        `One SDK publishes once a second to ${SUBSCRIBERS} SDKs; the bare ` +
        "loop sends pushes of the same size. Before that, the server has " +
        `sent what it got as fast as it could for ${USED_MS / 1_000} s.`,
      rate: () => Promise.resolve(1),
      measureMs: loneMs,
      isUsed: true,
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
  /** True if the server is to have worked before. */
  readonly isUsed?: boolean;
  readonly mark: { readonly title: string; readonly must: number };
  readonly figure: "p50Ms" | "p99Ms";
}

function contest(
  setting: Setting,
  { title, load, rate, measureMs, isUsed, mark, figure }: LatencyContest,
): Contest {
  const length = { warmupMs: setting.warmupMs, measureMs };
  const contender = (name: string, start: StartServer, dialect: Dialect) => {
    const crowd = {
      mode: "fanout" as const,
      connections: SUBSCRIBERS,
      ...dialect,
    };
    const before = { ...crowd, window: 1, warmupMs: 0, measureMs: USED_MS };
    return loaded(name, {
      start,
      load: async () => ({ ...crowd, rate: await rate() }),
      before: isUsed ? before : undefined,
    }, length);
  };
  const { entry, bytes } = setting;
  return {
    title,
    load,
    contenders: [
      contender("Thrum", thrum(entry), sdk(bytes)),
      contender("bare Deno", bare("server.ts"), sdkPush(bytes)),
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
    turnMs: turnMsOf(length) + (isUsed ? USED_MS : 0),
  };
}
