/** Unjoined frames: text fan-out and echo beside a bare loop. */

import type { Contest } from "../contest.ts";
import { bareText, payloadOf, text } from "../dialects.ts";
import { loaded, turnMsOf } from "../loaded.ts";
import type { Setting } from "../scenario.ts";
import { bare, thrum } from "../servers.ts";

const SUBSCRIBERS = 1_000;
const ECHOES = 100;
const WINDOW = 8;

/** Text frames to many subscribers, beside a loop over all sockets. */
export function textContests(setting: Setting): Contest[] {
  const { entry, bytes } = setting;
  const load = {
    mode: "fanout",
    connections: SUBSCRIBERS,
    window: WINDOW,
  } as const;
  return [{
    title: `Text fan-out, N = ${SUBSCRIBERS}, ${WINDOW} in flight`,
    load:
      `One client publishes ${bytes} bytes to ${SUBSCRIBERS} text clients ` +
      `with ${WINDOW} publications in flight, each of which is a frame.`,
    contenders: [
      loaded(
        "Thrum",
        { start: thrum(entry), load: { ...load, ...text(bytes) } },
        setting,
      ),
      loaded(
        "bare Deno",
        { start: bare("server.ts"), load: { ...load, ...bareText(bytes) } },
        setting,
      ),
    ],
    figures: ["rate", "cpuMicros", "p50Ms", "p99Ms"],
    marks: [{
      title: "unjoined (text) fan-out, against bare Deno",
      above: { of: "Thrum", figure: "rate" },
      below: [{ of: "bare Deno", figure: "rate" }],
      must: 0.95,
      goal: 1.0,
    }],
    turnMs: turnMsOf(setting),
  }];
}

/** Messages to oneself, beside a handler that sends every message back. */
export function echoContests(setting: Setting): Contest[] {
  const { entry, bytes } = setting;
  const load = { mode: "echo", connections: ECHOES, window: WINDOW } as const;
  const message = payloadOf(bytes);
  return [{
    title: "Echo",
    load: `${ECHOES} clients, each with ${WINDOW} messages of ${bytes} bytes ` +
      "to itself in flight.",
    contenders: [
      loaded("Thrum", {
        start: thrum(entry),
        load: {
          ...load,
          subscriber: { path: "/ws" },
          // A message to one's own uid; the first one claims it.
          message: `u{index}:${message}`,
        },
      }, setting),
      loaded("bare Deno", {
        start: bare("server.ts"),
        load: { ...load, subscriber: { path: "/echo" }, message },
      }, setting),
    ],
    figures: ["rate", "cpuMicros", "p50Ms", "p99Ms"],
    marks: [{
      title: "echo, against bare Deno",
      above: { of: "Thrum", figure: "rate" },
      below: [{ of: "bare Deno", figure: "rate" }],
      must: 0.95,
      goal: 1.0,
    }],
    turnMs: turnMsOf(setting),
  }];
}
