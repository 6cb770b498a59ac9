/** Isolates: what it costs when publications reach subscribers through another isolate. */

import type { Contest } from "../contest.ts";
import { sdk } from "../dialects.ts";
import { loaded, turnMsOf } from "../loaded.ts";
import type { Setting } from "../scenario.ts";
import { isolates, thrum } from "../servers.ts";

const ISOLATES = 3;
const SUBSCRIBERS = 1_000;
const WINDOW = 8;

/** CPU time per delivery of several isolates, beside one. */
export function isolatesContests(setting: Setting): Contest[] {
  const { entry, bytes } = setting;
  const load = {
    mode: "fanout",
    connections: SUBSCRIBERS,
    window: WINDOW,
    ...sdk(bytes),
  } as const;
  const many = `${ISOLATES} isolates`;
  return [{
    title: `${many} on one port, N = ${SUBSCRIBERS}, ${WINDOW} in flight`,
    load:
      `One SDK publishes to ${SUBSCRIBERS} SDKs, which the kernel spreads ` +
      "over the isolates. All share the server's core: the CPU time counts.",
    contenders: [
      loaded(many, { start: isolates(entry, ISOLATES), load }, setting),
      loaded("one isolate", { start: thrum(entry), load }, setting),
    ],
    figures: ["rate", "cpuMicros", "perFrame", "p50Ms", "p99Ms"],
    marks: [{
      title: "CPU per delivery through another isolate, against one isolate",
      above: { of: many, figure: "cpuMicros" },
      below: [{ of: "one isolate", figure: "cpuMicros" }],
      must: 1.15,
      goal: 1.1,
      isCeiling: true,
    }],
    turnMs: turnMsOf(setting),
  }];
}
