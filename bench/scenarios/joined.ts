/** Joined fan-out: one publisher keeps a window of messages to all SDK subscribers in flight. */

import type { Contest, Mark } from "../contest.ts";
import { payloadAlone, sdk, socketIo } from "../dialects.ts";
import { type Loaded, loaded, turnMsOf } from "../loaded.ts";
import type { Setting } from "../scenario.ts";
import { thrum } from "../servers.ts";

const SHAPES = [
  { subscribers: 1_000, window: 64, must: 1.0, goal: 1.3 },
  { subscribers: 1_000, window: 8, must: 0.9, goal: 1.0 },
  { subscribers: 100, window: 8, must: 0.9, goal: 1.0 },
] as const;

/** One contest for each shape. */
export function joinedContests(setting: Setting): Contest[] {
  return SHAPES.map((shape) => joinedContest(setting, shape));
}

function joinedContest(
  setting: Setting,
  { subscribers, window, must, goal }: typeof SHAPES[number],
): Contest {
  const { entry, bytes, peers } = setting;
  const load = { mode: "fanout", connections: subscribers, window } as const;
  const contender = (
    name: string,
    { start, dialect, env }: Pick<Loaded, "start" | "env"> & {
      dialect: ReturnType<typeof sdk>;
    },
  ) => loaded(name, { start, env, load: { ...load, ...dialect } }, setting);
  const dialect = sdk(bytes);
  const start = thrum(entry);
  const env = { CHANNEL_HISTORY_SIZE: "100" };
  const contenders = [
    contender("Thrum", { start, dialect }),
    contender("Thrum with history", { start, dialect, env }),
    ...peers.found.map(({ name, start }) =>
      contender(name, {
        start,
        dialect: name === "socket.io" ? socketIo(bytes) : payloadAlone(bytes),
      })
    ),
  ];
  const size = `N = ${subscribers}, ${window} in flight`;
  const rate = (of: string) => ({ of, figure: "rate" as const });
  const marks: Mark[] = [
    {
      title: `joined fan-out, ${size}, against the better of Bun and uWS`,
      above: rate("Thrum"),
      below: [rate("Bun"), rate("uWebSockets.js")],
      must,
      goal,
    },
    {
      title: `the same with history and positions, against without`,
      above: rate("Thrum with history"),
      below: [rate("Thrum")],
      must: 0.9,
      goal: 1.0,
    },
    {
      title: `the same against the better of ws and socket.io`,
      above: rate("Thrum"),
      below: [rate("ws"), rate("socket.io")],
      must: 2,
      goal: 4,
    },
  ];
  return {
    title: `Joined fan-out, ${size}`,
    load: `One SDK publishes ${bytes} bytes to ${subscribers} SDKs with ` +
      `${window} publications in flight. The peers send the payload alone.`,
    contenders,
    absent: peers.absent,
    figures: ["rate", "cpuMicros", "perFrame", "p50Ms", "p99Ms"],
    marks,
    turnMs: turnMsOf(setting),
  };
}
