/** Connect: SDKs that connect and subscribe, so many at a time. */

import type { Contest } from "../contest.ts";
import { sdkSubscriber } from "../dialects.ts";
import { loaded } from "../loaded.ts";
import type { Setting } from "../scenario.ts";
import { bare, thrum } from "../servers.ts";

const AT_ONCE = 128;

/** Connections per second, beside a loop that gives the same answers. */
export function connectContests(setting: Setting): Contest[] {
  const connections = setting.isQuick ? 2_000 : 5_000;
  const load = {
    mode: "connect",
    connections,
    window: AT_ONCE,
    subscriber: sdkSubscriber(),
  } as const;
  return [{
    title: "Connect and subscribe",
    load: `${connections} SDKs, ${AT_ONCE} of them at a time, connect and ` +
      "subscribe to one channel; bare Deno answers the same frames.",
    contenders: [
      loaded("Thrum", { start: thrum(setting.entry), load }, setting),
      loaded("bare Deno", { start: bare("server.ts"), load }, setting),
    ],
    figures: ["rate", "cpuMicros"],
    marks: [{
      title: "connect + subscribe rate (SDK), against bare Deno",
      above: { of: "Thrum", figure: "rate" },
      below: [{ of: "bare Deno", figure: "rate" }],
      must: 0.8,
      goal: 0.95,
    }],
    turnMs: setting.isQuick ? 1_500 : 2_500,
  }];
}
