/** Joined fan-out: one publisher keeps a window of messages to all SDK subscribers in flight. */

import type { Contender, Contest, Mark } from "../contest.ts";
import {
  type Dialect,
  payloadAlone,
  protobufSdk,
  sdk,
  socketIo,
} from "../dialects.ts";
import { type Loaded, loaded, turnMsOf } from "../loaded.ts";
import type { Setting } from "../scenario.ts";
import { thrum } from "../servers.ts";

const SHAPES = [
  { subscribers: 1_000, window: 64, must: 1.0, goal: 1.3 },
  { subscribers: 1_000, window: 8, must: 0.9, goal: 1.0 },
  { subscribers: 100, window: 8, must: 0.9, goal: 1.0 },
] as const;

/** Thrum, and the servers that it wants to be as fast as. */
const NATIVE = ["Thrum", "Bun", "uWebSockets.js"];

/** One contest for each shape. */
export function joinedContests(setting: Setting): Contest[] {
  return SHAPES.map((shape) =>
    joinedContest(setting, shape, !setting.isQuick || shape === SHAPES[1])
  );
}

type Shape = typeof SHAPES[number];

/** In a hurry, not everybody has every shape. */
function joinedContest(
  setting: Setting,
  shape: Shape,
  isComplete: boolean,
): Contest {
  const { subscribers, window } = shape;
  const { bytes, peers } = setting;
  return {
    title: `Joined fan-out, ${sizeOf(shape)}`,
    load: `One SDK publishes ${bytes} bytes to ${subscribers} SDKs with ` +
      `${window} publications in flight. The peers send the payload alone.`,
    contenders: contendersOf(setting, shape).filter(({ name }) =>
      isComplete || NATIVE.includes(name)
    ),
    absent: peers.absent,
    figures: ["rate", "cpuMicros", "perFrame", "p50Ms", "p99Ms"],
    marks: isComplete ? marksOf(shape) : marksOf(shape).slice(0, 1),
    turnMs: turnMsOf(setting),
  };
}

function sizeOf({ subscribers, window }: Shape): string {
  return `N = ${subscribers}, ${window} in flight`;
}

function contendersOf(
  setting: Setting,
  { subscribers, window }: Shape,
): Contender[] {
  const { entry, bytes, peers } = setting;
  const contender = (
    name: string,
    dialect: Dialect,
    server: Pick<Loaded, "start" | "env">,
  ) => {
    const load = {
      mode: "fanout",
      connections: subscribers,
      window,
      ...dialect,
    } as const;
    return loaded(name, { ...server, load }, setting);
  };
  const start = thrum(entry);
  const env = { CHANNEL_HISTORY_SIZE: "100" };
  return [
    contender("Thrum", sdk(bytes), { start }),
    contender("Thrum with history", sdk(bytes), { start, env }),
    contender("Thrum in protobuf", protobufSdk(bytes), { start }),
    ...peers.found.map(({ name, start }) => {
      const isSocketIo = name === "socket.io";
      const dialect = isSocketIo ? socketIo(bytes) : payloadAlone(bytes);
      return contender(name, dialect, { start });
    }),
  ];
}

function marksOf(shape: Shape): Mark[] {
  const rate = (of: string) => ({ of, figure: "rate" as const });
  return [
    {
      title: `joined fan-out, ${sizeOf(shape)}, against Bun and uWebSockets.js`,
      above: rate("Thrum"),
      below: [rate("Bun"), rate("uWebSockets.js")],
      must: shape.must,
      goal: shape.goal,
    },
    {
      title: `${sizeOf(shape)}, with history and positions, against without`,
      above: rate("Thrum with history"),
      below: [rate("Thrum")],
      must: 0.9,
      goal: 1.0,
    },
    {
      title: `${sizeOf(shape)}, in protobuf against JSON`,
      above: rate("Thrum in protobuf"),
      below: [rate("Thrum")],
      must: 0.9,
      goal: 1.0,
    },
    {
      title: `${sizeOf(shape)}, against ws and socket.io`,
      above: rate("Thrum"),
      below: [rate("ws"), rate("socket.io")],
      must: 2,
      goal: 4,
    },
  ];
}
