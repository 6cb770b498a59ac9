/** Growth: whether a delivery costs more when there are more of them. */

import type { Contest } from "../contest.ts";
import { sdk, SDK_CONNECT, sdkSubscriber } from "../dialects.ts";
import { loaded, turnMsOf } from "../loaded.ts";
import type { Setting } from "../scenario.ts";
import { thrum } from "../servers.ts";

const SIZES = [10, 100, 1_000, 5_000, 10_000];
const QUICK_SIZES = [1_000, 10_000];
const WINDOW = 8;

function nameOf(subscribers: number): string {
  return `Thrum, N = ${subscribers}`;
}

/** CPU time per delivery from few subscribers to many. */
export function growthContests(setting: Setting): Contest[] {
  const start = thrum(setting.entry);
  const dialect = sdk(setting.bytes);
  const sizes = setting.isQuick ? QUICK_SIZES : SIZES;
  return [{
    title: "CPU per delivery as a channel grows",
    load: `One SDK publishes with ${WINDOW} publications in flight.`,
    contenders: sizes.map((connections) =>
      loaded(nameOf(connections), {
        start,
        load: { mode: "fanout", connections, window: WINDOW, ...dialect },
      }, setting)
    ),
    figures: ["rate", "cpuMicros", "perFrame", "p50Ms", "p99Ms"],
    marks: [{
      title: "CPU per delivery, N = 10 000 against N = 1 000",
      above: { of: nameOf(10_000), figure: "cpuMicros" },
      below: [{ of: nameOf(1_000), figure: "cpuMicros" }],
      must: 1.15,
      goal: 1.0,
      isCeiling: true,
    }],
    turnMs: turnMsOf(setting) + 1_000,
  }];
}

const STORMS = [500, 2_000];

/** CPU time of joins and leaves, a quarter and the whole of a crowd. */
export function stormContests(setting: Setting): Contest[] {
  const env = { CHANNEL_JOIN_LEAVE: "true", CHANNEL_PRESENCE: "true" };
  const subscribe = JSON.stringify({
    id: 2,
    subscribe: { channel: "room", join_leave: true },
  });
  const unsubscribe = JSON.stringify({
    id: 3,
    unsubscribe: { channel: "room" },
  });
  const contender = (connections: number) =>
    loaded(nameOf(connections), {
      start: thrum(setting.entry),
      env,
      load: {
        mode: "storm",
        connections,
        subscriber: sdkSubscriber({ join_leave: true }),
        publisher: SDK_CONNECT,
        message: subscribe,
        leave: unsubscribe,
        drainMs: 60_000,
      },
    }, setting);
  const mark = (figure: "joinMicros" | "leaveMicros", who: string) => ({
    title: `CPU per ${who} of 2 000, against 500 (a recipient costs the same)`,
    above: { of: nameOf(2_000), figure },
    below: [{ of: nameOf(500), figure }],
    must: 4,
    isCeiling: true,
  });
  return [{
    title: "Storms of joins and leaves",
    load: "Half of the clients of a channel join at once, then leave at " +
      "once; the other half is notified of each.",
    contenders: STORMS.map(contender),
    figures: ["joinMicros", "leaveMicros"],
    marks: [mark("joinMicros", "joiner"), mark("leaveMicros", "leaver")],
    turnMs: 4_000,
  }];
}
